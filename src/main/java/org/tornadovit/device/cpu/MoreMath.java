package org.tornadovit.device.cpu;

/** Functions that kernels have and {@link Math} lacks; called by generated code. */
public final class MoreMath {
    private static final double LOG_2 = Math.log(2);

    private MoreMath() {}

    /** {@return 1 / √x} */
    public static double rsqrt(double x) {
        return 1 / Math.sqrt(x);
    }

    /** {@return the logarithm to base 2} */
    public static double log2(double x) {
        return Math.log(x) / LOG_2;
    }

    /** {@return sin(πx)} */
    public static double sinpi(double x) {
        return Math.sin(Math.PI * Math.IEEEremainder(x, 2));
    }

    /** {@return cos(πx)} */
    public static double cospi(double x) {
        return Math.cos(Math.PI * Math.IEEEremainder(x, 2));
    }

    /** {@return the inverse of sinh} */
    public static double asinh(double x) {
        return Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x);
    }

    /** {@return the inverse of cosh} */
    public static double acosh(double x) {
        return Math.log(x + Math.sqrt(x * x - 1));
    }
}
