package uk.ac.manchester.tornado.api.types.utils;

import java.util.Locale;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Statistics of distances in units in the last place. */
public class FloatingPointError {
    private final float averageUlp;
    private final float minUlp;
    private final float maxUlp;
    private final float stdDevUlp;
    private final float errors;

    /** Holds the statistics of a comparison without errors. */
    public FloatingPointError(float average, float min, float max, float stdDev) {
        this(average, min, max, stdDev, 0);
    }

    /** Holds the statistics and the number of values that could not be compared. */
    public FloatingPointError(float average, float min, float max, float stdDev, int errors) {
        this.averageUlp = average;
        this.minUlp = min;
        this.maxUlp = max;
        this.stdDevUlp = stdDev;
        this.errors = errors;
    }

    /** {@return the statistics of two arrays; NaN against a number counts as an error} */
    public static FloatingPointError of(FloatArray value, FloatArray expected) {
        double sum = 0;
        double squares = 0;
        float min = Float.MAX_VALUE;
        float max = 0;
        int errors = 0;
        int count = value.getSize();
        for (int i = 0; i < count; i++) {
            float ulp = FloatOps.findMaxULP(value.get(i), expected.get(i));
            if (Float.isNaN(ulp)) {
                errors++;
                continue;
            }
            sum += ulp;
            squares += (double) ulp * ulp;
            min = Math.min(min, ulp);
            max = Math.max(max, ulp);
        }
        double compared = Math.max(1, count - errors);
        double mean = sum / compared;
        double variance = Math.max(0, squares / compared - mean * mean);
        return new FloatingPointError((float) mean, min, max, (float) Math.sqrt(variance), errors);
    }

    /** {@return the mean distance} */
    public float getAverageUlp() {
        return averageUlp;
    }

    /** {@return the smallest distance} */
    public float getMinUlp() {
        return minUlp;
    }

    /** {@return the largest distance} */
    public float getMaxUlp() {
        return maxUlp;
    }

    /** {@return the standard deviation of the distances} */
    public float getStdDevUlp() {
        return stdDevUlp;
    }

    /** {@return the number of values that could not be compared} */
    public float getErrors() {
        return errors;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "ulp: mean %f, min %f, max %f, std dev %f, errors %.0f",
                averageUlp,
                minUlp,
                maxUlp,
                stdDevUlp,
                errors);
    }
}
