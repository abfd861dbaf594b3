package org.tornadovit.device.cpu;

import java.util.List;

/**
 * What a generated class implements. It has a public constructor without parameters and keeps no
 * state.
 *
 * <p>The work of a launch is a line of numbered units: the points of the grid along {@link
 * #axes()}, the last axis varying fastest. Any cut of the line into slices gives the same result.
 */
public interface GeneratedKernel {
    /** What generated code may call, beside the JDK. */
    List<Class<?>> CALLED =
            List.of(
                    Atomics.class,
                    Bfloat16.class,
                    HalfVectors.class,
                    Memory.class,
                    MoreMath.class,
                    Trap.class,
                    WarmUp.class);

    /**
     * Runs units {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param arguments one number for each letter of {@link #signature()}: an address, the number,
     *     or its raw bits if it is a floating-point number; then the size of the grid along axis 0,
     *     1 and 2; then, in order, the number of elements of every array
     * @param scratch address of {@link #scratchBytes()} bytes that belong to the caller
     */
    void run(long[] arguments, long scratch, long from, long to);

    /** {@return about how many operations a run has} */
    double work();

    /** {@return how many methods with vectors there are} */
    int vectorMethods();

    /**
     * Does every vector operation of the class once, on values of its own, so that the JVM has
     * linked what they need.
     *
     * @param scratch as for {@link #run}
     */
    void rehearse(long scratch);

    /** Calls method {@code number} of those with vectors; the calls count and do nothing. */
    void callDry(int number, int calls);

    /**
     * {@return a letter for each parameter} Arrays are a digit, the size of an element in bytes (1,
     * 2, 4, 8); numbers are {@code B S C I J F D Z} as in method descriptors, {@code H} for a
     * binary16 and {@code G} for a bfloat16, both given as floats.
     */
    String signature();

    /**
     * {@return the axes of the grid whose points are the units, from the slowest to the fastest}
     * Empty for a kernel that is one unit of work.
     */
    String axes();

    /** {@return the size of the private and local arrays of one unit at a time} */
    long scratchBytes();
}
