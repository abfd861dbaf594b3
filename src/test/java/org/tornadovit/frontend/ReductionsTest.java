package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Stmt;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** Without the annotation a loop becomes a reduction only where it is one. */
class ReductionsTest {
    static void horner(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            r[0] = r[0] * 3 + a[i];
        }
    }

    static void fadingMaximum(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            r[0] = Math.max(r[0] - 1, a[i]);
        }
    }

    static void overwritten(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int v = r[0];
            r[0] = r[0] + 1;
            r[0] = v + a[i];
        }
    }

    static void heldByLoop(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int v = r[0];
            for (int j = 0; j < 3; j++) {
                r[0] = v + a[i];
            }
        }
    }

    static void larger(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            if (a[i] > r[0]) {
                r[0] = a[i];
            }
        }
    }

    static void readElsewhere(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            r[0] = r[0] + a[i];
            a[i] = r[i % 2];
        }
    }

    static void sum(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int v = r[0];
            if (a[i] > 0) {
                r[0] = v - a[i] + i;
            }
        }
    }

    static void heldForTwo(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int v = r[0];
            if (a[i] > 0) {
                r[0] = v + a[i];
            } else {
                a[i] = v;
            }
        }
    }

    static void sumOfCases(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int v = r[0];
            if (a[i] > 0) {
                r[0] = v + a[i];
            } else {
                r[0] = v - i;
            }
        }
    }

    static void sumOfChoice(int[] a, int[] r) {
        for (@Parallel int i = 0; i < a.length; i++) {
            if (a[i] != 3) {
                r[0] = r[0] + (a[i] > i || a[i] < -i ? a[i] : a[i / 2] / 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heldForTwo",
                "horner",
                "fadingMaximum",
                "overwritten",
                "heldByLoop",
                "larger",
                "readElsewhere"
            })
    void otherLoopsStayAsTheyAre(String name) {
        Kernel kernel = kernel(name);
        assertThat(reduces(kernel)).as(Printer.print(kernel)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "sumOfCases", "sumOfChoice"})
    void sumsAreReduced(String name) {
        Kernel kernel = kernel(name);
        assertThat(reduces(kernel)).as(Printer.print(kernel)).isTrue();
    }

    private static Kernel kernel(String name) {
        return Differential.kernel(ReductionsTest.class, name, new int[5], new int[2]);
    }

    private static boolean reduces(Kernel kernel) {
        return Regions.any(kernel.body(), s -> s instanceof Stmt.Atomic);
    }
}
