package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * The checks of a kernel and the record that a failed one leaves on a device.
 *
 * <p>A kernel with checks takes one more argument, the last: four ints in global memory, zero
 * before the launch. The first check that fails in any work-item writes
 *
 * <ol start="0">
 *   <li>1 + its place in {@link #sites},
 *   <li>the value of {@link Stmt.Check#value},
 *   <li>the number of the work-item, counted with x fastest,
 *   <li>nothing: kept for later.
 * </ol>
 */
public final class Checks {
    /** Size of the record in bytes. */
    public static final int STATUS_BYTES = 4 * Integer.BYTES;

    private Checks() {}

    /** {@return the checks in the order of the kernel's text} */
    public static List<Stmt.Check> sites(Kernel kernel) {
        List<Stmt.Check> sites = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Check check) {
                    sites.add(check);
                }
            }
        }.walk(kernel.body());
        return List.copyOf(sites);
    }
}
