package org.tornadovit.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tornadovit.codegen.Prepared.Failure;
import org.tornadovit.device.DeviceException;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** The body of one kernel as OpenCL C. */
final class OpenClStatements {
    private static final String INDENT = "    ";

    private final OpenClExpressions expressions;
    private final Placement placement;
    private final OpenClNames names;
    private final OpenClPrelude prelude;
    private final OpenClHints hints;
    private final Failure failure;
    private final StringBuilder out = new StringBuilder();
    private int depth = 1;
    private int checks;

    /** The loops of the target around the current place, innermost first. */
    private final Deque<Label> loops = new ArrayDeque<>();

    /** Where a goto leads that leaves a label, or that starts its next iteration. */
    private final Map<Label, String> ends = new HashMap<>();

    private final Map<Label, String> nexts = new HashMap<>();

    OpenClStatements(
            OpenClExpressions expressions,
            Placement placement,
            OpenClNames names,
            OpenClPrelude prelude,
            OpenClHints hints,
            Failure failure) {
        this.failure = failure;
        this.hints = hints;
        this.expressions = expressions;
        this.placement = placement;
        this.names = names;
        this.prelude = prelude;
    }

    /** {@return the text of a body} */
    String render(Stmt body) {
        statement(body);
        return out.toString();
    }

    /** {@return the address space in OpenCL C} */
    static String qualifier(Space space) {
        return "__" + space.name().toLowerCase(Locale.ROOT);
    }

    private void statement(Stmt stmt) {
        switch (stmt) {
            case Stmt.Sequence sequence -> sequence(sequence);
            case Stmt.Assign assign -> assign(assign, "");
            case Stmt.Atomic atomic -> atomic(atomic, "");
            case Stmt.Store(var array, var index, var value, _) ->
                    line(expressions.store(array, index, value) + ";");
            case Stmt.Allocate allocate -> allocate(allocate);
            case Stmt.Labeled(var label, var body) -> {
                statement(body);
                place(ends, label);
            }
            case Stmt.If choice -> choice(choice);
            case Stmt.For loop -> {
                switch (loop.run().kind()) {
                    case GRID -> grid(loop);
                    case SEQUENTIAL, PARALLEL, UNROLLED -> counted(loop);
                }
            }
            case Stmt.Loop endless -> {
                hints.before(endless).forEach(this::line);
                loop("while (true)", endless.label(), endless.body());
            }
            case Stmt.Break(var label) ->
                    line(label == loops.peek() ? "break;" : "goto " + jump(ends, label, "end"));
            case Stmt.Continue(var label) ->
                    line(
                            label == loops.peek()
                                    ? "continue;"
                                    : "goto " + jump(nexts, label, "next"));
            case Stmt.Return() -> line("return;");
            case Stmt.Barrier(var space) ->
                    line(
                            "barrier(CLK_%s_MEM_FENCE);"
                                    .formatted(space == Space.GLOBAL ? "GLOBAL" : "LOCAL"));
            case Stmt.Check(var condition, _, var value, _) -> {
                checks++;
                open("if (!" + expressions.of(condition).at(Piece.PRIMARY) + ")");
                line(
                        "%s(%s, %d, %s);"
                                .formatted(
                                        prelude.trap(),
                                        OpenClC.STATUS,
                                        checks,
                                        expressions.of(value)));
                if (failure == Failure.ENDS_ITEM) {
                    line("return;");
                }
                close();
            }
        }
    }

    private void sequence(Stmt.Sequence sequence) {
        for (int i = 0; i < sequence.body().size(); i++) {
            boolean declares = placement.declares(sequence, i);
            switch (sequence.body().get(i)) {
                case Stmt.Assign assign when declares ->
                        assign(assign, OpenClTypes.register(assign.target().type()) + " ");
                case Stmt.Atomic atomic when declares ->
                        atomic(atomic, OpenClTypes.register(atomic.result().type()) + " ");
                case Stmt stmt -> statement(stmt);
            }
        }
    }

    private void assign(Stmt.Assign assign, String declaration) {
        line(
                declaration
                        + expressions.name(assign.target())
                        + " = "
                        + expressions.of(assign.value())
                        + ";");
    }

    private void atomic(Stmt.Atomic atomic, String declaration) {
        Type type = Type.of(atomic.array().element());
        String address = expressions.at(atomic.array(), atomic.index());
        String operation = atomic.op().name().toLowerCase(Locale.ROOT);
        boolean builtIn = !type.isFloat() && atomic.op() != BinaryOp.MUL;
        String function =
                switch (type.scalar()) {
                    case I32, I64, F32, F64 ->
                            builtIn
                                    ? (type.equals(Type.I32) ? "atomic_" : "atom_") + operation
                                    : prelude.atomic(
                                            atomic.op(),
                                            type,
                                            atomic.array().space(),
                                            expressions.combine(atomic.op(), type));
                    case BOOL, I8, I16, U16, F16, BF16 ->
                            throw new DeviceException(
                                    "OpenCL C has no atomic operations on "
                                            + type
                                            + " ("
                                            + atomic.site()
                                            + "); use an array of 32-bit elements.");
                };
        line(
                "%s%s = %s(%s, %s);"
                        .formatted(
                                declaration,
                                expressions.name(atomic.result()),
                                function,
                                address,
                                expressions.of(atomic.value())));
    }

