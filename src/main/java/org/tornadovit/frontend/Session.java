package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** What the translation of one kernel gathers: its parameters, parallel loops and objects. */
final class Session {
    /** Work-items of a group, at most. */
    private static final int LARGEST_GROUP = 1024;

    private final List<Param> params = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final Map<Source, Value> fields = new HashMap<>();
    private final Map<Var, Site> parallel = new LinkedHashMap<>();
    private final Set<Var> temporaries = new HashSet<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Map<Instance, Site> instances = new LinkedHashMap<>();
    private final Map<Array, Instance> owners = new HashMap<>();
    private final Map<Array, Integer> lengths = new HashMap<>();
    private final Map<Array, Integer> given = new HashMap<>();
    private final List<Stmt> prologue = new ArrayList<>();
    private Optional<Array> shared = Optional.empty();
    private int time;
    private final Known known;
    private final Set<Source> assigned = new LinkedHashSet<>();
    private final Map<Source, Scalar> views = new HashMap<>();
    private final Map<Source, Array> parts = new HashMap<>();
    private final Map<Source, Array> cells = new LinkedHashMap<>();
    private final Map<Array, Class<?>> elementParts = new HashMap<>();
    private final Map<Object, Source> objects = new IdentityHashMap<>();
    private final Map<Source, Object> read = new LinkedHashMap<>();
    private final Set<Instance> everStored = new HashSet<>();
    private final Set<Instance> stored = new LinkedHashSet<>();
    private final Map<Source, Value.OfObjects> arrays = new LinkedHashMap<>();
    private final Map<List<Object>, Array> fragments = new HashMap<>();
    private boolean copying;
    private boolean elementChanged;
    private Optional<Site> elementCopied = Optional.empty();

    /**
     * What only the whole kernel shows. A translation that finds something else than it assumed is
     * made once more.
     *
     * @param assigned fields of objects that the kernel assigns
     * @param views types of the elements of memory segments; bytes where they differ
     * @param elements objects that are elements of arrays that the kernel is given too
     */
    record Known(
            Set<Source> assigned, Map<Source, Scalar> views, Map<Source, ElementPlace> elements) {
        /** Copies the collections. */
        Known {
            assigned = Set.copyOf(assigned);
            views = Map.copyOf(views);
            elements = Map.copyOf(elements);
        }
    }

    /** Where an array of objects, of that source, holds an object. */
    record ElementPlace(Source array, Object[] objects, int index) {}

    /** Starts a translation. */
    Session(Known known) {
        this.known = known;
    }

    /** {@return what this translation found} */
    Known found() {
        return new Known(assigned, views, elements());
    }

    /** {@return the objects that the kernel reads which are elements of arrays that it reads} */
    private Map<Source, ElementPlace> elements() {
        Map<Source, ElementPlace> elements = new HashMap<>();
        for (Value.OfObjects array : arrays.values()) {
            if (objects.values().stream().allMatch(elements::containsKey)) {
                break;
            }
            for (int i = 0; i < array.objects().length; i++) {
                Source source = objects.get(array.objects()[i]);
                if (source != null) {
                    elements.putIfAbsent(
                            source, new ElementPlace(array.source(), array.objects(), i));
                }
            }
        }
        return elements;
    }

    /** {@return an object as the element of an array that the kernel has too, if it is one} */
    Optional<Value.OfElement> element(Value.OfObject object) {
        ElementPlace place = known.elements().get(first(object));
        if (place == null) {
            return Optional.empty();
        }
        Value.OfObjects array = arrays.get(place.array());
        if (array == null) { // an array in a field that is read later only
            array = (Value.OfObjects) objects("elements", place.array(), place.objects());
            fields.put(place.array(), array);
        }
        return Optional.of(new Value.OfElement(array, List.of(), Const.i32(place.index())));
    }

    /** Notes an access to a memory segment, to a whole element or to some bytes. */
    void viewed(Value.OfSegment segment, Scalar element, boolean isWhole) {
        Scalar type = isWhole && segment.bytes() % element.bytes() == 0 ? element : Scalar.I8;
        views.merge(segment.source(), type, (a, b) -> a == b ? a : Scalar.I8);
    }

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

    /** {@return statements that the kernel starts with} */
    List<Stmt> prologue() {
        return prologue;
    }

    /** {@return objects in fields that may be assigned, which decide what the kernel is} */
    Map<Source, Object> read() {
        return read;
    }

    /** {@return local memory for a value of each work-item of a group} */
    Array shared() {
        if (shared.isEmpty()) {
            Array array = new Array("simd", Scalar.F32, Space.LOCAL);
            prologue.add(new Stmt.Allocate(array, Const.i32(LARGEST_GROUP), Site.NONE));
            shared = Optional.of(array);
        }
        return shared.get();
    }

