package org.tornadovit.codegen.jvm;

import java.util.List;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Stmt;

/** The statements directly inside a statement, and questions about them. */
final class Parts {
    /** A loop of so few iterations is no loop to the just-in-time compiler, which unrolls it. */
    private static final long FEW = 4;

    private Parts() {}

    static List<Stmt> of(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> body;
            case Stmt.Labeled(_, var body) -> List.of(body);
            case Stmt.If(_, var yes, var no) -> List.of(yes, no);
            case Stmt.For f -> List.of(f.body());
            case Stmt.Loop(_, var body) -> List.of(body);
            case Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    List.of();
        };
    }

    /** {@return whether {@code stmt} is or has a loop that can run for long} */
    static boolean hasLoop(Stmt stmt) {
        return isLoop(stmt) || of(stmt).stream().anyMatch(Parts::hasLoop);
    }

    /** {@return whether {@code stmt} is or has a loop, however short} */
    static boolean hasAnyLoop(Stmt stmt) {
        return stmt instanceof Stmt.For
                || stmt instanceof Stmt.Loop
                || of(stmt).stream().anyMatch(Parts::hasAnyLoop);
    }

    static boolean isLoop(Stmt stmt) {
        return switch (stmt) {
            case Stmt.For f ->
                    !(f.start() instanceof Const start
                            && f.bound() instanceof Const bound
                            && (bound.bits() - start.bits()) / f.step() <= FEW);
            case Stmt.Loop _ -> true;
            default -> false;
        };
    }
}
