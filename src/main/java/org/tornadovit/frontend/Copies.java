package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Copies objects field by field, for variables that refer to more than one of them. */
final class Copies {
    /** The largest array that is copied element by element. */
    private static final int ELEMENTS = 64;

    private final Session session;
    private final Site site;

    Copies(Session session, Site site) {
        this.session = session;
        this.site = site;
    }

    /** {@return whether {@code value} is an object that a kernel treats as a value} */
    static boolean isCopyable(Value value) {
        return value instanceof Value.OfInstance
                || value instanceof Value.OfObject(_, var object) && isVector(object.getClass());
    }

    /** {@return whether the objects of a class are vectors of the API} */
    static boolean isVector(Class<?> type) {
        return Stream.of(type.getAnnotations())
                .map(a -> a.annotationType().descriptorString())
                .anyMatch(ApiTypes.VECTOR::equals);
    }

    /**
     * {@return a new object with the fields of {@code model}}
     *
     * @param out takes the statements that create its arrays
     */
    Instance like(Value model, String name, List<Stmt> out) {
        Instance made = session.create(type(model));
        fields(model).forEach((field, value) -> session.put(made, field, like(name, value, out)));
        return made;
    }

    private Value like(String name, Value value, List<Stmt> out) {
        return switch (value) {
            case Value.Number(var tree) -> new Value.Number(new Var(name, tree.type()));
            case Value.OfArray(var array) when isOwned(array) -> {
                Array copy = new Array(name, array.element(), Space.PRIVATE);
                int length = length(array);
                session.length(copy, Const.i32(length));
                out.add(new Stmt.Allocate(copy, Const.i32(length), site));
                yield new Value.OfArray(copy);
            }
            case Value.OfInstance _ -> new Value.OfInstance(like(value, name, out));
            case Value.OfArray _,
                    Value.OfRows _,
                    Value.OfRagged _,
                    Value.OfRow _,
                    Value.OfHalves _,
                    Value.OfObjects _,
                    Value.OfSegment _,
                    Value.OfElement _,
                    Value.Compared _,
                    Value.Context _,
                    Value.OfObject _,
                    Value.Null _,
                    Value.Raw _ ->
                    value;
        };
    }

    /** {@return the statements that give {@code to} the fields of {@code from}} */
    List<Stmt> copy(Instance to, Value from) {
        List<Stmt> out = new ArrayList<>();
        Map<Field, Value> values = fields(from);
        if (type(from) != to.type() || !values.keySet().equals(to.fields().keySet())) {
            throw refused("objects of different classes or with different fields");
        }
        to.fields()
                .forEach((field, target) ->
                        copy(target, Objects.requireNonNull(values.get(field)), out));
        return out;
    }

    private void copy(Value to, Value from, List<Stmt> out) {
        if (to instanceof Value.Number(Var target) && from instanceof Value.Number(var tree)) {
            out.add(new Stmt.Assign(target, tree));
        } else if (to instanceof Value.OfArray(var target)
                && target.space() == Space.PRIVATE
                && from instanceof Value.OfArray(var source)) {
            if (length(target) != length(source)) {
                throw refused("objects with arrays of different lengths");
            }
            for (int i = 0; i < length(target); i++) {
                Type type = Type.of(source.element());
                Expr element = new Expr.Load(source, Const.i32(i), type, site);
                out.add(new Stmt.Store(target, Const.i32(i), element, site));
            }
        } else if (to instanceof Value.OfInstance(var target) && from instanceof Value.OfInstance) {
            out.addAll(copy(target, from));
        } else if (!Value.same(to, from)) {
            throw refused("objects that refer to different arrays or objects");
        }
    }

    private static Class<?> type(Value object) {
        return switch (object) {
            case Value.OfInstance(var instance) -> instance.type();
            case Value.OfObject(_, var value) -> value.getClass();
            default -> throw new IllegalArgumentException(object + " is no object");
        };
    }

    private Map<Field, Value> fields(Value object) {
        if (!(object instanceof Value.OfObject outer)) {
            return ((Value.OfInstance) object).instance().fields();
        }
        Map<Field, Value> values = new LinkedHashMap<>();
        for (Field field : type(object).getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                values.put(field, session.field(outer, field));
            }
        }
        return values;
    }

    private boolean isOwned(Array array) {
        return array.space() == Space.PRIVATE || session.givenLength(array).isPresent();
    }

    private int length(Array array) {
        Optional<Integer> length = session.givenLength(array).or(() -> session.length(array));
        return length.filter(n -> n <= ELEMENTS)
                .orElseThrow(() -> refused("objects with large arrays, or of unknown length"));
    }

    private UnsupportedKernelException refused(String what) {
        return new UnsupportedKernelException(
                site, "a variable that refers to " + what, "use one variable for each");
    }
}
