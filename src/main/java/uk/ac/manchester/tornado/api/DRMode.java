package uk.ac.manchester.tornado.api;

/** A setting of old TornadoVM releases; nothing reads it. */
public enum DRMode {
    SERIAL,
    PARALLEL
}
