package org.tornadovit.device.cpu;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Indivisible operations on memory, called by generated code. All return the value before; {@code
 * op} is a constant at each call, so that the compiler keeps one case.
 */
public final class Atomics {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private Atomics() {}

    /** Combines the {@code int} at {@code address} with {@code value}. */
    public static int combine(String op, long address, int value) {
        while (true) {
            int before = (int) INT.getVolatile(Memory.ALL, address);
            int after =
                    switch (op) {
                        case "ADD" -> before + value;
                        case "SUB" -> before - value;
                        case "MUL" -> before * value;
                        case "MIN" -> Math.min(before, value);
                        case "MAX" -> Math.max(before, value);
                        case "AND" -> before & value;
                        case "OR" -> before | value;
                        case "XOR" -> before ^ value;
                        default -> throw unknown(op);
                    };
            if (INT.compareAndSet(Memory.ALL, address, before, after)) {
                return before;
            }
        }
    }

    /** Combines the {@code long} at {@code address} with {@code value}. */
    public static long combine(String op, long address, long value) {
        while (true) {
            long before = (long) LONG.getVolatile(Memory.ALL, address);
            long after =
                    switch (op) {
                        case "ADD" -> before + value;
                        case "SUB" -> before - value;
                        case "MUL" -> before * value;
                        case "MIN" -> Math.min(before, value);
                        case "MAX" -> Math.max(before, value);
                        case "AND" -> before & value;
                        case "OR" -> before | value;
                        case "XOR" -> before ^ value;
                        default -> throw unknown(op);
                    };
            if (LONG.compareAndSet(Memory.ALL, address, before, after)) {
                return before;
            }
        }
    }

    /** Combines the {@code float} at {@code address} with {@code value}. */
    public static float combine(String op, long address, float value) {
        while (true) {
            int bits = (int) INT.getVolatile(Memory.ALL, address);
            float before = Float.intBitsToFloat(bits);
            float after =
                    switch (op) {
                        case "ADD" -> before + value;
                        case "SUB" -> before - value;
                        case "MUL" -> before * value;
                        case "MIN" -> Math.min(before, value);
                        case "MAX" -> Math.max(before, value);
                        default -> throw unknown(op);
                    };
            if (INT.compareAndSet(Memory.ALL, address, bits, Float.floatToRawIntBits(after))) {
                return before;
            }
        }
    }

    /** Combines the {@code double} at {@code address} with {@code value}. */
    public static double combine(String op, long address, double value) {
        while (true) {
            long bits = (long) LONG.getVolatile(Memory.ALL, address);
            double before = Double.longBitsToDouble(bits);
            double after =
                    switch (op) {
                        case "ADD" -> before + value;
                        case "SUB" -> before - value;
                        case "MUL" -> before * value;
                        case "MIN" -> Math.min(before, value);
                        case "MAX" -> Math.max(before, value);
                        default -> throw unknown(op);
                    };
            if (LONG.compareAndSet(Memory.ALL, address, bits, Double.doubleToRawLongBits(after))) {
                return before;
            }
        }
    }

    private static IllegalArgumentException unknown(String op) {
        return new IllegalArgumentException("no atomic " + op + " on this type");
    }
}
