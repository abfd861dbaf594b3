package org.tornadovit.device.opencl;

import java.lang.foreign.MemorySegment;

/**
 * A call of a native function. A method handle declares {@link Throwable}, but a native function
 * throws nothing that is checked: {@code E} is erased to say so.
 */
@FunctionalInterface
interface Call<R, E extends Throwable> {
    /** Calls the function. */
    R run() throws E;

    /** Calls a function that returns a status. */
    static void checked(String function, Call<Integer, Throwable> call) {
        Status.check(function, Call.<Integer>unchecked(call).run());
    }

    /** Calls a function that returns a handle and stores its status in {@code status}. */
    static long created(String function, MemorySegment status, Call<Long, Throwable> call) {
        long handle = Call.<Long>unchecked(call).run();
        Status.check(function, status.get(java.lang.foreign.ValueLayout.JAVA_INT, 0));
        return handle;
    }

    /** {@return the same call, known to throw nothing that is checked} */
    @SuppressWarnings("unchecked")
    static <R> Call<R, RuntimeException> unchecked(Call<R, Throwable> call) {
        return (Call<R, RuntimeException>) (Call<R, ?>) call;
    }
}
