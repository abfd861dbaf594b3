package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** Writes the statements of one method. */
final class MethodWriter {
    /** Nodes that unrolling a loop may make. */
    private static final int UNROLLED_NODES = 400;

    private final CodeBuilder code;
    private final KernelClass kernel;
    private final Values values;
    private final Map<Var, int[]> slots = new LinkedHashMap<>();
    private final Map<org.tornadovit.ir.Label, Label> breaks = new HashMap<>();
    private final Map<org.tornadovit.ir.Label, Label> nexts = new HashMap<>();

    MethodWriter(CodeBuilder code, KernelClass kernel) {
        this.code = code;
        this.kernel = kernel;
        this.values =
                new Values(
                        code,
                        kernel.registers(),
                        kernel.exactTypes(),
                        kernel.places(),
                        kernel.integers(),
                        slots);
    }

    Values values() {
        return values;
    }

    /** The variable is a parameter of the method. */
    void parameter(Var v, int slot) {
        slots.put(v, new int[] {slot});
    }

    /** Makes local variables for everything that {@code body} sets. */
    void declare(Stmt body) {
        for (Var v : Flow.of(body, kernel.places()).writes()) {
            if (!slots.containsKey(v)) {
                declare(v);
            }
        }
    }

    /** Makes a local variable; it starts at zero to please the verifier. */
    void declare(Var v) {
        int[] own = new int[kernel.registers().parts(v.type())];
        TypeKind kind = values.kind(v.type());
        slots.put(v, own);
        for (int i = 0; i < own.length; i++) {
            own[i] = code.allocateLocal(kind);
            zero(kind);
            code.storeLocal(kind, own[i]);
        }
    }

    /** Writes the method of a region. */
    void region(Region region) {
        int slot = 0;
        for (Var v : region.inputs()) {
            parameter(v, slot);
            slot += Outline.slots(v.type());
        }
        if (region.vectors()) {
            Label second = code.newLabel();
            code.iload(slot).loadConstant(Settling.FIRST_GATE).if_icmpne(second);
            nothing(region);
            Label wet = code.newLabel();
            code.labelBinding(second).iload(slot).ifeq(wet);
            nothing(region);
            code.labelBinding(wet);
        }
        declare(region.body());
        Label end = code.newLabel();
        region.next().ifPresent(label -> nexts.put(label, end));
        Set<Var> changing = Flow.of(region.body(), kernel.places()).writes();
        Addresses addresses = new Addresses(kernel.places(), kernel.integers(), changing);
        addresses.find(region.body(), s -> kernel.region(s).isPresent());
        values.begin(addresses);
        statement(region.body(), true);
        code.labelBinding(end);
        if (region.output().isEmpty()) {
            code.return_();
        } else {
            Var result = region.output().get();
            values.load(result, 0);
            code.return_(values.kind(result.type()));
        }
    }

    /** Returns from a dry call. */
    private void nothing(Region region) {
        if (region.output().isEmpty()) {
            code.return_();
        } else {
            TypeKind kind = values.kind(region.output().get().type());
            zero(kind);
            code.return_(kind);
        }
    }

    private void zero(TypeKind kind) {
        switch (kind) {
            case LONG -> code.lconst_0();
            case FLOAT -> code.fconst_0();
            case DOUBLE -> code.dconst_0();
            case REFERENCE -> code.aconst_null();
            default -> code.iconst_0();
        }
    }

    void statement(Stmt stmt) {
        statement(stmt, false);
    }

