package org.tornadovit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.lab.measure.Devices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The kernels that are measured give the right answers, and wrong ones are not measured. */
class KernelCaseTest {
    private final TornadoDevice device = new Devices().device("jvm");

    @ParameterizedTest
    @ValueSource(strings = {"linear 199x773x769", "layer norm", "softmax", "gelu", "add", "copy"})
    void theAnswerIsRight(String name) {
        try (KernelRun run = new KernelRun(KernelCase.named(name), device)) {
            run.run();
        }
    }

    @Test
    void aWrongAnswerIsNotMeasured() {
        KernelCase right = KernelCase.named("linear 50x384x1000");
        KernelCase wrong =
                new KernelCase(
                        right.name(),
                        right.work(),
                        right.unit(),
                        right.sizes(),
                        right.tasks(),
                        (arrays, at) -> right.expected().apply(arrays, at) * 1.001 + 0.01);
        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(() -> new KernelRun(wrong, device))
                .withMessageContaining("not measured");
    }

    @Test
    void everyCaseCanBeFound() {
        List<KernelCase> all = KernelCase.products();
        assertThat(all)
                .allSatisfy(kernel ->
                        assertThat(KernelCase.named(kernel.name()).work())
                                .isEqualTo(kernel.work()));
    }
}
