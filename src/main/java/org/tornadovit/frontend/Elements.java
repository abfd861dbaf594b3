package org.tornadovit.frontend;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * Arrays of objects: each field is an array of the kernel's, with the elements side by side. An
 * element stays a reference; storing an object copies its fields, as one that has a new name.
 */
final class Elements {
    private final Frame frame;
    private final Site site;

    Elements(Frame frame, Site site) {
        this.frame = frame;
        this.site = site;
    }

    /** {@return the class of the elements: that of the first object, or else the declared one} */
    static Class<?> type(Object[] objects) {
        return Stream.of(objects)
                .filter(Objects::nonNull)
                .<Class<?>>map(Object::getClass)
                .findFirst()
                .orElse(objects.getClass().componentType());
    }

    private static Optional<Scalar> boxed(Class<?> type) {
        return ApiTypes.boxed(ApiTypes.internalName(type));
    }

    /** {@return a reference to an element} */
    Value.OfElement load(Value.OfObjects array, Expr index) {
        return new Value.OfElement(array, List.of(), place(array, index));
    }

    private Expr place(Value.OfObjects array, Expr index) {
        Expr at = index instanceof Const ? index : frame.emitter().hold(index);
        Execution.check(frame, at, new Expr.Length(array.state()), site);
        return at;
    }

    private Expr state(Value.OfElement element) {
        return new Expr.Load(element.array().state(), element.index(), Type.of(Scalar.I8), site);
    }

    /** {@return whether an element is null} */
    Expr isNull(Value.OfElement element) {
        return Trees.binary(BinaryOp.EQ, Trees.promote(state(element)), Const.i32(0));
    }

    /** Emits a check that an element is not null. */
    void checkThere(Value.OfElement element) {
        frame.emitter()
                .effect(
                        new Stmt.Check(
                                Trees.not(isNull(element)), Stmt.Trap.NULL, element.index(), site));
    }

    /** {@return the number in an element that is a box} */
    Expr number(Value.OfElement element) {
        Scalar scalar =
                boxed(element.type())
                        .orElseThrow(() ->
                                new UnsupportedKernelException(
                                        site,
                                        "an object in place of a number",
                                        "use arrays and primitives"));
        checkThere(element);
        org.tornadovit.ir.Array numbers = boxes(element.array(), scalar);
        return Trees.promote(new Expr.Load(numbers, element.index(), Type.of(scalar), site));
    }

    private org.tornadovit.ir.Array boxes(Value.OfObjects array, Scalar scalar) {
        return frame.session()
                .part(
                        array,
                        new FieldArray.Shape(
                                FieldArray.Kind.BOX, array.type(), List.of(), scalar, 1));
    }

    private org.tornadovit.ir.Array part(
            Value.OfElement element, Field field, Scalar scalar, int width) {
        return frame.session()
                .part(
                        element.array(),
                        new FieldArray.Shape(
                                FieldArray.Kind.FIELD,
                                element.array().type(),
                                element.pathTo(field),
                                scalar,
                                width));
    }

    private static Optional<Scalar> primitive(Class<?> type) {
        return ApiTypes.primitive(type.descriptorString());
    }

    /** {@return a field of an element} */
    Value member(Value.OfElement element, Field field) {
        checkThere(element);
        return field(element, field);
    }

    /** {@return a field of an element that is not null} */
    Value field(Value.OfElement element, Field field) {
        Optional<Scalar> number = primitive(field.getType());
        if (number.isPresent()) {
            org.tornadovit.ir.Array part = part(element, field, number.get(), 1);
            Type type = Type.of(number.get());
            return new Value.Number(
                    Trees.promote(new Expr.Load(part, element.index(), type, site)));
        }
        Class<?> inside = field.getType().componentType();
        if (inside != null) {
            Scalar scalar = primitive(inside).orElseThrow(() -> unknown(field));
            int width = width(element, field);
            Expr columns = Const.i32(width);
            Expr start = Trees.binary(BinaryOp.MUL, element.index(), columns);
            return new Value.OfRow(part(element, field, scalar, width), start, columns);
        }
        return element.inside(field);
    }

    private UnsupportedKernelException unknown(Field field) {
        return new UnsupportedKernelException(
                site,
                "the field " + field.getName() + " of an element of an array of objects",
                "use fields of primitives, of their arrays, and of objects of such fields");
    }

    /** {@return the length of the array in a field, which is the same in all elements} */
    private int width(Value.OfElement element, Field field) {
        Object sample =
                Stream.of(element.array().objects())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .or(() -> Blank.constructor(element.array().type()).map(this::make))
                        .orElseThrow(() -> unknown(field));
        try {
            for (Field outer : element.path()) {
                sample = Source.read(outer, sample);
            }
            return Array.getLength(Source.read(field, sample));
        } catch (IllegalArgumentException e) {
            throw new UnsupportedKernelException(
                    site, "reading a field (" + e.getMessage() + ")", "create it before");
        }
    }

