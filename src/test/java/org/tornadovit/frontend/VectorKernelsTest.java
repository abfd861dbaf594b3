package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat3;

/** Kernels over vectors mean what their Java bodies mean. */
class VectorKernelsTest {
    @TestFactory
    Stream<DynamicTest> kernels() {
        return VectorArguments.cases().entrySet().stream()
                .map(e ->
                        DynamicTest.dynamicTest(
                                e.getKey(),
                                () ->
                                        Differential.check(
                                                VectorKernels.class,
                                                e.getKey(),
                                                e.getValue().get())));
    }

    @Test
    void anObjectIsNotChangedUnderTwoNames() {
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() ->
                        Differential.kernel(
                                VectorKernels.class,
                                "changedUnderTwoNames",
                                new VectorFloat3(3),
                                new VectorFloat3(3)))
                .withMessageContaining("a Float3 that changes under two names");
    }
}
