package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;
import org.tornadovit.passes.Independence;

/**
 * What the text says in front of loops.
 *
 * @param dialect how it is said
 * @param names the names of arrays
 */
record OpenClHints(OpenClDialect dialect, Function<Array, String> names) {
    /** Iterations side by side where they are known not to depend on each other. */
    private static final long ABREAST = 4;

    /** Arrays up to this size are registers. */
    private static final long REGISTERS = 16;

    /** {@return the lines in front of a counted loop} */
    List<String> before(Stmt.For loop) {
        List<String> lines = new ArrayList<>();
        if (loop.run().kind() != Run.Kind.UNROLLED && !dialect.apart().isEmpty()) {
            Independence.apart(loop)
                    .forEach(a -> lines.add(dialect.apart().formatted(names.apply(a))));
        }
        switch (loop.run().kind()) {
            case UNROLLED -> lines.add(dialect.unrolled().formatted(trips(loop)));
            case PARALLEL -> {
                if (staysWhole(loop.body())) {
                    boolean even = trips(loop) % ABREAST == 0 && unrolls(loop.body()) == 0;
                    lines.add(dialect.pipelined());
                    lines.add(
                            even && dialect.isOffline()
                                    ? dialect.unrolled().formatted(ABREAST)
                                    : dialect.everyCycle());
                }
            }
            case SEQUENTIAL -> {
                if (staysWhole(loop.body())) {
                    lines.add(dialect.pipelined());
                }
            }
            case GRID -> {}
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    /** {@return the lines in front of a loop that fills an array with zeros} */
    List<String> before(long elements) {
        if (!dialect.isOffline()) {
            return List.of();
        }
        String hint =
                elements <= REGISTERS
                        ? dialect.unrolled().formatted(elements)
                        : dialect.pipelined();
        return hint.isEmpty() ? List.of() : List.of(hint);
    }

    /** {@return the lines in front of a loop without a count} */
    List<String> before(Stmt.Loop loop) {
        return staysWhole(loop.body()) && !dialect.pipelined().isEmpty()
                ? List.of(dialect.pipelined())
                : List.of();
    }

    /** Whether no loop is inside but such as vanish, and nobody waits for others. */
    private static boolean staysWhole(Stmt body) {
        boolean[] whole = {true};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                whole[0] &=
                        switch (stmt) {
                            case Stmt.Loop _, Stmt.Barrier _ -> false;
                            case Stmt.For f -> f.run().kind() == Run.Kind.UNROLLED;
                            default -> true;
                        };
            }
        }.walk(body);
        return whole[0];
    }

    private static long unrolls(Stmt body) {
        long[] count = {0};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                count[0] += stmt instanceof Stmt.For ? 1 : 0;
            }
        }.walk(body);
        return count[0];
    }

    private static long trips(Stmt.For loop) {
        return loop.start() instanceof Const(_, var start)
                        && loop.bound() instanceof Const(_, var bound)
                ? Stmt.For.trips(start, bound, loop.step())
                : 1;
    }
}
