package org.tornadovit.frontend;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;

/** Calls: known methods by table, the others by translating their bodies in place. */
final class Invocation {
    private static final int DEPTH = 64;

    /** Classes of the JDK whose methods are plain arithmetic. */
    private static final Set<String> ARITHMETIC =
            Set.of(
                    "java/lang/Math",
                    "java/lang/StrictMath",
                    "java/lang/Boolean",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    /** Superclasses whose constructors do nothing. */
    private static final Set<String> ROOTS = Set.of("java/lang/Object", "java/lang/Record");

    private final Frame frame;
    private final Site site;
    private final Optional<String> resultName;

    Invocation(Frame frame, Site site, Optional<String> resultName) {
        this.frame = frame;
        this.site = site;
        this.resultName = resultName;
    }

    void execute(InvokeInstruction instruction) {
        String owner = instruction.owner().asInternalName();
        String name = instruction.name().stringValue();
        String descriptor = instruction.type().stringValue();
        List<Value> arguments = new ArrayList<>();
        int count = instruction.typeSymbol().parameterCount();
        boolean isStatic = instruction.opcode() == Opcode.INVOKESTATIC;
        for (int i = 0; i < (isStatic ? count : count + 1); i++) {
            arguments.addFirst(frame.pop());
        }
        if (!isStatic && arguments.getFirst() instanceof Value.Raw raw) {
            construct(raw, descriptor, arguments);
            return;
        }
        if (name.equals("<init>") && ROOTS.contains(owner)) {
            return;
        }
        if (!isStatic && arguments.getFirst() instanceof Value.OfElement element) {
            new Elements(frame, site).checkThere(element);
        }
        Optional<Intrinsic> known = Intrinsics.find(owner, name, descriptor);
        if (known.isPresent()) {
            known.get()
                    .apply(new Intrinsic.Call(frame, arguments, site, resultName))
                    .ifPresent(frame::push);
        } else {
            inline(instruction, owner, name, descriptor, arguments);
        }
    }

    /** A HalfFloat's or an array's constructor: the value takes the place of the object. */
    private void construct(Value.Raw raw, String descriptor, List<Value> arguments) {
        Expr argument = arguments.size() == 1 ? Const.i32(0) : frame.number(arguments.get(1), site);
        Optional<Scalar> element =
                raw.type().equals(ApiTypes.HALF) ? Optional.empty() : ApiTypes.element(raw.type());
        Value value;
        if (ApiTypes.ATOMICS.containsKey(raw.type())) {
            Array one =
                    new Creation(frame, site).array(element.orElseThrow(), Const.i32(1), "atomic");
            Expr start = Trees.cast(one.element(), argument);
            frame.emitter().effect(new Stmt.Store(one, Const.i32(0), start, site));
            value = new Value.OfArray(one);
        } else if (element.isEmpty()) {
            Expr half = HalfIntrinsics.of(descriptor, argument, site);
            long copies = frame.stack().stream().filter(v -> v == raw).count();
            value = new Value.Number(copies > 1 ? frame.emitter().simple(half) : half);
        } else if (descriptor.equals("(I)V")) {
            value =
                    new Value.OfArray(
                            new Creation(frame, site).array(element.get(), argument, "array"));
        } else {
            throw refused(raw.type().replace('/', '.') + ".<init>" + descriptor);
        }
        frame.stack().replaceAll(v -> v == raw ? value : v);
    }

    private void inline(
            InvokeInstruction instruction,
            String owner,
            String name,
            String descriptor,
            List<Value> arguments) {
        String text = owner.replace('/', '.') + "." + name;
        boolean isStatic = instruction.opcode() == Opcode.INVOKESTATIC;
        boolean jdk = owner.startsWith("java/") || owner.startsWith("jdk/");
        if (jdk && !(isStatic && ARITHMETIC.contains(owner))
                || !isStatic && !isObject(arguments.getFirst())) {
            throw refused(text + descriptor);
        }
        Executable method =
                target(instruction, arguments, name, descriptor)
                        .orElseThrow(() -> refused(text + descriptor));
        if (Modifier.isNative(method.getModifiers())
                || Modifier.isAbstract(method.getModifiers())) {
            throw refused(text + descriptor);
        }
        if (frame.callers().contains(method)) {
            throw new UnsupportedKernelException(
                    site, "recursion (" + MethodCode.name(method) + ")", "write it as a loop");
        }
        if (frame.callers().size() > DEPTH) {
            throw new UnsupportedKernelException(
                    site, "a chain of more than " + DEPTH + " calls", "flatten the calls");
        }
        List<Executable> callers = new ArrayList<>(frame.callers());
        callers.add(method);
        try {
            new MethodTranslator(frame.session(), method, callers)
                    .inline(arguments, frame.emitter())
                    .ifPresent(frame::push);
        } catch (UnsupportedKernelException e) {
            throw jdk || owner.startsWith(ApiTypes.ROOT) ? refused(text + descriptor) : e;
        }
    }

    private static boolean isObject(Value value) {
        return value instanceof Value.OfObject
                || value instanceof Value.OfInstance
                || value instanceof Value.OfElement
                || value instanceof Value.OfArray
                || value instanceof Value.Context;
    }

    private UnsupportedKernelException refused(String method) {
        return new UnsupportedKernelException(
                site,
                "calling " + method,
                "call static methods of your own, TornadoMath or java.lang.Math");
    }

    /** {@return the method that runs: a private one of the owner, or that of the object's class} */
    private Optional<? extends Executable> target(
            InvokeInstruction instruction, List<Value> arguments, String name, String descriptor) {
        Class<?> from = frame.code().method().getDeclaringClass();
        Class<?> owner;
        try {
            owner = Members.type(instruction.owner().asInternalName(), from);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedKernelException(
                    site, "a call (" + e.getMessage() + ")", "put it on the class path");
        }
        if (name.equals("<init>")) {
            return Members.constructor(owner, descriptor);
        }
        Optional<Method> declared = Members.method(owner, name, descriptor);
        boolean overridable =
                (instruction.opcode() == Opcode.INVOKEVIRTUAL
                                || instruction.opcode() == Opcode.INVOKEINTERFACE)
                        && declared.stream().noneMatch(m -> Modifier.isPrivate(m.getModifiers()));
        if (!overridable) {
            return declared;
        }
        return switch (arguments.getFirst()) {
            case Value.OfObject(_, var object) ->
                    Members.method(object.getClass(), name, descriptor);
            case Value.OfElement element -> Members.method(element.type(), name, descriptor);
            case Value.OfInstance(var instance) ->
                    Members.method(instance.type(), name, descriptor);
            default -> declared;
        };
    }
}
