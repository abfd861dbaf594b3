package org.tornadovit.codegen.spirv;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tornadovit.codegen.Allocations;
import org.tornadovit.codegen.Placement;
import org.tornadovit.codegen.Prepared.Failure;
import org.tornadovit.codegen.spirv.Values.Known;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** The body of one kernel as blocks. */
final class Statements {
    private final Body body;
    private final SpirvModule module;
    private final Values values;
    private final Memory memory;
    private final Variables variables;
    private final Expressions expressions;
    private final Placement placement;
    private final Atomics atomics;
    private final Trap trap;
    private final Failure failure;

    /** Where jumps lead that leave a label, or that start its next iteration. */
    private final Map<Label, Integer> ends = new HashMap<>();

    private final Map<Label, Integer> nexts = new HashMap<>();
    private final Set<Integer> reached = new HashSet<>();

    Statements(
            Body body,
            Values values,
            Memory memory,
            Variables variables,
            Expressions expressions,
            Placement placement,
            Trap trap,
            Failure failure) {
        this.body = body;
        this.module = body.module();
        this.values = values;
        this.memory = memory;
        this.variables = variables;
        this.expressions = expressions;
        this.placement = placement;
        this.atomics = new Atomics(body, values, memory);
        this.trap = trap;
        this.failure = failure;
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
                    memory.store(array, expressions.of(index), stored(value));
            case Stmt.Allocate allocate -> {
                if (allocate.array().space() == Space.PRIVATE) {
                    clear(allocate);
                }
            }
            case Stmt.Labeled(var label, var inner) -> {
                ends.put(label, module.id());
                write(inner);
                placeEnd(label);
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
            case Stmt.Return() -> body.end(Op.RETURN);
            case Stmt.Barrier(var space) -> barrier(space);
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
                Value result = expressions.of(value);
                variables.settle(target, result);
                if (!(value instanceof Const || value instanceof Var)) {
                    module.name(result.id(), target.name());
                }
            }
            case Stmt.Atomic atomic when first && variables.isAssignedOnce(atomic.result()) -> {
                expressions.forget();
                variables.settle(atomic.result(), atomic(atomic));
            }
            default -> write(stmt);
        }
    }

    /** A float that becomes a half is rounded by the store itself. */
    private Value stored(Expr value) {
        return value.type().scalar() == Scalar.F16
                        && value instanceof Expr.Cast(var type, var wide)
                        && wide.type().scalar() == Scalar.F32
                ? new Value(type, expressions.of(wide).id())
                : expressions.of(value);
    }

    private Value atomic(Stmt.Atomic atomic) {
        return atomics.write(
                atomic, expressions.of(atomic.index()), expressions.of(atomic.value()));
    }

    private void choice(Stmt.If choice) {
        Value condition = expressions.of(choice.condition());
        int yes = module.id();
        int no = module.id();
        int end = module.id();
        body.branch(condition.id(), yes, no);
        boolean goesOn = branch(yes, choice.yes(), end);
        goesOn |= branch(no, choice.no(), end);
        if (goesOn) {
            body.place(end);
        }
    }

    private boolean branch(int label, Stmt stmt, int end) {
        body.place(label);
        write(stmt);
        boolean goesOn = body.isOpen();
        if (goesOn) {
            body.branch(end);
        }
        return goesOn;
    }

    private void counted(Stmt.For loop) {
        Type type = loop.index().type();
        Value start = expressions.of(loop.start());
        Value bound = expressions.of(loop.bound());
        int hint = loop.run().kind() == Run.Kind.UNROLLED ? Operand.UNROLL : Operand.NONE;
        Cycle cycle = begin(type, start, bound, loop.step(), hint);
        module.name(cycle.index.id(), loop.index().name());
        settle(loop, cycle.index);
        ends.put(loop.label(), cycle.end);
        nexts.put(loop.label(), cycle.next);
        write(loop.body());
        close(cycle);
    }

    /** A loop that counts: its blocks, its index, and how it goes on. */
    private record Cycle(int head, int next, int end, Value index, int advanced, Value step) {}

    private Cycle begin(Type type, Value start, Value bound, long step, int hint) {
        int before = body.block();
        int head = module.id();
        int inside = module.id();
        int next = module.id();
        int end = module.id();
        int advanced = module.id();
        body.branch(head);
        body.place(head);
        Value index =
                new Value(
                        type,
                        body.emit(Op.PHI, module.type(type), start.id(), before, advanced, next));
        BinaryOp goesOn = step > 0 ? BinaryOp.LT : BinaryOp.GT;
        Value condition = values.compare(goesOn, index, bound);
        body.run(Op.LOOP_MERGE, end, next, hint);
        body.branch(condition.id(), inside, end);
        body.place(inside);
        return new Cycle(head, next, end, index, advanced, values.constant(type, step));
    }

    private void close(Cycle cycle) {
        if (body.isOpen()) {
            body.branch(cycle.next);
        }
        body.place(cycle.next);
        Type type = cycle.index.type();
        body.emitAs(cycle.advanced, Op.I_ADD, module.type(type), cycle.index.id(), cycle.step.id());
        values.plain(cycle.advanced);
        body.branch(cycle.head);
        body.place(cycle.end);
    }

    /** The index of a loop is the value itself, unless somebody else looks at it too. */
    private void settle(Stmt.For loop, Value index) {
        if (placement.declaresIndex(loop)) {
            variables.settle(loop.index(), index);
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
        int end = module.id();
        Value id = expressions.place(BuiltIn.GLOBAL_INVOCATION_ID, axis);
        if (loop.start() instanceof Const(_, var start)
                && loop.bound() instanceof Const(_, var bound)) {
            Value trips = values.constant(Type.I64, Stmt.For.trips(start, bound, step));
            int inside = module.id();
            Value condition = values.apply(Op.U_LESS_THAN, Type.BOOL, id, trips);
            body.branch(condition.id(), inside, end);
            body.place(inside);
            Value index = scaled(values.conversions().cast(type, id), step);
            iteration(
                    loop,
                    start == 0
                            ? index
                            : values.binary(
                                    BinaryOp.ADD, index, values.constant(type, start), Known.PLAIN),
                    end);
            body.place(end);
            return;
        }
        Value start = values.conversions().cast(Type.I64, expressions.of(loop.start()));
        Value bound = values.conversions().cast(Type.I64, expressions.of(loop.bound()));
        Value first = values.binary(BinaryOp.ADD, start, scaled(id, step), Known.PLAIN);
        Value items = scaled(expressions.place(BuiltIn.GLOBAL_SIZE, axis), step);
        int before = body.block();
        int head = module.id();
        int inside = module.id();
        int next = module.id();
        int advanced = module.id();
        body.branch(head);
        body.place(head);
        int at = body.emit(Op.PHI, module.type(Type.I64), first.id(), before, advanced, next);
        Value place = new Value(Type.I64, at);
        Value condition = values.compare(step > 0 ? BinaryOp.LT : BinaryOp.GT, place, bound);
        body.run(Op.LOOP_MERGE, end, next, Operand.NONE);
        body.branch(condition.id(), inside, end);
        body.place(inside);
        iteration(loop, values.conversions().cast(type, place), next);
        body.place(next);
        body.emitAs(advanced, Op.I_ADD, module.type(Type.I64), at, items.id());
        body.branch(head);
        body.place(end);
    }

    private Value scaled(Value id, long step) {
        return step == 1
                ? id
                : values.binary(BinaryOp.MUL, id, values.constant(id.type(), step), Known.PLAIN);
    }

    /** One iteration, at whose end {@code next} follows. */
    private void iteration(Stmt.For loop, Value index, int next) {
        module.name(index.id(), loop.index().name());
        settle(loop, index);
        nexts.put(loop.label(), next);
        write(loop.body());
        if (body.isOpen()) {
            body.branch(next);
        }
    }

    private void endless(Label label, Stmt inner) {
        int head = module.id();
        int inside = module.id();
        int next = module.id();
        int end = module.id();
        ends.put(label, end);
        nexts.put(label, next);
        body.branch(head);
        body.place(head);
        body.run(Op.LOOP_MERGE, end, next, Operand.NONE);
        body.branch(inside);
        body.place(inside);
        write(inner);
        if (body.isOpen()) {
            body.branch(next);
        }
        body.place(next);
        body.branch(head);
        body.place(end);
        if (!reached.contains(end)) {
            body.end(Op.UNREACHABLE);
        }
    }

    private void jump(Map<Label, Integer> targets, Label label) {
        Integer target = targets.get(label);
        if (target == null) {
            throw new IllegalArgumentException("a jump to '" + label + "' leads nowhere");
        }
        reached.add(target);
        body.branch(target);
    }

    /** The end of a block that jumps may have left. */
    private void placeEnd(Label label) {
        Integer end = ends.remove(label);
        if (end != null && reached.contains(end)) {
            if (body.isOpen()) {
                body.branch(end);
            }
            body.place(end);
        }
    }

    private void barrier(Space space) {
        int meaning =
                Operand.SEQUENTIALLY_CONSISTENT
                        | (space == Space.GLOBAL
                                ? Operand.CROSS_WORKGROUP_MEMORY
                                : Operand.WORKGROUP_MEMORY);
        int group = module.number(Operand.WORKGROUP_SCOPE);
        body.run(Op.CONTROL_BARRIER, group, group, module.number(meaning));
    }

    private void check(Stmt.Check check) {
        int failed = module.id();
        int end = module.id();
        Value condition = expressions.of(check.condition());
        body.branch(condition.id(), end, failed);
        body.place(failed);
        expressions.forget();
        trap.call(body, expressions.of(check.value()));
        switch (failure) {
            case ENDS_ITEM -> body.end(Op.RETURN);
            case GOES_ON -> body.branch(end);
        }
        body.place(end);
    }

    /** Fills a private array with zeros. */
    private void clear(Stmt.Allocate allocate) {
        Value length = values.constant(Type.I32, Allocations.length(allocate));
        Value zero = values.constant(Type.I32, 0);
        Cycle cycle = begin(Type.I32, zero, length, 1, Operand.NONE);
        memory.clear(allocate.array(), cycle.index);
        close(cycle);
    }
}
