package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat3;
import uk.ac.manchester.tornado.api.types.vectors.Float3;

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

    @ParameterizedTest
    @ValueSource(strings = {"changedUnderTwoNames", "changedAfterAChoice"})
    void anObjectIsNotChangedUnderTwoNames(String kernel) {
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() ->
                        Differential.kernel(
                                VectorKernels.class,
                                kernel,
                                new VectorFloat3(3),
                                new VectorFloat3(3)))
                .withMessageContaining("a Float3 that changes under two names");
    }

    @Test
    void neitherIsAParameter() {
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() ->
                        Differential.kernel(
                                VectorKernels.class,
                                "changedParameter",
                                new Float3(),
                                new VectorFloat3(3)))
                .withMessageContaining("a Float3 that changes under two names");
    }
}
