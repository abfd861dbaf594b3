package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PositionResizeTest {

    @Test
    void alignCornersIsScipysZoomOfOrderOne() {
        // scipy.ndimage.zoom([0, 1, 4, 9], 7 / 4, order=1)
        double[] expected = {0, 0.5, 1, 2.5, 4, 6.5, 9};
        assertThat(apply(PositionResize.ALIGN_CORNERS, new double[] {0, 1, 4, 9}, 7))
                .containsExactly(expected, within(1e-12));
    }

    @Test
    void bilinearKeepsTheCentresOfCells() {
        // 2 cells to 4: centres at -0.25, 0.25, 0.75, 1.25 of the old grid, clamped
        assertThat(apply(PositionResize.BILINEAR, new double[] {2, 6}, 4))
                .containsExactly(new double[] {2, 3, 5, 6}, within(1e-12));
    }

    @Test
    void bicubicRepeatsTheBorderWithTorchsCoefficient() {
        // 2 to 4 with a = -0.75: taps of 0.25 are (-0.10546875, 0.87890625, 0.26171875,
        // -0.03515625)
        double low = 0.26171875 - 0.03515625;
        double high = 0.87890625 - 0.10546875;
        assertThat(apply(PositionResize.BICUBIC, new double[] {0, 1}, 4)[1])
                .isEqualTo(low, within(1e-12));
        assertThat(apply(PositionResize.BICUBIC, new double[] {0, 1}, 4)[2])
                .isEqualTo(high, within(1e-12));
    }

    @Test
    void antialiasWidensTheKernelWhenShrinking() {
        // 4 to 2: every old cell counts; the kernel of width 8 is cut at the border, and symmetric
        double[] small = apply(PositionResize.BICUBIC_ANTIALIAS, new double[] {1, 0, 0, 0}, 2);
        double[] mirrored = apply(PositionResize.BICUBIC_ANTIALIAS, new double[] {0, 0, 0, 1}, 2);
        assertThat(small[0]).isEqualTo(mirrored[1], within(1e-12)).isBetween(0.4, 0.6);
        assertThat(small[1]).isNegative();
    }

    @ParameterizedTest
    @EnumSource
    void constantsStayAndTheSameSizeIsTheIdentity(PositionResize resize) {
        for (int to : new int[] {1, 2, 5, 7, 12, 24}) {
            for (double value : apply(resize, new double[] {3, 3, 3, 3, 3, 3, 3}, to)) {
                assertThat(value).isEqualTo(3, within(1e-12));
            }
        }
        double[] values = {1, -2, 5, 0, 7};
        assertThat(apply(resize, values, 5)).containsExactly(values, within(1e-12));
    }

    @Test
    void gridsAreResizedBothWaysAndLeadingPositionsStay() {
        PositionGrid grid = new PositionGrid("pos_embed", 1, 3, 3, 2);
        float[] table = {9, 8, 0, 10, 1, 11, 2, 12, 3, 13}; // class token, then [[0, 1], [2, 3]]
        float[] resized = PositionResize.ALIGN_CORNERS.resize(table, 2, grid);
        assertThat(resized)
                .containsExactly(
                        9, 8, 0, 10, 0.5f, 10.5f, 1, 11, 1, 11, 1.5f, 11.5f, 2, 12, 2, 12, 2.5f,
                        12.5f, 3, 13);
    }

    private static double[] apply(PositionResize resize, double[] values, int to) {
        double[][] weights = resize.weights(values.length, to);
        double[] out = new double[to];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < values.length; j++) {
                out[i] += weights[i][j] * values[j];
            }
        }
        return out;
    }
}
