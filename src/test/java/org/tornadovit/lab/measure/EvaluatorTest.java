package org.tornadovit.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Accuracy.Method;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.LabelledImages.Part;

class EvaluatorTest {
    private final FakeBench bench = new FakeBench();
    private final FakeImages images = new FakeImages();

    private Evaluator.Result measure(Accuracy accuracy, int batch, LabelledImages data) {
        Candidate candidate = bench.candidate("pure");
        try (Prepared prepared = candidate.prepare("jvm", batch, Precision.FP32)) {
            return new Evaluator(accuracy, data).measure(candidate, prepared);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FEW_SHOT", "TOP_K"})
    void theBatchSizeDoesNotMatter(Method method) {
        Accuracy accuracy = new Accuracy(method, "", 4, 2, 31, 1);
        Evaluator.Result one = measure(accuracy, 1, images);
        assertThat(one.images()).isEqualTo(31);
        assertThat(one.top1Low()).isLessThan(one.top1());
        assertThat(measure(accuracy, 4, images)).isEqualTo(one);
        assertThat(measure(accuracy, 40, images)).isEqualTo(one);
    }

    @Test
    void topKCountsWhatTheLogitsSay() {
        Evaluator.Result result = measure(new Accuracy(Method.TOP_K, "", 1, 1, 1000, 1), 8, images);
        // the fake's logit k is the sum of the values that are large in images of class k
        int[] labels = images.labels(Part.TEST);
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            int[] sums = new int[FakeBench.CLASSES];
            byte[] pixels = images.image(Part.TEST, i).pixels();
            for (int p = 0; p < pixels.length; p++) {
                sums[p % sums.length] += pixels[p];
            }
            int best = sums[1] > sums[0] ? 1 : 0;
            best = sums[2] > sums[best] ? 2 : best;
            correct += best == labels[i] ? 1 : 0;
        }
        assertThat(result.images()).isEqualTo(labels.length);
        assertThat(result.top1()).isEqualTo((double) correct / labels.length);
        assertThat(result.top5()).containsExactly(1.0);
        assertThat(result.l2()).isEmpty();
    }

    @Test
    void dataOfOtherClassesAndTooFewImagesAreRefused() {
        LabelledImages ten =
                new LabelledImages() {
                    @Override
                    public String digest() {
                        return "";
                    }

                    @Override
                    public int classes() {
                        return 10;
                    }

                    @Override
                    public int[] labels(Part part) {
                        return images.labels(part);
                    }

                    @Override
                    public org.tornadovit.io.image.RgbImage image(Part part, int index) {
                        return images.image(part, index);
                    }
                };
        assertThatThrownBy(() -> measure(new Accuracy(Method.TOP_K, "", 1, 1, 9, 1), 1, ten))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("3 classes apart, the data has 10");
        assertThatThrownBy(() -> measure(new Accuracy(Method.FEW_SHOT, "", 30, 1, 9, 1), 1, images))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("30 images");
    }
}
