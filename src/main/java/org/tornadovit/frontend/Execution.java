package org.tornadovit.frontend;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/** Runs the instructions of a basic block on expression trees instead of values. */
final class Execution {
    /** What compilers make of the missing default: {@code throw new MatchException(null, null)}. */
    private static final List<Opcode> UNMATCHED =
            List.of(
                    Opcode.NEW,
                    Opcode.DUP,
                    Opcode.ACONST_NULL,
                    Opcode.ACONST_NULL,
                    Opcode.INVOKESPECIAL,
                    Opcode.ATHROW);

    private final Frame frame;
    private final ControlFlow flow;
    private final Block block;

    Execution(Frame frame, ControlFlow flow, Block block) {
        this.frame = frame;
        this.flow = flow;
        this.block = block;
    }

    /** {@return how the block ends; the frame's stack then holds what successors find there} */
    Exit run() {
        List<MethodCode.Step> steps = frame.code().steps();
        if (isUnmatched(block)) {
            return new Exit.Never();
        }
        for (int i = block.from(); i < block.to() - 1; i++) {
            execute(i, steps.get(i));
        }
        int last = block.to() - 1;
        MethodCode.Step step = steps.get(last);
        Site site = frame.code().site(step);
        return switch (step.instruction()) {
            case BranchInstruction b -> branch(b, site);
            case TableSwitchInstruction s -> choice(s.cases(), flow.at(s.defaultTarget()), site);
            case LookupSwitchInstruction s -> choice(s.cases(), flow.at(s.defaultTarget()), site);
            case ReturnInstruction _ -> new Exit.Return();
            case ThrowInstruction _ ->
                    throw new UnsupportedKernelException(
                            site, "a throw statement", "check before the launch, or store a code");
            default -> {
                execute(last, step);
                yield new Exit.Goto(block.successors().getFirst());
            }
        };
    }

    /** {@return whether a block is for constants that a switch over all of them does not know} */
    private boolean isUnmatched(Block target) {
        List<MethodCode.Step> steps = frame.code().steps();
        List<Opcode> opcodes =
                steps.subList(target.from(), target.to()).stream()
                        .map(step -> step.instruction().opcode())
                        .toList();
        return opcodes.equals(UNMATCHED)
                && steps.get(target.from()).instruction() instanceof NewObjectInstruction made
                && made.className().asInternalName().equals("java/lang/MatchException");
    }

    private Exit branch(BranchInstruction branch, Site site) {
        Block target = flow.at(branch.target());
        if (block.successors().size() == 1) {
            discardOperands(branch.opcode());
            return new Exit.Goto(block.successors().getFirst());
        }
        Block next = flow.after(block);
        Opcode opcode = branch.opcode();
        Expr condition =
                switch (opcode) {
                    case IFNULL, IFNONNULL -> {
                        Expr isNull = new References(frame, site).isNull(frame.pop());
                        yield opcode == Opcode.IFNULL ? isNull : Trees.not(isNull);
                    }
                    case IF_ACMPEQ, IF_ACMPNE -> {
                        Value y = frame.pop();
                        Value x = frame.pop();
                        Expr same = new References(frame, site).same(x, y);
                        yield opcode == Opcode.IF_ACMPEQ ? same : Trees.not(same);
                    }
                    default -> condition(opcode, site);
                };
        return new Exit.Branch(condition, target, next);
    }

    private void discardOperands(Opcode opcode) {
        if (opcode != Opcode.GOTO && opcode != Opcode.GOTO_W) {
            frame.pop();
            if (Conditions.isPair(opcode)
                    || opcode == Opcode.IF_ACMPEQ
                    || opcode == Opcode.IF_ACMPNE) {
                frame.pop();
            }
        }
    }

    private Expr condition(Opcode opcode, Site site) {
        BinaryOp op = Conditions.test(opcode);
        if (Conditions.isPair(opcode)) {
            Expr y = frame.popNumber(site);
            Expr x = frame.popNumber(site);
            return Trees.binary(op, x, y);
        }
        Value value = frame.pop();
        return value instanceof Value.Compared compared
                ? Conditions.againstZero(op, compared)
                : Conditions.againstZero(op, frame.number(value, site));
    }

