package org.tornadovit.codegen.ptx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tornadovit.codegen.Allocations;
import org.tornadovit.codegen.Placement;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/** The statements of one kernel as instructions, labels and jumps. */
final class Statements {
    /** Launches of up to so many work-items along an axis are counted with ints. */
    private static final long COUNTABLE = 1L << 30;

    private final Body body;
    private final Values values;
    private final Memory memory;
    private final Variables variables;
    private final Expressions expressions;
    private final Placement placement;
    private final Atomics atomics;
    private final Trap trap;

    /** Where jumps lead that leave a label, or that start its next iteration. */
    private final Map<Label, String> ends = new HashMap<>();

    private final Map<Label, String> nexts = new HashMap<>();
    private final Set<String> reached = new HashSet<>();

    Statements(
            Body body,
            Values values,
            Memory memory,
            Variables variables,
            Expressions expressions,
            Placement placement,
            Trap trap) {
        this.body = body;
        this.values = values;
        this.memory = memory;
        this.variables = variables;
        this.expressions = expressions;
        this.placement = placement;
        this.atomics = new Atomics(body, values);
        this.trap = trap;
    }

    /** Writes a statement; nothing where it is never reached. */
    void write(Stmt stmt) {
        if (!body.isOpen()) {
            return;
        }
        expressions.forget();
        switch (stmt) {
            case Stmt.Sequence sequence -> {
                for (int i = 0; i < sequence.body().size(); i++) {
                    write(sequence, i);
                }
            }
            case Stmt.Assign(var target, var value) ->
                    variables.write(target, expressions.of(value));
            case Stmt.Atomic atomic -> variables.write(atomic.result(), atomic(atomic));
            case Stmt.Store(var array, var index, var value, _) ->
                    memory.store(array, expressions.address(array, index), expressions.of(value));
            case Stmt.Allocate allocate -> {
                if (allocate.array().space() == Space.PRIVATE) {
                    memory.clear(
                            allocate.array(),
                            KernelText.bytes(allocate.array(), Allocations.length(allocate)));
                }
            }
            case Stmt.Labeled(var label, var inner) -> {
                String end = body.label();
                ends.put(label, end);
                write(inner);
                if (reached.contains(end)) {
                    body.place(end);
                }
            }
            case Stmt.If choice -> choice(choice);
            case Stmt.For loop -> {
                switch (loop.run().kind()) {
                    case GRID -> grid(loop);
                    case SEQUENTIAL, PARALLEL, UNROLLED -> counted(loop);
                }
            }
            case Stmt.Loop(var label, var inner) -> endless(label, inner);
            case Stmt.Break(var label) -> jump(ends, label);
            case Stmt.Continue(var label) -> jump(nexts, label);
            case Stmt.Return() -> body.end();
            case Stmt.Barrier _ -> body.run("barrier.sync", "0");
            case Stmt.Check check -> check(check);
        }
    }

    /** A statement of a sequence, which may give a variable its only value. */
    private void write(Stmt.Sequence sequence, int position) {
        Stmt stmt = sequence.body().get(position);
        boolean first = placement.declares(sequence, position) && body.isOpen();
        switch (stmt) {
            case Stmt.Assign(var target, var value)
                    when first && variables.isAssignedOnce(target) -> {
                expressions.forget();
                variables.settle(target, expressions.of(value));
            }
            case Stmt.Atomic atomic when first && variables.isAssignedOnce(atomic.result()) -> {
                expressions.forget();
                variables.settle(atomic.result(), atomic(atomic));
            }
            default -> write(stmt);
        }
    }

    private Value atomic(Stmt.Atomic atomic) {
        Value operand = expressions.of(atomic.value());
        return atomics.write(atomic, expressions.address(atomic.array(), atomic.index()), operand);
    }

    private void choice(Stmt.If choice) {
        String condition = expressions.of(choice.condition()).scalar();
        boolean hasOther = !(choice.no() instanceof Stmt.Sequence(var steps) && steps.isEmpty());
        String other = body.label();
        body.branchUnless(condition, other);
        write(choice.yes());
        if (!hasOther) {
            body.place(other);
            return;
        }
        boolean goesOn = body.isOpen();
        String end = body.label();
        if (goesOn) {
            body.branch(end);
        }
        body.place(other);
        write(choice.no());
        if (goesOn) {
            body.place(end);
        }
    }

