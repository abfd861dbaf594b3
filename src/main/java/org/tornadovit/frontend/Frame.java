package org.tornadovit.frontend;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/** One method while it is translated: its operand stack and its local variables. */
final class Frame {
    private final Session session;
    private final MethodCode code;
    private final Webs webs;
    private final List<Executable> callers;
    private final List<Value> stack = new ArrayList<>();
    private final Map<Webs.Web, Value> bound = new HashMap<>();
    private final Map<Webs.Web, Integer> lazy = new HashMap<>();
    private final List<Value> arguments = new ArrayList<>();
    private final Map<Webs.Web, Var> variables = new HashMap<>();
    private final Map<Webs.Web, Instance> owned = new HashMap<>();
    private BiConsumer<Webs.Web, List<Stmt>> declarations;
    private List<Block.Loop> loops = List.of();
    private Emitter emitter;

    Frame(Session session, MethodCode code, Webs webs, List<Executable> callers, Emitter emitter) {
        this.session = session;
        this.code = code;
        this.webs = webs;
        this.callers = callers;
        this.emitter = emitter;
        this.declarations = (_, statements) -> statements.forEach(emitter::plain);
    }

    /** Says where the arrays of a variable are declared, if not at its first assignment. */
    void declarations(BiConsumer<Webs.Web, List<Stmt>> place) {
        declarations = place;
    }

    /** {@return the loops of this method around the current instruction} */
    List<Block.Loop> loops() {
        return loops;
    }

    void loops(List<Block.Loop> around) {
        loops = around;
    }

    /** {@return whether a variable, a field or an operand refers to {@code instance}} */
    boolean names(Instance instance) {
        return Stream.of(bound.values(), stack, arguments)
                .flatMap(Collection::stream)
                .anyMatch(v -> v instanceof Value.OfInstance(var i) && i.holds(instance));
    }

    /** {@return whether at most one variable or operand refers to {@code array}} */
    boolean isNamedOnce(Array array) {
        return Stream.of(bound.values(), stack, arguments)
                        .flatMap(Collection::stream)
                        .filter(v -> v instanceof Value.OfArray(var a) && a == array)
                        .count()
                <= 1;
    }

    Session session() {
        return session;
    }

    MethodCode code() {
        return code;
    }

    Webs webs() {
        return webs;
    }

    /** {@return the methods being inlined, the kernel first, this one last} */
    List<Executable> callers() {
        return callers;
    }

    /** {@return arguments that wait as trees until their only use} */
    List<Value> arguments() {
        return arguments;
    }

    List<Value> stack() {
        return stack;
    }

    Emitter emitter() {
        return emitter;
    }

    /** Directs the statements of the next block elsewhere. */
    void emitter(Emitter next) {
        emitter = next;
    }

    void push(Value value) {
        stack.add(value);
    }

    void push(Expr expr) {
        stack.add(new Value.Number(expr));
    }

    Value pop() {
        return stack.removeLast();
    }

    /** {@return the number on top of the stack} */
    Expr popNumber(Site site) {
        return number(pop(), site);
    }

    /** {@return {@code value} as a number} */
    Expr number(Value value, Site site) {
        return switch (value) {
            case Value.Number(var expr) -> expr;
            case Value.Compared compared -> Conditions.materialise(compared, emitter);
            case Value.OfElement element -> new Elements(this, site).number(element);
            case Value.OfArray _,
                    Value.OfRows _,
                    Value.OfRagged _,
                    Value.OfRow _,
                    Value.OfHalves _,
                    Value.OfObjects _,
                    Value.OfSegment _,
                    Value.Context _,
                    Value.OfObject _,
                    Value.OfInstance _ ->
                    throw new UnsupportedKernelException(
                            site, "an object in place of a number", "use arrays and primitives");
            case Value.Null _ ->
                    throw new UnsupportedKernelException(site, "null", "use arrays and primitives");
            case Value.Raw raw ->
                    throw new UnsupportedKernelException(
                            site, "a new " + raw.type(), "use arrays and primitives");
        };
    }

    /** Binds the parameter {@code web}; a tree may wait if {@code lazily} until its only use. */
    void bind(Webs.Web web, Value value, boolean lazily) {
        boolean constant = web.definitions().size() == 1;
        Value held = emitter.held(name(web), value, tree -> !Trees.isSimple(tree));
        if (held != value) {
            bind(web, held, lazily);
        } else if (!constant && Copies.isCopyable(value)) {
            assign(web, value, code.site());
        } else if (!(value instanceof Value.Number(var tree))) {
            if (!constant) {
                throw new UnsupportedKernelException(
                        code.site(),
                        "assigning to the parameter " + name(web),
                        "use another variable");
            }
            bound.put(web, value);
        } else if (!constant) {
            emitter.assign(variable(web, tree), tree);
        } else if (Trees.isSimple(tree)) {
            bound.put(web, value);
        } else if (lazily && web.uses().size() <= 1) {
            lazy.put(web, arguments.size());
            arguments.add(value);
        } else {
            bound.put(web, new Value.Number(emitter.hold(name(web), tree)));
        }
    }