    private Exit choice(List<SwitchCase> cases, Block otherwise, Site site) {
        Expr selector = frame.emitter().simple(frame.popNumber(site));
        Map<Block, List<Integer>> values = new LinkedHashMap<>();
        for (SwitchCase c : cases) {
            Block target = flow.at(c.target());
            if (target != otherwise) {
                values.computeIfAbsent(target, _ -> new ArrayList<>()).add(c.caseValue());
            }
        }
        List<Exit.Case> targets = new ArrayList<>();
        values.forEach((target, keys) -> targets.add(new Exit.Case(keys, target)));
        if (isUnmatched(otherwise) && targets.size() > 1) {
            Block last = targets.removeLast().target();
            return new Exit.Switch(selector, targets, last);
        }
        return targets.isEmpty()
                ? new Exit.Goto(otherwise)
                : new Exit.Switch(selector, targets, otherwise);
    }

    private void execute(int index, MethodCode.Step step) {
        Site site = frame.code().site(step);
        switch (step.instruction()) {
            case ConstantInstruction c -> frame.push(constant(c, site));
            case LoadInstruction _ -> frame.push(frame.load(frame.webs().at(index)));
            case StoreInstruction _ -> frame.store(frame.webs().at(index), frame.pop(), site);
            case IncrementInstruction i -> increment(index, i, site);
            case OperatorInstruction o -> new Operators(frame).execute(o.opcode(), site);
            case ConvertInstruction c -> frame.push(convert(c, frame.popNumber(site)));
            case ArrayLoadInstruction _ -> loadElement(site);
            case ArrayStoreInstruction _ -> storeElement(site);
            case StackInstruction s -> new StackMoves(frame).execute(s.opcode());
            case FieldInstruction f -> new Fields(frame).execute(f, site);
            case InvokeInstruction i -> new Invocation(frame, site, nameAt(index)).execute(i);
            case NewObjectInstruction n -> create(n.className().asInternalName(), site);
            case NewPrimitiveArrayInstruction a ->
                    allocate(scalar(a.typeKind()), nameAt(index), site);
            case NewReferenceArrayInstruction a -> {
                String component = a.componentType().asInternalName();
                if (!component.equals(ApiTypes.HALF)) {
                    throw arrayOfReferences(component, site);
                }
                allocate(Scalar.F16, nameAt(index), site);
            }
            case NewMultiArrayInstruction a -> rows(a, nameAt(index), site);
            case TypeCheckInstruction t -> {
                if (t.opcode() == Opcode.INSTANCEOF) {
                    throw new UnsupportedKernelException(
                            site, "instanceof", "decide before the launch");
                }
            }
            case NopInstruction _ -> {}
            case MonitorInstruction _ ->
                    throw new UnsupportedKernelException(
                            site, "synchronized", "use KernelContext.atomicAdd or barriers");
            case InvokeDynamicInstruction i ->
                    throw new UnsupportedKernelException(
                            site,
                            i.name().equalsString("makeConcatWithConstants")
                                    ? "a String"
                                    : "a lambda or method reference inside a kernel",
                            "write it out with primitives and static methods");
            case DiscontinuedInstruction _ ->
                    throw new UnsupportedKernelException(
                            site, "a subroutine (jsr)", "compile the class for Java 8 or later");
            case Instruction other ->
                    throw new IllegalStateException(site + ": unexpected " + other.opcode());
        }
    }

    private Value constant(ConstantInstruction instruction, Site site) {
        if (instruction.opcode() == Opcode.ACONST_NULL) {
            return new Value.Null();
        }
        return switch (instruction.constantValue()) {
            case Integer i -> new Value.Number(Const.i32(i));
            case Long l -> new Value.Number(Const.i64(l));
            case Float f -> new Value.Number(Const.f32(f));
            case Double d -> new Value.Number(Const.f64(d));
            case String _ ->
                    throw new UnsupportedKernelException(
                            site, "a String", "keep text and output outside of kernels");
            default ->
                    throw new UnsupportedKernelException(
                            site, "a class constant", "use arrays and primitives");
        };
    }