    private Object make(java.lang.reflect.Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedKernelException(
                    site, "an array of objects without any", "create its elements before");
        }
    }

    /** Assigns a field of an element. */
    void assign(Value.OfElement element, Field field, Value value) {
        Scalar scalar =
                primitive(field.getType())
                        .orElseThrow(() ->
                                new UnsupportedKernelException(
                                        site,
                                        "assigning an object to the field " + field.getName(),
                                        "assign its fields"));
        Expr number = frame.emitter().simple(frame.number(value, site));
        checkThere(element);
        put(part(element, field, scalar, 1), element.index(), number);
    }

    private void put(org.tornadovit.ir.Array part, Expr at, Expr value) {
        Expr narrow = Trees.narrow(part.element(), value);
        frame.emitter().effect(new Stmt.Store(part, at, narrow, site));
    }

    /** Makes an object, a box or null an element. */
    void store(Value.OfObjects array, Expr index, Value value) {
        Optional<Scalar> box = boxed(array.type());
        Optional<Expr> number =
                box.isPresent() && !(value instanceof Value.Null)
                        ? Optional.of(frame.emitter().simple(frame.number(value, site)))
                        : Optional.empty();
        Expr at = place(array, index);
        FieldArray.State state = FieldArray.State.NEW;
        if (number.isPresent()) {
            put(boxes(array, box.orElseThrow()), at, number.get());
        } else if (value instanceof Value.Null) {
            state = FieldArray.State.NULL;
        } else {
            checkStorable(array, value);
            Value.OfElement target = new Value.OfElement(array, List.of(), at);
            frame.session().copying(() -> copy(target, value));
        }
        put(array.state(), at, Const.i32(state.ordinal()));
    }

    private void checkStorable(Value.OfObjects array, Value value) {
        Class<?> type = array.type();
        Optional<Class<?>> found =
                switch (value) {
                    case Value.OfInstance(var instance) -> Optional.of(instance.type());
                    case Value.OfElement e -> Optional.of(e.type());
                    case Value.OfObject(_, var object) -> Optional.of(object.getClass());
                    default -> Optional.empty();
                };
        boolean anew = value instanceof Value.OfInstance;
        if (!found.equals(Optional.of(type)) || !anew && !Copies.isVector(type)) {
            throw new UnsupportedKernelException(
                    site,
                    "storing something else than a new "
                            + type.getSimpleName()
                            + " in an array of them",
                    "create the object in the kernel, or assign the fields of the element");
        }
        if (!Blank.isPossible(type)) {
            throw new UnsupportedKernelException(
                    site,
                    "storing a new " + type.getSimpleName() + ", a record of more than numbers,",
                    "use a class, or a record of numbers");
        }
        if (value instanceof Value.OfInstance(var instance)) {
            frame.session().stored(instance, site);
        } else {
            frame.session().elementCopied(site);
        }
    }

    private void copy(Value.OfElement to, Value from) {
        for (Class<?> c = to.type(); c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    copy(to, field, part(from, field));
                }
            }
        }
    }

    private Value part(Value object, Field field) {
        return switch (object) {
            case Value.OfInstance(var instance) ->
                    Objects.requireNonNull(instance.fields().get(field));
            case Value.OfElement element -> member(element, field);
            case Value.OfObject owner -> frame.session().field(owner, field);
            default -> throw unknown(field);
        };
    }

    private void copy(Value.OfElement to, Field field, Value value) {
        Optional<Scalar> number = primitive(field.getType());
        if (number.isPresent()) {
            Expr held = frame.emitter().simple(frame.number(value, site));
            put(part(to, field, number.get(), 1), to.index(), held);
        } else if (field.getType().isArray()) {
            copyArray(to, field, value);
        } else if (value instanceof Value.OfInstance || value instanceof Value.OfElement) {
            copy(to.inside(field), value);
        } else {
            throw unknown(field);
        }
    }

    private void copyArray(Value.OfElement to, Field field, Value value) {
        Scalar scalar =
                primitive(field.getType().componentType()).orElseThrow(() -> unknown(field));
        org.tornadovit.ir.Array from;
        Expr start = Const.i32(0);
        int width;
        if (value instanceof Value.OfArray(var array)) {
            from = array;
            width =
                    frame.session()
                            .length(array)
                            .or(() -> frame.session().givenLength(array))
                            .orElseThrow(() -> unknown(field));
        } else if (value instanceof Value.OfRow(var array, var first, Const columns)) {
            from = array;
            start = frame.emitter().simple(first);
            width = (int) columns.bits();
        } else {
            throw unknown(field);
        }
        org.tornadovit.ir.Array target = part(to, field, scalar, width);
        Expr base = Trees.binary(BinaryOp.MUL, to.index(), Const.i32(width));
        for (int k = 0; k < width; k++) {
            Expr at = Trees.binary(BinaryOp.ADD, start, Const.i32(k));
            Expr element = new Expr.Load(from, at, Type.of(scalar), site);
            put(target, Trees.binary(BinaryOp.ADD, base, Const.i32(k)), element);
        }
    }
}