    private void counted(Stmt.For loop) {
        Type type = loop.index().type();
        Bank bank = Bank.of(type.scalar());
        Value start = expressions.of(loop.start());
        Value bound = variables.kept(expressions.of(loop.bound()));
        String at = body.emit(bank, "mov." + bank.type(), start.scalar());
        variables.changes(at);
        Value index = Value.of(type, at);
        String inside = body.label();
        String next = body.label();
        String end = body.label();
        BinaryOp goesOn = loop.step() > 0 ? BinaryOp.LT : BinaryOp.GT;
        body.branchUnless(values.compare(goesOn, index, bound).scalar(), end);
        body.place(inside);
        settle(loop, index);
        ends.put(loop.label(), end);
        nexts.put(loop.label(), next);
        write(loop.body());
        if (body.isOpen() || reached.contains(next)) {
            body.place(next);
            body.into(at, bank == Bank.BITS64 ? "add.s64" : "add.s32", at, step(loop));
            body.branchIf(values.compare(goesOn, index, bound).scalar(), inside);
        }
        body.place(end);
    }

    private static String step(Stmt.For loop) {
        return Long.toString(loop.step());
    }

    /** The index of a loop is the value itself, unless somebody else looks at it too. */
    private void settle(Stmt.For loop, Value index) {
        if (placement.declaresIndex(loop)) {
            variables.bind(loop.index(), index);
        } else {
            variables.write(loop.index(), index);
        }
    }

    /**
     * A loop over a dimension of the launch, which covers it where the number of trips is known.
     */
    private void grid(Stmt.For loop) {
        Type type = loop.index().type();
        int axis = loop.run().axis();
        long step = loop.step();
        Value id = Value.of(Type.I32, expressions.place(Expr.Query.GLOBAL_ID, axis));
        if (loop.start() instanceof Const(_, var start)
                && loop.bound() instanceof Const(_, var bound)
                && Stmt.For.trips(start, bound, step) <= COUNTABLE) {
            String end = body.label();
            String trips = Long.toString(Stmt.For.trips(start, bound, step));
            body.branchIf(body.p("setp.ge.u32", id.scalar(), trips), end);
            Value index = values.conversions().cast(type, id);
            iteration(loop, shifted(scaled(index, step), start), end);
            body.place(end);
            return;
        }
        Value start = values.conversions().cast(Type.I64, expressions.of(loop.start()));
        Value bound =
                variables.kept(values.conversions().cast(Type.I64, expressions.of(loop.bound())));
        Value first = scaled(unsigned(id.scalar()), step);
        String at = body.rd("add.s64", start.scalar(), first.scalar());
        variables.changes(at);
        String sizes = expressions.place(Expr.Query.GLOBAL_SIZE, axis);
        String items = scaled(unsigned(sizes), step).scalar();
        String head = body.label();
        String next = body.label();
        String end = body.label();
        body.place(head);
        Value place = Value.of(Type.I64, at);
        BinaryOp over = step > 0 ? BinaryOp.GE : BinaryOp.LE;
        body.branchIf(values.compare(over, place, bound).scalar(), end);
        iteration(loop, values.conversions().cast(type, place), next);
        body.place(next);
        body.into(at, "add.s64", at, items);
        body.branch(head);
        body.place(end);
    }

    private Value unsigned(String size) {
        return Value.of(Type.I64, body.rd("cvt.u64.u32", size));
    }

    private Value scaled(Value id, long step) {
        return step == 1
                ? id
                : values.binary(
                        BinaryOp.MUL, id, values.constant(id.type(), step), Values.Known.PLAIN);
    }

    private Value shifted(Value index, long start) {
        return start == 0
                ? index
                : values.binary(
                        BinaryOp.ADD,
                        index,
                        values.constant(index.type(), start),
                        Values.Known.PLAIN);
    }

    /** One iteration, at whose end {@code next} follows. */
    private void iteration(Stmt.For loop, Value index, String next) {
        settle(loop, index);
        nexts.put(loop.label(), next);
        write(loop.body());
    }

    private void endless(Label label, Stmt inner) {
        String head = body.label();
        String end = body.label();
        ends.put(label, end);
        nexts.put(label, head);
        body.place(head);
        write(inner);
        if (body.isOpen()) {
            body.branch(head);
        }
        if (reached.contains(end)) {
            body.place(end);
        }
    }

    private void jump(Map<Label, String> targets, Label label) {
        String target = targets.get(label);
        if (target == null) {
            throw new IllegalArgumentException("a jump to '" + label + "' leads nowhere");
        }
        reached.add(target);
        body.branch(target);
    }

    private void check(Stmt.Check check) {
        String passed = body.label();
        body.branchIf(expressions.of(check.condition()).scalar(), passed);
        expressions.forget();
        trap.call(expressions.of(check.value()).scalar());
        body.place(passed);
    }
}
