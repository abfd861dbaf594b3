package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Scalar;

/** What is not supported is refused with class, method, line, the construct and a way out. */
class RefusalsTest {
    /** {@return bindings by letter: F FloatArray, I int, X KernelContext} */
    static List<Binding> bindings(String letters) {
        return letters.chars()
                .<Binding>mapToObj(c ->
                        switch (c) {
                            case 'F' -> new Binding.OfArray(Scalar.F32);
                            case 'I' -> new Binding.OfScalar(Scalar.I32);
                            case 'X' -> new Binding.OfContext();
                            default -> throw new IllegalArgumentException(letters);
                        })
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    recursion          | F   | factorial          | recursion
                    throwing           | F   | throwing           | throwing java.lang.Illegal
                    unmatched          | F   | unmatched          | throwing java.lang.Match
                    string             | F   | string             | a String
                    output             | F   | output             | println
                    object             | F   | object             | java.lang.StringBuilder
                    lock               | F   | lock               | try, catch or synchronized
                    synchronizedMethod | F   | synchronizedMethod | a synchronized method
                    lambda             | F   | lambda             | a lambda
                    rows               | F   | rows               | an array of arrays
                    catching           | F   | catching           | try, catch
                    time               | F   | time               | java.lang.System.nanoTime()J
                    slice              | F   | slice              | FloatArray.slice
                    staticField        | F   | staticField        | RefusedKernels.total
                    choice             | FF  | choice             | a choice between arrays
                    swapped            | FF  | swapped            | assigning to the parameter
                    instance           | F   | instance           | instanceof
                    exact              | FI  | exact              | java.lang.Math.powExact
                    parallelWhile      | F   | parallelWhile      | does not compare the index
                    parallelStep       | FI  | parallelStep       | its step is not a constant
                    parallelBreak      | FI  | parallelBreak      | a break or return leaves it
                    parallelReturn     | FI  | parallelReturn     | a break or return leaves it
                    parallelBound      | FI  | parallelBound      | its bound changes
                    parallelIndex      | FI  | parallelIndex      | is assigned in the body
                    parallelNoLoop     | FI  | parallelNoLoop     | not a counted for loop
                    parallelItems      | XFI | parallelItems      | beside a KernelContext
                    reduction          | FF  | reduction          | this use of b, which a parallel loop reduces
                    """)
    void refuses(String kernel, String arguments, String method, String construct) {
        KernelMethod java = KernelMethod.of(Differential.method(RefusedKernels.class, kernel));
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() -> Translator.translate(java, bindings(arguments)))
                .satisfies(e -> assertThat(e.site().method()).isEqualTo("RefusedKernels." + method))
                .satisfies(e ->
                        assertThat(e.site().line())
                                .matches(l -> l > 0 || kernel.startsWith("synchronizedM")))
                .withMessageStartingWith("RefusedKernels." + method)
                .withMessageContaining(construct)
                .withMessageContaining(" is not supported in a kernel; ");
    }

    @Test
    void wrongNumberOfArguments() {
        KernelMethod java = KernelMethod.of(Differential.method(RefusedKernels.class, "choice"));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Translator.translate(java, bindings("F")))
                .withMessage("RefusedKernels.choice takes 2 arguments, not 1");
    }
}
