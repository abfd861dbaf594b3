package org.tornadovit.device.opencl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.tornadovit.device.NativeCall;

/** Calls of OpenCL's functions, with their status looked at. */
final class Call {
    private Call() {}

    /** Calls a function that returns a status. */
    static void checked(String function, NativeCall<Integer, Throwable> call) {
        Status.check(function, NativeCall.of(call));
    }

    /** Calls a function that returns a handle and stores its status in {@code status}. */
    static long created(String function, MemorySegment status, NativeCall<Long, Throwable> call) {
        long handle = NativeCall.of(call);
        Status.check(function, status.get(ValueLayout.JAVA_INT, 0));
        return handle;
    }
}
