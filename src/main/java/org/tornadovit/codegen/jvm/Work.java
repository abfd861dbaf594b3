package org.tornadovit.codegen.jvm;

import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** About how much a kernel does in a run. */
final class Work {
    /** What a loop counts for whose length only the run knows. */
    private static final double UNKNOWN_LENGTH = 16;

    private Work() {}

    /** {@return about how many operations a statement does} */
    static double of(Stmt stmt) {
        return switch (stmt) {
            case Stmt.For f -> trips(f) * of(f.body());
            case Stmt.Loop(_, var body) -> UNKNOWN_LENGTH * of(body);
            case Stmt.Sequence _, Stmt.Labeled _, Stmt.If _ ->
                    Parts.of(stmt).stream().mapToDouble(Work::of).sum();
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    operations(stmt);
        };
    }

    private static double trips(Stmt.For f) {
        return f.start() instanceof Const start && f.bound() instanceof Const bound
                ? Math.max(0, Math.ceil((double) (bound.bits() - start.bits()) / f.step()))
                : UNKNOWN_LENGTH;
    }

    private static double operations(Stmt stmt) {
        int[] operations = {1};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                operations[0]++;
            }
        }.walk(stmt);
        return operations[0];
    }
}
