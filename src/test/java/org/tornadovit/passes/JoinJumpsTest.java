package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Verifier;

/** Jumps that all ways through a choice end with stand once, behind the choice. */
class JoinJumpsTest {
    private static final String KERNEL =
            """
            kernel k(context c, i32[] x) work_item {
                i32 i = local_id(0)
                for loop sequential i32 k = 0 to 3 step 1 {
                    if (group_id(0) != 0) {
                        if (i != 5) {
                            %s
                        }
                        x[i] = k
                        continue loop
                    }
                    barrier local
                }
            }
            """;

    private static String joined(String inside) {
        Kernel kernel = JoinJumps.apply(Parser.parse(KERNEL.formatted(inside)));
        Verifier.verify(kernel);
        return Printer.print(kernel).replaceAll("\\s+", " ");
    }

    @Test
    void theChoiceOfTheItemsKeepsNoJump() {
        assertThat(joined("continue loop"))
                .contains("{ if (i != 5) { } else { x[i] = k } continue loop }");
    }

    @Test
    void otherJumpsStay() {
        assertThat(joined("break loop"))
                .contains("if (i != 5) { break loop } x[i] = k continue loop");
    }

    @Test
    void barriersStayWhereTheyAre() {
        assertThat(joined("barrier local continue loop".replace("local ", "local\n")))
                .contains("if (i != 5) { barrier local continue loop } x[i] = k continue loop");
    }
}
