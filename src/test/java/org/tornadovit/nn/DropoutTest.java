package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.nn.Forward.Capture;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class DropoutTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 1237; // no multiple of any vector
    private static final int COUNT = ROWS * COLUMNS;

    private static final Dropout.Place PLACE = Dropout.Place.of(-123456789012345L, 2, 0.3f);

    private final FloatArray ones = filled(1);
    private final FloatArray zeros = filled(0);

    private static FloatArray filled(float value) {
        FloatArray array = new FloatArray(COUNT);
        array.init(value);
        return array;
    }

    private static FloatArray factors(Dropout.Place place, int turn) {
        FloatArray x = filled(1);
        Dropout.drop(
                x,
                IntArray.fromElements(turn),
                place.key0(),
                place.key1(),
                place.threshold(),
                place.scale(),
                COUNT);
        return x;
    }

    private static double share(FloatArray factors) {
        int dropped = 0;
        for (int i = 0; i < factors.getSize(); i++) {
            dropped += factors.get(i) == 0 ? 1 : 0;
        }
        return (double) dropped / factors.getSize();
    }

    @ParameterizedTest
    @ValueSource(floats = {0.001f, 0.1f, 0.5f, 0.9f})
    void aShareIsDroppedAndTheRestScaled(float share) {
        FloatArray factors = factors(Dropout.Place.of(5, 0, share), 0);
        double deviation = Math.sqrt(share * (1 - share) / COUNT);
        assertThat(share(factors)).isCloseTo(share, within(3 * deviation));
        for (int i = 0; i < COUNT; i++) {
            assertThat(factors.get(i)).isIn(0f, (float) (1 / (1 - (double) share)));
        }
    }

    @Test
    void everyTurnPlaceAndSeedDropsOthers() {
        FloatArray factors = factors(PLACE, 7);
        List<FloatArray> others =
                List.of(
                        factors(PLACE, 8),
                        factors(Dropout.Place.of(-123456789012345L, 3, 0.3f), 7),
                        factors(Dropout.Place.of(-123456789012346L, 2, 0.3f), 7),
                        factors(Dropout.Place.of(-123456789012345L + (1L << 32), 2, 0.3f), 7));
        for (FloatArray other : others) {
            int both = 0;
            for (int i = 0; i < COUNT; i++) {
                both += factors.get(i) == 0 && other.get(i) == 0 ? 1 : 0;
            }
            // of independent choices, within five deviations
            assertThat((double) both / COUNT).isCloseTo(0.09, within(5 * Math.sqrt(0.09 / COUNT)));
        }
        assertThat(factors(PLACE, 7).toHeapArray()).isEqualTo(factors.toHeapArray());
    }

    @Test
    void nothingIsDroppedInAnEvaluation() {
        assertThat(factors(PLACE, -1).toHeapArray()).isEqualTo(ones.toHeapArray());
    }

    private FloatArray added(int across, int along) {
        FloatArray y = new FloatArray(COUNT);
        Dropout.dropAdd(
                ones,
                zeros,
                y,
                IntArray.fromElements(7),
                PLACE.key0(),
                PLACE.key1(),
                PLACE.threshold(),
                PLACE.scale(),
                ROWS,
                COLUMNS,
                across,
                along);
        return y;
    }

    @Test
    void aBranchLosesElementsOrIsSkippedByTheSameNumbers() {
        float[] factors = factors(PLACE, 7).toHeapArray();
        assertThat(added(COLUMNS, 1).toHeapArray()).isEqualTo(factors);
        FloatArray skipped = added(1, 0);
        for (int i = 0; i < COUNT; i++) {
            assertThat(skipped.get(i)).isEqualTo(factors[i / COLUMNS]);
        }
    }

    /** The same bits everywhere, forwards and backwards. */
    @ParameterizedTest
    @MethodSource("org.tornadovit.runtime.OnDevices#all")
    void everyDeviceDropsTheSame(TornadoDevice device) throws Exception {
        IntArray turn = IntArray.fromElements(7);
        FloatArray dropped = filled(1);
        FloatArray sum = new FloatArray(COUNT);
        FloatArray gradient = new FloatArray(COUNT);
        FloatArray skipped = new FloatArray(COUNT);
        int key0 = PLACE.key0();
        int key1 = PLACE.key1();
        int threshold = PLACE.threshold();
        float scale = PLACE.scale();
        TaskGraph graph =
                new TaskGraph("dropout")
                        .transferToDevice(
                                DataTransferMode.EVERY_EXECUTION, turn, dropped, ones, zeros)
                        .task(
                                "drop",
                                Dropout::drop,
                                dropped,
                                turn,
                                key0,
                                key1,
                                threshold,
                                scale,
                                COUNT)
                        .task(
                                "add",
                                Dropout::dropAdd,
                                ones,
                                zeros,
                                sum,
                                turn,
                                key0,
                                key1,
                                threshold,
                                scale,
                                ROWS,
                                COLUMNS,
                                COLUMNS,
                                1)
                        .task(
                                "back",
                                Dropout::dropGradient,
                                ones,
                                gradient,
                                turn,
                                key0,
                                key1,
                                threshold,
                                scale,
                                ROWS,
                                COLUMNS,
                                COLUMNS,
                                1)
                        .task(
                                "skip",
                                Dropout::dropGradient,
                                ones,
                                skipped,
                                turn,
                                key0,
                                key1,
                                threshold,
                                scale,
                                ROWS,
                                COLUMNS,
                                1,
                                0)
                        .transferToHost(
                                DataTransferMode.EVERY_EXECUTION, dropped, sum, gradient, skipped);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
            float[] expected = factors(PLACE, 7).toHeapArray();
            assertThat(dropped.toHeapArray()).isEqualTo(expected);
            assertThat(sum.toHeapArray()).isEqualTo(expected);
            assertThat(gradient.toHeapArray()).isEqualTo(expected);
            assertThat(skipped.toHeapArray()).isEqualTo(added(1, 0).toHeapArray());
        }
    }

    @Test
    void sharesAreBelowOneAndBlocksGrowTowardsTheLast() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Noise(1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Noise(0, -0.1f, 0));
        Noise noise = new Noise(0, 0.4f, 0);
        assertThat(List.of(noise.depth(0, 5), noise.depth(2, 5), noise.depth(4, 5)))
                .containsExactly(0f, 0.2f, 0.4f);
        assertThat(noise.depth(0, 1)).isEqualTo(0.4f);
        Weights none = Weights.random(List.of(), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forward(1, 1, none, Capture.NOTHING, noise))
                .withMessageContaining("Only training");
    }
}