    /**
     * {@return local memory for parts of matrices}
     *
     * @param matrix which matrix, 0 or 1
     * @param count numbers of each item
     */
    Array shared(Scalar element, int matrix, int count) {
        return fragments.computeIfAbsent(
                List.of(element, matrix, count),
                _ -> {
                    Array array = new Array("fragments", element, Space.LOCAL);
                    Expr length =
                            Trees.binary(BinaryOp.MUL, SimdIntrinsics.items(), Const.i32(count));
                    prologue.add(new Stmt.Allocate(array, length, Site.NONE));
                    return array;
                });
    }

    /** {@return the variables that the source does not have} */
    Set<Var> temporaries() {
        return temporaries;
    }

    /** {@return the methods being translated, the innermost first} */
    Deque<Frame> frames() {
        return frames;
    }

    /** {@return the point of the translation that comes next} */
    Instance.Moment now() {
        Set<Block.Loop> loops = new HashSet<>();
        frames.forEach(frame -> loops.addAll(frame.loops()));
        return new Instance.Moment(time++, loops);
    }

    /** {@return a new object without fields} */
    Instance create(Class<?> type) {
        Instance instance = new Instance(type, now());
        instances.put(instance, frames.getFirst().code().site());
        return instance;
    }

    /** Sets a field of an object. */
    void put(Instance instance, Field field, Value value) {
        instance.fields().put(field, value);
        if (value instanceof Value.OfArray(var array) && array.space() == Space.PRIVATE) {
            owners.put(array, instance);
        }
    }

    /** {@return whether a variable, a field or an operand refers to {@code instance}} */
    boolean isNamed(Instance instance) {
        return frames.stream().anyMatch(frame -> frame.names(instance));
    }

    /**
     * Notes that {@code to} gets the fields of {@code from}. When nothing else refers to that
     * object, or to one that it is a copy of, the copy is the object.
     */
    void copied(Value from, Instance to) {
        boolean alone = from instanceof Value.OfInstance(var i) && !isNamed(i) && !i.isShared();
        if (!alone) {
            to.share(now());
            if (from instanceof Value.OfInstance(var i)) {
                i.share(now());
            }
        }
    }

    /** Notes a statement that writes memory. */
    void wrote(Stmt stmt) {
        if (!copying) {
            Regions.stored(stmt).forEach(array -> elementChanged(elementParts.get(array)));
        }
        if (!owners.isEmpty()) {
            for (Array array : Regions.stored(stmt)) {
                Instance owner = owners.get(array);
                if (owner != null && !(stmt instanceof Stmt.Allocate)) {
                    owner.change(now());
                }
            }
        }
    }

    private void elementChanged(@Nullable Class<?> type) {
        if (type != null) {
            elementChanged = true;
            stored.stream().filter(i -> i.type() == type).forEach(i -> i.change(now()));
        }
    }

    /** Notes that an object became an element of an array; more may refer to it. */
    void stored(Instance instance, Site site) {
        Instance.Moment moment = now();
        boolean isValue = Copies.isVector(instance.type()) || instance.type().isRecord();
        if (!isValue && (!instance.isBornFor(moment) || !everStored.add(instance))) {
            throw new UnsupportedKernelException(
                    site,
                    "one new " + instance.type().getSimpleName() + " as two elements",
                    "create one for each");
        }
        instance.share(moment);
        if (isNamed(instance)) {
            stored.add(instance);
        }
    }

    /**
     * Checks that copies of objects cannot be told from the objects.
     *
     * @throws UnsupportedKernelException when they can
     */
    void checkCopies() {
        if (elementChanged && elementCopied.isPresent()) {
            throw new UnsupportedKernelException(
                    elementCopied.get(),
                    "an element in two places of which one changes",
                    "store a new object, as with duplicate()");
        }
        instances.forEach((instance, site) -> {
            if (instance.isSharedAndChanged()) {
                throw new UnsupportedKernelException(
                        site,
                        "a " + instance.type().getSimpleName() + " that changes under two names",
                        "copy it, as with duplicate(), or assign a new one instead");
            }
        });
    }

    /** Notes the length of a private array. */
    void length(Array array, Expr length) {
        if (length instanceof Const c) {
            lengths.put(array, (int) c.bits());
        }
    }

    /** {@return the length of a private array, if it is constant} */
    Optional<Integer> length(Array array) {
        return Optional.ofNullable(lengths.get(array));
    }

    /** {@return the length of the array of a vector that the kernel is given} */
    Optional<Integer> givenLength(Array array) {
        return Optional.ofNullable(given.get(array));
    }

