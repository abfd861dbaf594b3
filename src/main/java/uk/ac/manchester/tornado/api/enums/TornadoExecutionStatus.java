package uk.ac.manchester.tornado.api.enums;

/** How far an enqueued action has come. */
public enum TornadoExecutionStatus {
    UNKNOWN,
    COMPLETE,
    RUNNING,
    SUBMITTED,
    QUEUED,
    ERROR
}