    /** {@return the value of a local variable} */
    Value load(Webs.Web web) {
        Integer waiting = lazy.get(web);
        if (waiting != null) {
            return arguments.get(waiting);
        }
        Value value = bound.get(web);
        if (value != null) {
            return value;
        }
        Var variable = variables.get(web);
        if (variable == null) {
            throw new UnsupportedKernelException(
                    code.site(),
                    "a variable that is null on some path",
                    "give it a value where it is declared");
        }
        return new Value.Number(variable);
    }

    /** Assigns a local variable. */
    void store(Webs.Web web, Value value, Site site) {
        assignHeld(web, emitter.held(name(web), value, tree -> !Trees.isSimple(tree)), site);
    }

    private void assignHeld(Webs.Web web, Value value, Site site) {
        switch (value) {
            case Value.Number(var expr) -> {
                if (bound.containsKey(web)) {
                    throw mixed(web, site);
                }
                emitter.assign(variable(web, expr), expr);
            }
            case Value.Compared compared ->
                    store(web, new Value.Number(number(compared, site)), site);
            case Value.OfInstance(var instance)
                    when web.definitions().size() > 1 || instance.isVariable() ->
                    assign(web, value, site);
            case Value.OfElement element when web.definitions().size() > 1 ->
                    point(web, element, site);
            case Value.OfObject _ when web.definitions().size() > 1 && Copies.isCopyable(value) ->
                    assign(web, value, site);
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
                Value before = bound.putIfAbsent(web, value);
                if (variables.containsKey(web) || (before != null && !Value.same(before, value))) {
                    throw mixed(web, site);
                }
            }
        }
    }

    /** Lets a variable refer to an element, maybe to another one than before. */
    private void point(Webs.Web web, Value.OfElement element, Site site) {
        Value before = bound.get(web);
        if (before == null
                ? variables.containsKey(web)
                : !(before instanceof Value.OfElement b && b.isBeside(element))) {
            throw mixed(web, site);
        }
        Var index = variable(web, element.index());
        emitter.assign(index, element.index());
        bound.put(web, new Value.OfElement(element.array(), element.path(), index));
    }

    /** Copies an object to the one that belongs to a variable. */
    private void assign(Webs.Web web, Value value, Site site) {
        Copies copies = new Copies(session, site);
        Instance own = owned.get(web);
        if (own == null) {
            if (variables.containsKey(web) || bound.containsKey(web)) {
                throw mixed(web, site);
            }
            List<Stmt> arrays = new ArrayList<>();
            own = copies.like(value, name(web), arrays);
            declarations.accept(web, arrays);
            own.variable(true);
            owned.put(web, own);
            bound.put(web, new Value.OfInstance(own));
        }
        Instance target = own;
        if (value instanceof Value.OfInstance(var from) && from == target) {
            return;
        }
        emitter.replace(v ->
                v instanceof Value.OfInstance(var i) && i == target ? duplicate(i, copies) : v);
        session.copied(value, target);
        emitter.copy(copies.copy(target, value));
    }

    /** {@return a copy of an object that an operand refers to} */
    private Value duplicate(Instance instance, Copies copies) {
        List<Stmt> arrays = new ArrayList<>();
        Value original = new Value.OfInstance(instance);
        Instance copy = copies.like(original, "t", arrays);
        arrays.forEach(emitter::plain);
        copies.copy(copy, original).forEach(emitter::plain);
        copy.share(session.now());
        instance.share(session.now());
        return new Value.OfInstance(copy);
    }

    /** {@return an object that a field may keep: a copy of one that a variable may replace} */
    Value kept(Value value, Site site) {
        return value instanceof Value.OfInstance(var i) && i.isVariable()
                ? duplicate(i, new Copies(session, site))
                : value;
    }

    /** Ends the method: no variable of it will be assigned again. */
    void close() {
        owned.values().forEach(instance -> instance.variable(false));
    }

    private UnsupportedKernelException mixed(Webs.Web web, Site site) {
        return new UnsupportedKernelException(
                site,
                "the variable " + name(web) + ", which refers to more than one array or object,",
                "use one variable for each, or branch around the accesses");
    }

    /** {@return the variable of {@code web}, whose type is that of its first value} */
    Var variable(Webs.Web web, Expr value) {
        Var variable = variables.computeIfAbsent(web, _ -> new Var(name(web), value.type()));
        if (!variable.type().equals(value.type())) {
            throw new IllegalStateException(
                    code.site()
                            + ": "
                            + name(web)
                            + " is "
                            + variable.type()
                            + " and "
                            + value.type());
        }
        return variable;
    }

    /** {@return the variable of {@code web}, if it holds a number} */
    Optional<Var> variable(Webs.Web web) {
        return Optional.ofNullable(variables.get(web));
    }

    /** {@return the name that the class file gives, or one made from the slot} */
    String name(Webs.Web web) {
        for (int step : web.definitions()) {
            Optional<String> name = code.variable(web.slot(), step < 0 ? 0 : code.end(step));
            if (name.isPresent()) {
                return name.get();
            }
        }
        return (web.isParameter() ? "p" : "v") + web.slot();
    }
}