    private void allocate(Stmt.Allocate allocate) {
        if (allocate.array().space() == Space.PRIVATE) {
            String z = names.unique("z");
            hints.before(Allocations.length(allocate)).forEach(this::line);
            open(
                    "for (int %s = 0; %s < %d; %s++)"
                            .formatted(z, z, Allocations.length(allocate), z));
            line("%s[%s] = 0;".formatted(expressions.name(allocate.array()), z));
            close();
        }
    }

    private void choice(Stmt.If choice) {
        boolean noYes = isEmpty(choice.yes());
        Piece condition = expressions.of(choice.condition());
        if (noYes && isEmpty(choice.no())) {
            return;
        }
        open("if (" + (noYes ? "!" + condition.at(Piece.PRIMARY) : condition) + ")");
        statement(noYes ? choice.no() : choice.yes());
        if (!noYes && !isEmpty(choice.no())) {
            depth--;
            line("} else {");
            depth++;
            statement(choice.no());
        }
        close();
    }

    private static boolean isEmpty(Stmt stmt) {
        return stmt instanceof Stmt.Sequence(var body)
                && body.stream().allMatch(OpenClStatements::isEmpty);
    }

    private void counted(Stmt.For loop) {
        String index = expressions.name(loop.index());
        String type = OpenClTypes.register(loop.index().type());
        String bound = bound(loop);
        hints.before(loop).forEach(this::line);
        long step = loop.step();
        String advance =
                step == 1
                        ? index + "++"
                        : step == -1
                                ? index + "--"
                                : step > 0 ? index + " += " + step : index + " -= " + -step;
        loop(
                "for (%s%s = %s; %s %s %s; %s)"
                        .formatted(
                                placement.declaresIndex(loop) ? type + " " : "",
                                index,
                                expressions.of(loop.start()),
                                index,
                                step > 0 ? "<" : ">",
                                bound,
                                advance),
                loop.label(),
                loop.body());
    }

    /** The bound as it was before the loop. */
    private String bound(Stmt.For loop) {
        Expr bound = loop.bound();
        Piece text = expressions.of(bound);
        if (bound instanceof Const
                || bound instanceof Var v && v != loop.index() && !assigns(loop.body(), v)) {
            return text.at(Piece.SHIFT);
        }
        String name = names.unique(loop.index().name() + "_bound");
        line("const %s %s = %s;".formatted(OpenClTypes.register(bound.type()), name, text));
        return name;
    }

    private static boolean assigns(Stmt body, Var variable) {
        List<Stmt> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                boolean assigns =
                        switch (stmt) {
                            case Stmt.Assign(var target, _) -> target == variable;
                            case Stmt.Atomic atomic -> atomic.result() == variable;
                            case Stmt.For loop -> loop.index() == variable;
                            default -> false;
                        };
                if (assigns) {
                    found.add(stmt);
                }
            }
        }.walk(body);
        return !found.isEmpty();
    }

    /**
     * A loop over a dimension of the launch, which covers it where the number of trips is known.
     */
    private void grid(Stmt.For loop) {
        int axis = loop.run().axis();
        String type = OpenClTypes.register(loop.index().type());
        String declaration = placement.declaresIndex(loop) ? "const " + type + " " : "";
        String index = expressions.name(loop.index());
        if (loop.start() instanceof Const(_, var start)
                && loop.bound() instanceof Const(_, var bound)) {
            open(
                    "if (get_global_id(%d) < %d)"
                            .formatted(axis, Stmt.For.trips(start, bound, loop.step())));
            line(declaration + index + " = " + place(type, axis, start, loop.step()) + ";");
            body(loop);
            return;
        }
        String bound = bound(loop);
        String at = names.unique(loop.index().name() + "_at");
        String step = loop.step() == 1 ? "" : " * " + Piece.primary(Long.toString(loop.step()));
        open(
                ("for (long %s = %s + (long)get_global_id(%d)%s; %s %s %s;"
                                + " %s += (long)get_global_size(%d)%s)")
                        .formatted(
                                at,
                                expressions.of(loop.start()).at(Piece.ADDITIVE),
                                axis,
                                step,
                                at,
                                loop.step() > 0 ? "<" : ">",
                                bound,
                                at,
                                axis,
                                step));
        line(declaration + index + " = (" + type + ")" + at + ";");
        loops.push(loop.label());
        body(loop);
        loops.pop();
    }

    private void body(Stmt.For loop) {
        statement(loop.body());
        place(nexts, loop.label());
        close();
    }

    private static String place(String type, int axis, long start, long step) {
        String id = "(%s)get_global_id(%d)".formatted(type, axis);
        String scaled = step == 1 ? id : step + " * " + id;
        return start == 0 ? scaled : start + " + " + scaled;
    }

    private void loop(String head, Label label, Stmt body) {
        open(head);
        loops.push(label);
        statement(body);
        loops.pop();
        place(nexts, label);
        close();
        place(ends, label);
    }

    private String jump(Map<Label, String> targets, Label label, String suffix) {
        return targets.computeIfAbsent(label, l -> names.unique(l.name() + "_" + suffix)) + ";";
    }

    /** Marks the place that a goto leads to, if there is one. */
    private void place(Map<Label, String> targets, Label label) {
        String name = targets.remove(label);
        if (name != null) {
            line(name + ": ;");
        }
    }

    private void open(String head) {
        line(head + " {");
        depth++;
    }

    private void close() {
        depth--;
        line("}");
    }

    private void line(String text) {
        out.append(text.startsWith("#") ? "" : INDENT.repeat(depth)).append(text).append('\n');
    }
}
