package uk.ac.manchester.tornado.api.enums;

/** Where a profile goes: to the console, or only to the profiler result. */
public enum ProfilerMode {
    CONSOLE,
    SILENT
}
