package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GeluTest {

    /** erf in float64 by its Maclaurin series, and by the continued fraction of erfc from 3 on. */
    static double erf(double x) {
        double a = Math.abs(x);
        double value;
        if (a < 3) {
            double term = a;
            double sum = a;
            for (int n = 1; n < 120; n++) {
                term *= -a * a / n;
                sum += term / (2 * n + 1);
            }
            value = 2 / Math.sqrt(Math.PI) * sum;
        } else {
            double fraction = a;
            for (int k = 60; k > 0; k--) {
                fraction = a + k / 2.0 / fraction;
            }
            value = 1 - Math.exp(-a * a) / fraction / Math.sqrt(Math.PI);
        }
        return Math.copySign(value, x);
    }

    static double gelu(double x) {
        return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
    }

    static double geluTanh(double x) {
        return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    @Test
    void referenceMatchesTables() {
        assertThat(erf(0.5)).isCloseTo(0.5204998778130465, within(1e-14));
        assertThat(erf(1.0)).isCloseTo(0.8427007929497149, within(1e-14));
        assertThat(erf(3.5)).isCloseTo(0.9999992569016276, within(1e-14));
    }

    @Test
    void erfIsWithinOneInTenMillionOnADenseGrid() {
        double worst = 0;
        for (int i = -600_000; i <= 600_000; i++) {
            float x = i * 1e-5f;
            worst = Math.max(worst, Math.abs(Gelu.erf(x) - erf(x)));
        }
        assertThat(worst).isLessThanOrEqualTo(1e-7);
    }

    @Test
    void erfIsOddAndSaturates() {
        for (float x : new float[] {0.0f, 1e-30f, 0.3f, 0.99999994f, 1.0f, 2.5f}) {
            assertThat(Gelu.erf(-x)).isEqualTo(-Gelu.erf(x));
        }
        assertThat(Gelu.erf(4.0f)).isEqualTo(1.0f);
        assertThat(Gelu.erf(1e30f)).isEqualTo(1.0f);
        assertThat(Gelu.erf(Float.NEGATIVE_INFINITY)).isEqualTo(-1.0f);
        assertThat(Gelu.erf(Float.NaN)).isNaN();
    }

    @Test
    void bothFormsAreWithinTheirBounds() {
        for (int i = -80_000; i <= 80_000; i++) {
            float x = i * 1e-4f;
            double scale = Math.max(Math.abs(x), 1);
            assertThat(Math.abs(Gelu.gelu(x) - gelu(x))).isLessThanOrEqualTo(1.5e-7 * scale);
            assertThat(Math.abs(Gelu.geluTanh(x) - geluTanh(x))).isLessThanOrEqualTo(3e-7 * scale);
        }
    }

    @Test
    void theTwoFormsDifferAsStated() {
        double largest = 0;
        for (int i = 0; i <= 60_000; i++) {
            double x = i * 1e-4;
            largest = Math.max(largest, Math.abs(gelu(x) - geluTanh(x)));
        }
        assertThat(largest).isBetween(4.72e-4, 4.74e-4);
    }
}