    private void increment(int index, IncrementInstruction instruction, Site site) {
        Webs.Web web = frame.webs().at(index);
        Expr before = frame.number(frame.load(web), site);
        Expr after = Trees.binary(BinaryOp.ADD, before, Const.i32(instruction.constant()));
        frame.store(web, new Value.Number(after), site);
    }

    private Expr convert(ConvertInstruction instruction, Expr x) {
        TypeKind to = instruction.toType();
        return Trees.promote(Trees.cast(scalar(to), x));
    }

    private static Scalar scalar(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> Scalar.BOOL;
            case BYTE -> Scalar.I8;
            case SHORT -> Scalar.I16;
            case CHAR -> Scalar.U16;
            case INT -> Scalar.I32;
            case LONG -> Scalar.I64;
            case FLOAT -> Scalar.F32;
            case DOUBLE -> Scalar.F64;
            case VOID, REFERENCE -> throw new IllegalArgumentException(kind + " is no number");
        };
    }

    private void loadElement(Site site) {
        Expr index = frame.popNumber(site);
        Value from = frame.pop();
        if (from instanceof Value.OfRows rows) {
            frame.push(rows.inside(start(rows, frame.emitter().simple(index), site)));
            return;
        }
        if (from instanceof Value.OfRagged rows) {
            frame.push(ragged(rows, frame.emitter().simple(index), site));
            return;
        }
        if (from instanceof Value.OfObjects objects) {
            frame.push(new Elements(frame, site).load(objects, index));
            return;
        }
        if (from instanceof Value.OfHalves(var halves)) {
            frame.push(new Halves(frame, site).load(halves, index));
            return;
        }
        Expr at = within(from, index, site);
        Array array = array(from, site);
        Expr load = new Expr.Load(array, at, Type.of(array.element()), site);
        frame.push(Trees.promote(load));
    }

    /** {@return where the array begins that is number {@code row} of {@code rows}} */
    private Expr start(Value.OfRows rows, Expr row, Site site) {
        Expr offset = Trees.binary(BinaryOp.MUL, row, Const.i32(rows.stride()));
        if (rows.isWhole()) {
            return offset; // an index too large would be out of the whole
        }
        check(frame, row, Const.i32(rows.sizes().getFirst()), site);
        return Trees.binary(BinaryOp.ADD, rows.start(), offset);
    }

    /** {@return the array that is number {@code row} of {@code rows}} */
    private Value ragged(Value.OfRagged rows, Expr row, Site site) {
        Array starts = rows.starts().getFirst();
        Expr number = row;
        if (!(rows.first() instanceof Const)) { // else the table has no entry for a wrong index
            check(frame, row, rows.size(), site);
            number = frame.emitter().hold(Trees.binary(BinaryOp.ADD, rows.first(), row));
        }
        Expr from = new Expr.Load(starts, number, Type.I32, site);
        Expr next = Trees.binary(BinaryOp.ADD, number, Const.i32(1));
        Expr end = new Expr.Load(starts, next, Type.I32, site);
        return rows.inside(from, Trees.binary(BinaryOp.SUB, end, from));
    }

    /** Emits a check that an array of {@code size} elements has one at {@code at}. */
    static void check(Frame frame, Expr at, Expr size, Site site) {
        Expr low = Trees.binary(BinaryOp.GE, at, Const.i32(0));
        Expr high = Trees.binary(BinaryOp.LT, at, size);
        Expr sound = Trees.binary(BinaryOp.AND, low, high);
        frame.emitter().effect(new Stmt.Check(sound, Stmt.Trap.INDEX, at, site));
    }

    /** {@return the place of an element; in a row, after a check that the row has it} */
    private Expr within(Value array, Expr index, Site site) {
        if (!(array instanceof Value.OfRow(_, var start, var columns))) {
            return index;
        }
        Expr at = frame.emitter().simple(index);
        check(frame, at, columns, site);
        return Trees.binary(BinaryOp.ADD, start, at);
    }

    /** A new array of arrays is one private array. */
    private void rows(NewMultiArrayInstruction instruction, Optional<String> name, Site site) {
        String type = instruction.arrayType().asInternalName();
        Optional<Scalar> element = ApiTypes.primitive(type.replace("[", ""));
        if (element.isEmpty() || type.lastIndexOf('[') + 1 != instruction.dimensions()) {
            throw arrayOfReferences(type, site);
        }
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < instruction.dimensions(); i++) {
            if (!(frame.popNumber(site) instanceof Const c)) {
                throw new UnsupportedKernelException(
                        site,
                        "an array of arrays of unknown size",
                        "use constants, or one flat array");
            }
            sizes.addFirst((int) c.bits());
        }
        int size = sizes.stream().reduce(1, Math::multiplyExact);
        Array array =
                new Creation(frame, site)
                        .array(element.get(), Const.i32(size), name.orElse("array"));
        frame.push(new Value.OfRows(array, Const.i32(0), sizes));
    }

    private void storeElement(Site site) {
        Value element = frame.pop();
        Expr index = frame.popNumber(site);
        Value to = frame.pop();
        if (to instanceof Value.OfObjects objects) {
            new Elements(frame, site).store(objects, index, element);
            return;
        }
        if (to instanceof Value.OfHalves(var halves)) {
            new Halves(frame, site).store(halves, index, element);
            return;
        }
        Expr value = frame.number(element, site);
        Array array = array(to, site);
        Expr held = to instanceof Value.OfRow ? frame.emitter().simple(value) : value;
        Expr at = within(to, index, site);
        Expr narrow = Trees.narrow(array.element(), held);
        frame.emitter().effect(new Stmt.Store(array, at, narrow, site));
    }

    private static Array array(Value value, Site site) {
        if (value instanceof Value.OfArray(var array)) {
            return array;
        }
        if (value instanceof Value.OfRow(var array, _, _)) {
            return array;
        }
        if (value instanceof Value.OfRows || value instanceof Value.OfRagged) {
            throw new UnsupportedKernelException(
                    site, "assigning an array to an element", "copy its elements");
        }
        throw value instanceof Value.OfObject(_, var object) && object.getClass().isArray()
                ? arrayOfReferences(object.getClass().getComponentType().getName(), site)
                : new UnsupportedKernelException(
                        site, "an array that may be null", "pass it as an argument of the task");
    }

    private static UnsupportedKernelException arrayOfReferences(String component, Site site) {
        return new UnsupportedKernelException(
                site,
                "an array of arrays or objects (of " + component.replace('/', '.') + ")",
                "use one flat array and compute the index");
    }

    private void create(String type, Site site) {
        if (type.endsWith("Exception") || type.endsWith("Error")) {
            throw new UnsupportedKernelException(
                    site,
                    "throwing " + type.replace('/', '.'),
                    "check before the launch, or store a code in an array");
        }
        if (type.equals(ApiTypes.HALF) || ApiTypes.element(type).isPresent()) {
            frame.push(new Value.Raw(type));
            return;
        }
        if (type.startsWith("java/") || type.startsWith("jdk/")) {
            throw new UnsupportedKernelException(
                    site,
                    "creating an object of " + type.replace('/', '.'),
                    "use arrays and primitives");
        }
        frame.push(new Value.OfInstance(new Creation(frame, site).of(type)));
    }

    private void allocate(Scalar element, Optional<String> name, Site site) {
        Array array =
                new Creation(frame, site)
                        .array(element, frame.popNumber(site), name.orElse("array"));
        frame.push(new Value.OfArray(array));
    }

    /** {@return the name of the variable that the result of a step goes to at once} */
    private Optional<String> nameAt(int index) {
        return index + 1 < frame.code().steps().size()
                        && frame.code().steps().get(index + 1).instruction()
                                instanceof StoreInstruction
                ? Optional.of(frame.name(frame.webs().at(index + 1)))
                : Optional.empty();
    }
}
