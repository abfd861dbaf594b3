package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** What is proven of loops with random indices holds for every pair of their iterations. */
class RandomIndicesTest {
    private static final int LOOPS = 800;
    private static final int LEAST_PROVEN = 80;

    private final Random random = new Random(11);

    /** An index: factors of the loops' variables and of n, a constant, and a mask for one term. */
    private record Index(int i, int j, int n, int constant, int mask) {
        int of(int valueOfI, int valueOfJ, int valueOfN) {
            int first = mask == 0 ? i * valueOfI : i * (valueOfI & mask);
            return first + j * valueOfJ + n * valueOfN + constant;
        }

        String text() {
            String first = mask == 0 ? "i" : "(i & %d)".formatted(mask);
            return "((((%s * %d) + (j * %d)) + (n * %d)) + %d)".formatted(first, i, j, n, constant);
        }
    }

    private Index index() {
        int mask = random.nextInt(6) == 0 ? 3 : 0;
        return new Index(small(), small(), random.nextInt(2), random.nextInt(4), mask);
    }

    private int small() {
        return random.nextInt(3) == 0 ? random.nextInt(-3, 13) : random.nextInt(3);
    }

    @Test
    void noIterationMeetsAnother() {
        int proven = 0;
        for (int k = 0; k < LOOPS; k++) {
            int rows = random.nextInt(1, 7);
            int columns = random.nextInt(1, 7);
            Index store = index();
            Index load = random.nextBoolean() ? store : index();
            String body =
                    """
                    for l sequential i32 i = 0 to %d step 1 {
                        for m sequential i32 j = 0 to %d step 1 { y[%s] = (y[%s] + 1.0:f32) }
                    }\
                    """
                            .formatted(rows, columns, store.text(), load.text());
            for (Stmt.For loop : loops(Texts.kernel("f32[] y, i32 n", body))) {
                if (!Independence.apart(loop).isEmpty()) {
                    proven++;
                    boolean outer = loop.index().name().equals("i");
                    assertThat(meet(store, load, rows, columns, outer))
                            .as("loop over %s of%n%s", loop.index().name(), body)
                            .isFalse();
                }
            }
        }
        assertThat(proven).isGreaterThan(LEAST_PROVEN);
    }

    private static List<Stmt.For> loops(Kernel kernel) {
        List<Stmt.For> loops = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f) {
                    loops.add(f);
                }
            }
        }.walk(kernel.body());
        return loops;
    }

    /** Whether an iteration touches what another writes, for some n and some turn around it. */
    private static boolean meet(Index store, Index load, int rows, int columns, boolean outer) {
        for (int n = 0; n < 4; n++) {
            for (int around = 0; around < (outer ? 1 : rows); around++) {
                List<Set<Integer>> written = new ArrayList<>();
                List<Set<Integer>> touched = new ArrayList<>();
                for (int turn = 0; turn < (outer ? rows : columns); turn++) {
                    Set<Integer> writes = new HashSet<>();
                    Set<Integer> all = new HashSet<>();
                    for (int inner = 0; inner < (outer ? columns : 1); inner++) {
                        int i = outer ? turn : around;
                        int j = outer ? inner : turn;
                        writes.add(store.of(i, j, n));
                        all.add(load.of(i, j, n));
                    }
                    all.addAll(writes);
                    written.add(writes);
                    touched.add(all);
                }
                for (int a = 0; a < written.size(); a++) {
                    for (int b = 0; b < written.size(); b++) {
                        Set<Integer> both = new HashSet<>(written.get(a));
                        both.retainAll(touched.get(b));
                        if (a != b && !both.isEmpty()) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
