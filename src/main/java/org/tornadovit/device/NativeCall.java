package org.tornadovit.device;

/**
 * A call of a native function. A method handle declares {@link Throwable}, but a native function
 * throws nothing that is checked: {@code E} is erased to say so.
 *
 * @param <R> what the function returns
 * @param <E> what a call declares to throw
 */
@FunctionalInterface
public interface NativeCall<R, E extends Throwable> {
    /** Calls the function. */
    R run() throws E;

    /** {@return what the function returns} */
    @SuppressWarnings("unchecked")
    static <R> R of(NativeCall<R, Throwable> call) {
        return ((NativeCall<R, RuntimeException>) (NativeCall<R, ?>) call).run();
    }
}
