package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Verifier;

class UnifyTest {
    @Test
    void oneArrayStandsForItsAliases() {
        Kernel kernel =
                Texts.kernel(
                        "i32[] a, i32[] b, i32[] c",
                        """
                        b[0] = (b[1] + (a[2] + c[3]))
                        i32 old = atomic + b[4], length(b)
                        """);
        Kernel unified =
                Unify.apply(kernel, Map.of(Texts.array(kernel, "b"), Texts.array(kernel, "a")));
        assertThat(Printer.print(Verifier.verify(unified)))
                .isEqualTo(
                        """
                        kernel k(i32[] a, i32[] c) loops {
                            a[0] = (a[1] + (a[2] + c[3]))
                            i32 old = atomic + a[4], length(a)
                        }
                        """);
        assertThat(Unify.apply(kernel, Map.of())).isSameAs(kernel);
    }

    /** Two names for one array would hide that the loop reads what it wrote. */
    @Test
    void unifiedArraysAreNotTakenForDifferentOnes() {
        Kernel kernel =
                Texts.kernel(
                        "f32[] a, f32[] b",
                        "for L sequential i32 i = 0 to 32 step 1 { a[(i + 1)] = b[i] }");
        Target wide = new Target(8, 16, 2, false);
        Kernel apart = StripMine.apply(kernel, wide);
        assertThat(Printer.print(apart)).contains(":8]");
        Kernel unified =
                Unify.apply(kernel, Map.of(Texts.array(kernel, "b"), Texts.array(kernel, "a")));
        assertThat(Printer.print(StripMine.apply(unified, wide))).doesNotContain(":8]");
    }
}
