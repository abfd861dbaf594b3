package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** What the translation of one kernel gathers: its parameters and its parallel loop variables. */
final class Session {
    private final List<Param> params = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<Source, Value> fields = new HashMap<>();
    private final Map<Var, Site> parallel = new LinkedHashMap<>();
    private final Set<Var> temporaries = new HashSet<>();

    List<Param> params() {
        return params;
    }

    List<Source> sources() {
        return sources;
    }

    /** {@return the variables marked parallel, with the place of their loops} */
    Map<Var, Site> parallel() {
        return parallel;
    }

    /** {@return the variables that the source does not have} */
    Set<Var> temporaries() {
        return temporaries;
    }

    /** {@return the value of a new parameter; objects get none, only their fields do} */
    Value parameter(String name, Source source, Binding binding) {
        return switch (binding) {
            case Binding.OfArray(var element) -> {
                Array array = new Array(name, element, Space.GLOBAL);
                add(new Param.OfArray(array), source);
                yield new Value.OfArray(array);
            }
            case Binding.OfScalar(var type) -> {
                Var variable = new Var(name, Type.of(type));
                add(new Param.OfScalar(variable), source);
                yield new Value.Number(Trees.promote(variable));
            }
            case Binding.OfContext() -> {
                add(new Param.OfContext(name), source);
                yield new Value.Context();
            }
            case Binding.OfObject(var object) -> new Value.OfObject(source, object);
        };
    }

    private void add(Param param, Source source) {
        params.add(param);
        sources.add(source);
    }

    /** {@return the value of a field of {@code owner}, read at launch} */
    Value field(Value.OfObject owner, Field field) {
        return field(new Source.OfField(owner.source(), field), field, owner.object());
    }

    /** {@return the value of a static field, read at launch} */
    Value field(Field field) {
        return field(new Source.OfStatic(field), field, field.getDeclaringClass());
    }

    private Value field(Source source, Field field, Object owner) {
        Value known = fields.get(source);
        if (known == null) {
            Optional<Scalar> primitive = ApiTypes.primitive(field.getType().descriptorString());
            Binding binding =
                    primitive
                            .<Binding>map(Binding.OfScalar::new)
                            .orElseGet(() -> Binding.of(Source.read(field, owner)));
            known = parameter(field.getName(), source, binding);
            fields.put(source, known);
        }
        return known;
    }
}
