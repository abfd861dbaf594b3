package org.tornadovit.frontend;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;

/** Reads of fields: constants, places in the launch, and what becomes a parameter. */
final class Fields {
    private static final String AXES = "xyz";

    private final Frame frame;

    Fields(Frame frame) {
        this.frame = frame;
    }

    void execute(FieldInstruction instruction, Site site) {
        String name = instruction.name().stringValue();
        String owner = instruction.owner().asInternalName();
        switch (instruction.opcode()) {
            case GETSTATIC -> frame.push(global(owner, name, site));
            case GETFIELD -> frame.push(member(frame.pop(), owner, name, site));
            default -> {
                Value value = frame.pop();
                if (instruction.opcode() == Opcode.PUTFIELD
                        && assign(frame.pop(), find(owner, name, site), value, site)) {
                    return;
                }
                throw new UnsupportedKernelException(
                        site,
                        "assigning the field " + owner.replace('/', '.') + "." + name,
                        "store results in an array");
            }
        }
    }

    /** {@return whether the field of {@code object} can be assigned} */
    private boolean assign(Value object, Field field, Value value, Site site) {
        switch (object) {
            case Value.OfInstance(var instance) ->
                    new Creation(frame, site).assign(instance, field, value);
            case Value.OfElement element -> new Elements(frame, site).assign(element, field, value);
            case Value.OfObject owner when frame.session().element(owner).isPresent() ->
                    assign(frame.session().element(owner).get(), field, value, site);
            case Value.OfObject owner when field.getType().isPrimitive() -> {
                Expr number = frame.number(value, site);
                frame.session()
                        .cell(owner, field)
                        .ifPresent(cell -> {
                            Expr narrow = Trees.narrow(cell.element(), number);
                            frame.emitter()
                                    .effect(new Stmt.Store(cell, Const.i32(0), narrow, site));
                        });
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Value global(String owner, String name, Site site) {
        if (name.equals("$assertionsDisabled")) {
            return new Value.Number(Const.i32(1));
        }
        Field field = find(owner, name, site);
        boolean fixed = Modifier.isFinal(field.getModifiers());
        if (fixed && field.getType().isPrimitive()) {
            return read(
                    () -> new Value.Number(constant(Source.read(field, field.getDeclaringClass()))),
                    site);
        }
        Value value = read(() -> frame.session().field(field), site);
        if (!fixed && value instanceof Value.OfObject) {
            throw new UnsupportedKernelException(
                    site,
                    "the object in " + owner.replace('/', '.') + "." + name + ", which may change,",
                    "make the field final");
        }
        return value;
    }

    /** {@return the value of a primitive constant, as the byte code sees it} */
    private static Expr constant(Object value) {
        return switch (value) {
            case Boolean b -> Const.i32(b ? 1 : 0);
            case Character c -> Const.i32(c);
            case Long l -> Const.i64(l);
            case Float f -> Const.f32(f);
            case Double d -> Const.f64(d);
            case Number n -> Const.i32(n.intValue());
            default -> throw new IllegalArgumentException(value + " is no primitive");
        };
    }

    private Value member(Value object, String owner, String name, Site site) {
        return switch (object) {
            case Value.Context() -> new Value.Number(place(name, site));
            case Value.OfObject(_, Enum<?> constant)
                    when owner.equals("java/lang/Enum") && name.equals("ordinal") ->
                    new Value.Number(Const.i32(constant.ordinal()));
            case Value.OfObject instance -> {
                Field field = find(owner, name, site);
                yield read(() -> frame.session().field(instance, field), site);
            }
            case Value.OfElement element ->
                    new Elements(frame, site).member(element, find(owner, name, site));
            case Value.OfInstance(var instance) -> {
                Value value = instance.fields().get(find(owner, name, site));
                if (value == null) {
                    throw new IllegalStateException(site + ": no field " + name);
                }
                yield value;
            }
            case Value.Number _,
                    Value.Compared _,
                    Value.OfArray _,
                    Value.OfRows _,
                    Value.OfRagged _,
                    Value.OfRow _,
                    Value.OfHalves _,
                    Value.OfObjects _,
                    Value.OfSegment _,
                    Value.Null _,
                    Value.Raw _ ->
                    throw new UnsupportedKernelException(
                            site,
                            "reading the field " + owner.replace('/', '.') + "." + name,
                            "read fields only of objects that the task captures or takes");
        };
    }

    private static Value read(Supplier<Value> reader, Site site) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new UnsupportedKernelException(
                    site, "reading a field (" + e.getMessage() + ")", "pass the value instead");
        }
    }

    private Field find(String owner, String name, Site site) {
        try {
            Class<?> type = Members.type(owner, frame.code().method().getDeclaringClass());
            return Members.field(type, name)
                    .orElseThrow(() -> new IllegalArgumentException("it does not exist"));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedKernelException(
                    site,
                    "the field "
                            + owner.replace('/', '.')
                            + "."
                            + name
                            + " ("
                            + e.getMessage()
                            + ")",
                    "compile the kernel against the classes it runs with");
        }
    }

    /** {@return the value of a field of KernelContext, as in {@code globalIdx}} */
    private static Expr place(String field, Site site) {
        int axis = AXES.indexOf(Character.toLowerCase(field.charAt(field.length() - 1)));
        Expr.Query query =
                switch (field.substring(0, field.length() - 1)) {
                    case "globalId" -> Expr.Query.GLOBAL_ID;
                    case "localId" -> Expr.Query.LOCAL_ID;
                    case "groupId" -> Expr.Query.GROUP_ID;
                    case "globalGroupSize" -> Expr.Query.GLOBAL_SIZE;
                    case "localGroupSize" -> Expr.Query.LOCAL_SIZE;
                    default ->
                            throw new UnsupportedKernelException(
                                    site, "KernelContext." + field, "use globalIdx and the like");
                };
        return new Expr.WorkItem(query, axis);
    }
}
