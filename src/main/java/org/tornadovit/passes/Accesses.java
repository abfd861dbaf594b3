package org.tornadovit.passes;

import java.util.LinkedHashSet;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/**
 * The arrays that a kernel reads and writes.
 *
 * @param reads arrays with a load or an atomic operation
 * @param writes arrays with a store or an atomic operation
 */
public record Accesses(Set<Array> reads, Set<Array> writes) {
    /** {@return the accesses of all code of a kernel, run or not} */
    public static Accesses of(Kernel kernel) {
        Set<Array> reads = new LinkedHashSet<>();
        Set<Array> writes = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                if (expr instanceof Expr.Load load) {
                    reads.add(load.array());
                }
            }

            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Store store -> writes.add(store.array());
                    case Stmt.Atomic atomic -> {
                        reads.add(atomic.array());
                        writes.add(atomic.array());
                    }
                    default -> {}
                }
            }
        }.walk(kernel.body());
        return new Accesses(reads, writes);
    }
}
