package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Site;
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

    /** {@return where a kernel first writes an array, or the kernel's own place} */
    public static Site firstWrite(Kernel kernel, Array written) {
        List<Site> sites = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Store(var array, _, _, var site) && array == written) {
                    sites.add(site);
                } else if (stmt instanceof Stmt.Atomic a && a.array() == written) {
                    sites.add(a.site());
                }
            }
        }.walk(kernel.body());
        return sites.isEmpty() ? kernel.source() : sites.getFirst();
    }
}
