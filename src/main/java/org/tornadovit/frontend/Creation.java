package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Creates objects and arrays of the kernel's own. */
final class Creation {
    private final Frame frame;
    private final Site site;

    Creation(Frame frame, Site site) {
        this.frame = frame;
        this.site = site;
    }

    /** {@return an array full of zeros} */
    Array array(Scalar element, Expr length, String name) {
        Array array = new Array(name, element, Space.PRIVATE);
        frame.session().length(array, length);
        frame.emitter().plain(new Stmt.Allocate(array, length, site));
        return array;
    }

    /** {@return an object whose numbers are zero, before its constructor} */
    Instance of(String internalName) {
        Class<?> type;
        try {
            type = Members.type(internalName, frame.code().method().getDeclaringClass());
        } catch (IllegalArgumentException e) {
            throw new UnsupportedKernelException(
                    site,
                    "creating an object (" + e.getMessage() + ")",
                    "put it on the class path");
        }
        Instance instance = frame.session().create(type);
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    frame.session().put(instance, field, initial(field));
                }
            }
        }
        return instance;
    }

    private Value initial(Field field) {
        Optional<Scalar> primitive = ApiTypes.primitive(field.getType().descriptorString());
        if (primitive.isEmpty()) {
            return new Value.Null();
        }
        Expr zero = Trees.promote(Const.zero(Type.of(primitive.get())));
        Const start = zero instanceof Const c ? c : Const.i32(0);
        Var variable = new Var(field.getName(), start.type());
        frame.emitter().assign(variable, start);
        return new Value.Number(variable);
    }

    /** Assigns a field of an object. */
    void assign(Instance instance, Field field, Value value) {
        Session session = frame.session();
        Value before = instance.fields().get(field);
        instance.change(session.now());
        switch (value) {
            case Value.Number(var tree) -> assign(instance, field, before, tree);
            case Value.Compared _ -> assign(instance, field, before, frame.number(value, site));
            case Value.OfArray _,
                    Value.OfRows _,
                    Value.OfRagged _,
                    Value.OfRow _,
                    Value.OfHalves _,
                    Value.OfObjects _,
                    Value.OfSegment _,
                    Value.OfElement _,
                    Value.Context _,
                    Value.OfObject _,
                    Value.OfInstance _,
                    Value.Null _,
                    Value.Raw _ -> {
                Value kept = frame.kept(value, site);
                if (!(before instanceof Value.Null) && !(kept.equals(before))) {
                    throw new UnsupportedKernelException(
                            site,
                            "the field " + field.getName() + ", which refers to several objects,",
                            "assign it once, in the constructor");
                }
                session.put(instance, field, kept);
            }
        }
    }

    private void assign(Instance instance, Field field, @Nullable Value before, Expr value) {
        Expr narrow =
                ApiTypes.primitive(field.getType().descriptorString())
                        .map(type -> Trees.promote(Trees.narrow(type, value)))
                        .orElse(value);
        if (before instanceof Value.Number(Var variable)) {
            frame.emitter().assign(variable, narrow);
        } else {
            Var variable = new Var(field.getName(), narrow.type());
            frame.emitter().assign(variable, narrow);
            frame.session().put(instance, field, new Value.Number(variable));
        }
    }
}