    /** {@return the value of a new parameter; objects get none, only their fields do} */
    Value parameter(String name, Source source, Binding binding) {
        return switch (binding) {
            case Binding.OfArray(var element) -> {
                Array array = new Array(name, element, Space.GLOBAL);
                add(new Param.OfArray(array), source);
                yield new Value.OfArray(array);
            }
            case Binding.OfRows(var element, var sizes) -> {
                Array array = new Array(name, element, Space.GLOBAL);
                add(new Param.OfArray(array), source);
                yield new Value.OfRows(array, Const.i32(0), sizes);
            }
            case Binding.OfRagged(var element, var levels) -> {
                Array array = new Array(name, element, Space.GLOBAL);
                add(new Param.OfArray(array), source);
                List<Array> starts = new ArrayList<>();
                for (int level = 1; level < levels; level++) {
                    Array table = new Array(name + "_starts", Scalar.I32, Space.GLOBAL);
                    add(new Param.OfArray(table), new Source.OfStarts(source, level));
                    starts.add(table);
                }
                Expr size =
                        new Expr.Binary(
                                BinaryOp.SUB, new Expr.Length(starts.getFirst()), Const.i32(1));
                yield new Value.OfRagged(array, starts, Const.i32(0), size);
            }
            case Binding.OfSegment(var bytes) -> {
                Scalar view = known.views().getOrDefault(source, Scalar.I8);
                Array array = new Array(name, view, Space.GLOBAL);
                add(new Param.OfArray(array), source);
                yield Value.OfSegment.whole(source, array, bytes);
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
            case Binding.OfObject(var object) ->
                    object instanceof Object[] objects
                                    && !objects.getClass().componentType().isArray()
                            ? objects(name, source, objects)
                            : new Value.OfObject(source, object);
        };
    }

    private Value objects(String name, Source source, Object[] objects) {
        Class<?> type = Elements.type(objects);
        FieldArray.Shape shape =
                new FieldArray.Shape(FieldArray.Kind.STATE, type, List.of(), Scalar.I8, 1);
        Source part = new Source.OfPart(source, shape);
        Array state = new Array(name + "_state", Scalar.I8, Space.GLOBAL);
        add(new Param.OfArray(state), part);
        Value.OfObjects array = new Value.OfObjects(source, objects, type, state);
        arrays.put(source, array);
        return array;
    }

    /** {@return the array of a field of the elements of an array of objects} */
    Array part(Value.OfObjects array, FieldArray.Shape shape) {
        Array part = part(array.source(), shape);
        elementParts.put(part, array.type());
        return part;
    }

    private Array part(Source owner, FieldArray.Shape shape) {
        String name = shape.path().isEmpty() ? "value" : shape.path().getLast().getName();
        return part(name, new Source.OfPart(owner, shape), shape.element());
    }

    private Array part(String name, Source source, Scalar element) {
        return parts.computeIfAbsent(
                source,
                _ -> {
                    Array part = new Array(name, element, Space.GLOBAL);
                    add(new Param.OfArray(part), source);
                    return part;
                });
    }

    /** {@return a table} */
    Array table(Source.OfTable table, Scalar element) {
        return part(table.method(), table, element);
    }

    /**
     * {@return the array of one element for a field that the kernel assigns} The first time that an
     * assignment is found there is none: then the kernel has to be translated once more.
     */
    Optional<Array> cell(Value.OfObject owner, Field field) {
        Source source = new Source.OfField(first(owner), field);
        assigned.add(source);
        return Optional.ofNullable(cells.get(source))
                .or(() ->
                        known.assigned().contains(source)
                                ? Optional.of(cell(source, owner, field))
                                : Optional.empty());
    }

    private Array cell(Source source, Value.OfObject owner, Field field) {
        Array cell = part(first(owner), FieldArray.Shape.of(owner.object().getClass(), field));
        cells.put(source, cell);
        return cell;
    }

    /** {@return the first of the ways to an object, which may be an argument twice} */
    private Source first(Value.OfObject object) {
        return objects.computeIfAbsent(object.object(), _ -> object.source());
    }

    /** {@return the arrays that stand for fields that are assigned} */
    Collection<Array> cells() {
        return cells.values();
    }

    /** Stores a whole object in an element of an array of objects, which changes no other one. */
    void copying(Runnable copy) {
        copying = true;
        copy.run();
        copying = false;
    }

    /** Notes that an element of an array of objects was copied to another one. */
    void elementCopied(Site site) {
        elementCopied = Optional.of(site);
    }

    private void add(Param param, Source source) {
        params.add(param);
        sources.add(source);
    }

    /** {@return the value of a field of {@code owner}, read at launch if nothing assigns it} */
    Value field(Value.OfObject owner, Field field) {
        Optional<Value.OfElement> element = element(owner);
        if (element.isPresent()) {
            Frame frame = frames.getFirst();
            return new Elements(frame, frame.code().site()).field(element.get(), field);
        }
        Source source = new Source.OfField(first(owner), field);
        if (known.assigned().contains(source)) {
            Array cell = cell(owner, field).orElseThrow();
            Type type = Type.of(cell.element());
            Expr load = new Expr.Load(cell, Const.i32(0), type, frames.getFirst().code().site());
            return new Value.Number(Trees.promote(load));
        }
        Value value = field(source, field, owner.object());
        if (value instanceof Value.OfArray(var array) && Copies.isCopyable(owner)) {
            Object storage = Source.read(field, owner.object());
            given.put(array, java.lang.reflect.Array.getLength(storage));
        }
        return value;
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
            if (binding instanceof Binding.OfObject(var object)
                    && !Modifier.isFinal(field.getModifiers())) {
                read.put(source, object);
            }
            known = parameter(field.getName(), source, binding);
            fields.put(source, known);
        }
        return known;
    }
}