    /**
     * Writes a statement.
     *
     * @param inline whether it is the body of this method, not a call
     */
    private void statement(Stmt stmt, boolean inline) {
        Optional<Region> region = inline ? Optional.empty() : kernel.region(stmt);
        if (region.isPresent()) {
            call(region.get());
            return;
        }
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> assign(target, value);
            case Stmt.Store s -> store(s);
            case Stmt.Atomic a -> atomic(a);
            case Stmt.Allocate a -> allocate(a);
            case Stmt.Sequence(var body) -> body.forEach(this::statement);
            case Stmt.Labeled(var label, var body) -> {
                Label end = code.newLabel();
                breaks.put(label, end);
                statement(body);
                code.labelBinding(end);
            }
            case Stmt.If(var condition, var yes, var no) -> choice(condition, yes, no);
            case Stmt.For f -> counted(f);
            case Stmt.Loop(var label, var body) -> {
                Label head = code.newLabel();
                Label end = code.newLabel();
                breaks.put(label, end);
                nexts.put(label, head);
                code.labelBinding(head);
                exact(body);
                statement(body);
                code.goto_(head).labelBinding(end);
                exact(body);
            }
            case Stmt.Break(var label) -> code.goto_(target(breaks, label));
            case Stmt.Continue(var label) -> code.goto_(target(nexts, label));
            case Stmt.Return() -> code.return_();
            case Stmt.Barrier _ ->
                    throw new IllegalArgumentException(
                            "a barrier is left in kernel " + kernel.name());
            case Stmt.Check c -> check(c);
        }
    }

    private static Label target(
            Map<org.tornadovit.ir.Label, Label> targets, org.tornadovit.ir.Label label) {
        Label found = targets.get(label);
        if (found == null) {
            throw new IllegalArgumentException("a jump to " + label + " leaves its loop");
        }
        return found;
    }

    private void call(Region region) {
        if (region.vectors()) {
            Settling.call(code, kernel.type(), region);
        }
        for (Var v : region.inputs()) {
            values.load(v, 0);
        }
        if (region.vectors()) {
            code.iconst_0();
        }
        code.invokestatic(kernel.type(), region.name(), region.type());
        region.output().ifPresent(v -> values.store(v, 0));
    }

    private void assign(Var target, Expr value) {
        int parts = kernel.registers().parts(target.type());
        for (int i = 0; i < parts; i++) { // all of them before one changes
            values.push(value, i);
        }
        for (int i = parts - 1; i >= 0; i--) {
            values.store(target, i);
        }
    }

    private void store(Stmt.Store store) {
        Type type = store.value().type();
        if (!type.isVector()) {
            values.pushMemory();
            values.pushLayout(type.scalar());
            values.pushAddress(store.array(), store.index(), 0);
            values.push(unrounded(store.value()));
            values.set(type.scalar());
            return;
        }
        int parts = kernel.registers().parts(type);
        int lanes = kernel.registers().lanes(type);
        int address = code.allocateLocal(TypeKind.LONG);
        values.pushAddress(store.array(), store.index(), 0);
        code.lstore(address);
        for (int i = 0; i < parts; i++) { // all of them before memory changes
            values.push(unrounded(store.value()), i);
        }
        for (int i = parts - 1; i >= 0; i--) {
            long distance = (long) i * lanes * type.scalar().bytes();
            if (lanes > 1) {
                values.vectors().store(type, address, distance);
            } else {
                storeLane(type.scalar(), address, distance);
            }
        }
    }

    /** Storing a small float rounds it: a conversion just before would do the same twice. */
    private static Expr unrounded(Expr value) {
        return value instanceof Expr.Cast(var type, var x)
                        && Carrier.isSmallFloat(type.scalar())
                        && x.type().scalar() == Scalar.F32
                ? x
                : value;
    }

    /** The value lies on the stack, under what the call wants before it. */
    private void storeLane(Scalar scalar, int address, long distance) {
        TypeKind kind = Carrier.of(scalar).kind();
        int value = code.allocateLocal(kind);
        code.storeLocal(kind, value);
        values.pushMemory();
        values.pushLayout(scalar);
        code.lload(address).loadConstant(distance).ladd().loadLocal(kind, value);
        values.set(scalar);
    }

    private void atomic(Stmt.Atomic atomic) {
        Scalar element = atomic.array().element();
        ClassDesc carrier =
                switch (element) {
                    case I32, I64, F32, F64 -> Carrier.of(element).type();
                    case BOOL, I8, I16, U16, F16, BF16 ->
                            throw new IllegalArgumentException(
                                    "no atomic operations on " + element + " at " + atomic.site());
                };
        code.loadConstant(atomic.op().name());
        values.pushAddress(atomic.array(), atomic.index(), 0);
        values.push(atomic.value());
        code.invokestatic(
                Names.ATOMICS, "combine", Names.method(carrier, CD_String, CD_long, carrier));
        values.store(atomic.result(), 0);
    }

    private void allocate(Stmt.Allocate allocate) {
        if (allocate.array().space() == Space.PRIVATE) {
            long bytes = ((Const) allocate.length()).bits() * allocate.array().element().bytes();
            values.pushAddress(allocate.array(), Const.i32(0), 0);
            code.loadConstant(bytes);
            code.invokestatic(Names.MEMORY, "zero", Names.method(CD_void, CD_long, CD_long));
        }
    }

    private void choice(Expr condition, Stmt yes, Stmt no) {
        Label otherwise = code.newLabel();
        values.jump(condition, false, otherwise);
        statement(yes);
        if (no instanceof Stmt.Sequence(var body) && body.isEmpty()) {
            code.labelBinding(otherwise);
            return;
        }
        Label end = code.newLabel();
        code.goto_(end).labelBinding(otherwise);
        statement(no);
        code.labelBinding(end);
    }

    private void counted(Stmt.For f) {
        Label end = code.newLabel();
        breaks.put(f.label(), end);
        if (isWorthUnrolling(f)) {
            long bound = ((Const) f.bound()).bits();
            for (long i = ((Const) f.start()).bits();
                    f.step() > 0 ? i < bound : i > bound;
                    i += f.step()) {
                Label next = code.newLabel();
                nexts.put(f.label(), next);
                assign(f.index(), new Const(f.index().type(), i));
                statement(f.body());
                code.labelBinding(next);
            }
        } else {
            loop(f, end);
        }
        code.labelBinding(end);
        exact(f.body());
    }

    /** Tells the exact types of the vectors that come to or from a loop from two places. */
    private void exact(Stmt body) {
        Set<Var> changed = Flow.of(body, kernel.places()).writes();
        for (Var v : Flow.exposed(body, kernel.places())) {
            if (changed.contains(v)) {
                exact(v);
            }
        }
    }

    private void exact(Var v) {
        if (kernel.registers().isVector(v.type()) && v.type().scalar() != Scalar.BOOL) {
            for (int part = 0; part < kernel.registers().parts(v.type()); part++) {
                values.load(v, part);
                kernel.exactTypes().cast(code, v.type());
                values.store(v, part);
            }
        }
    }

    private void loop(Stmt.For f, Label end) {
        TypeKind kind = values.kind(f.index().type());
        values.push(f.start());
        if (Pairs.isWorthwhile(f)) { // two iterations a turn
            long bound = ((Const) f.bound()).bits();
            values.store(f.index(), 0);
            Label rest = code.newLabel();
            turns(f, kind, () -> code.loadConstant((int) (bound - f.step())), 2, rest);
            code.labelBinding(rest);
            turns(f, kind, () -> code.loadConstant((int) bound), 1, end);
        } else if (f.bound() instanceof Const) {
            values.store(f.index(), 0);
            turns(f, kind, () -> values.push(f.bound()), 1, end);
        } else {
            int bound = code.allocateLocal(kind);
            values.push(f.bound());
            code.storeLocal(kind, bound);
            values.store(f.index(), 0);
            turns(f, kind, () -> code.loadLocal(kind, bound), 1, end);
        }
    }

    /** Runs the body {@code copies} times a turn while the index is below the bound. */
    private void turns(Stmt.For f, TypeKind kind, Runnable pushBound, int copies, Label end) {
        Label head = code.newLabel();
        code.labelBinding(head);
        values.load(f.index(), 0);
        pushBound.run();
        ScalarOps.compareAndJump(
                code,
                f.step() > 0 ? BinaryOp.LT : BinaryOp.GT,
                f.index().type().scalar(),
                false,
                end);
        exact(f.body());
        for (int i = 0; i < copies; i++) {
            Label next = code.newLabel();
            nexts.put(f.label(), next);
            statement(f.body());
            code.labelBinding(next);
            step(f, kind);
        }
        code.goto_(head);
    }

    private void step(Stmt.For f, TypeKind kind) {
        if (kind == TypeKind.INT) {
            code.iinc(values.slot(f.index(), 0), (int) f.step());
        } else {
            values.load(f.index(), 0);
            code.loadConstant(f.step()).ladd();
            values.store(f.index(), 0);
        }
    }

    private static boolean isWorthUnrolling(Stmt.For f) {
        if (f.run().kind() != Run.Kind.UNROLLED
                || !(f.start() instanceof Const start)
                || !(f.bound() instanceof Const bound)) {
            return false;
        }
        int[] nodes = {1};
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                nodes[0]++;
            }

            @Override
            protected void visit(Stmt stmt) {
                nodes[0]++;
            }
        }.walk(f.body());
        return (bound.bits() - start.bits()) / f.step() * nodes[0] <= UNROLLED_NODES;
    }

    private void check(Stmt.Check check) {
        Label fine = code.newLabel();
        values.jump(check.condition(), true, fine);
        code.new_(Names.TRAP).dup().loadConstant(kernel.number(check));
        values.push(check.value());
        code.invokespecial(Names.TRAP, "<init>", Names.method(CD_void, CD_int, CD_int)).athrow();
        code.labelBinding(fine);
    }
}
