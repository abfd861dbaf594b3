package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

class SpecialiseTest {
    private static String apply(
            Kernel kernel, Map<Var, Const> scalars, Map<Array, Integer> lengths) {
        return Printer.print(Verifier.verify(Specialise.apply(kernel, scalars, lengths)));
    }

    @Test
    void valuesReplaceParameters() {
        Kernel kernel = Texts.kernel("f32[] a, i32 n, f32 x", "a[(length(a) - n)] = x");
        Map<Var, Const> scalars =
                Map.of(
                        Texts.scalar(kernel, "n"), Const.i32(3),
                        Texts.scalar(kernel, "x"), Const.f32(0.5f));
        assertThat(apply(kernel, scalars, Texts.lengths(kernel, 10)))
                .isEqualTo("kernel k(f32[] a) loops {\n    a[(10 - 3)] = 0.5:f32\n}\n");
    }

    @Test
    void parametersThatChangeBecomeVariables() {
        Kernel kernel = Texts.kernel("i32[] a, i32 n, i32 m", "n = (n + m)\nm = 1\na[0] = (n + m)");
        Map<Var, Const> scalars = new LinkedHashMap<>();
        scalars.put(Texts.scalar(kernel, "m"), Const.i32(5));
        scalars.put(Texts.scalar(kernel, "n"), Const.i32(7));
        assertThat(apply(kernel, scalars, Map.of()))
                .isEqualTo(
                        """
                        kernel k(i32[] a) loops {
                            i32 n = 7
                            i32 m = 5
                            n = (n + m)
                            m = 1
                            a[0] = (n + m)
                        }
                        """);
    }

    @Test
    void whatIsUnknownStays() {
        Kernel kernel = Texts.kernel("i32[] a, i32[] b, i32 n", "a[n] = (length(a) + length(b))");
        Map<Array, Integer> lengths = new HashMap<>();
        lengths.put(Texts.array(kernel, "b"), 4);
        assertThat(apply(kernel, Map.of(), lengths)).contains("a[n] = (length(a) + 4)");
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        Kernel kernel = Texts.kernel("i32[] a, i64 n", "a[n] = 1");
        Map<Var, Const> scalars = Map.of(Texts.scalar(kernel, "n"), Const.i32(1));
        assertThatThrownBy(() -> Specialise.apply(kernel, scalars, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter n is i64, not i32");
    }
}
