package org.tornadovit.lab.results;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as tables show them, without separators of thousands. */
public final class Plain {
    private Plain() {}

    /**
     * A number for a CSV file.
     *
     * @param value a finite number
     * @return the number, rounded to 7 significant digits, without exponent
     */
    public static String number(double value) {
        return rounded(value, 7);
    }

    /**
     * A number for a reader.
     *
     * @param value a finite number
     * @return the number, rounded to 3 significant digits but never before the point; below 0.0001
     *     as a multiple of a power of ten
     */
    public static String brief(double value) {
        if (value != 0 && Math.abs(value) < 1e-4) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return Math.abs(value) >= 1000 ? Long.toString(Math.round(value)) : rounded(value, 3);
    }

    /**
     * A share for a reader.
     *
     * @param share 1 for the whole
     * @return the share in percent, with one decimal
     */
    public static String percent(double share) {
        return new BigDecimal(share * 100).setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
    }

    private static String rounded(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(value)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }
}
