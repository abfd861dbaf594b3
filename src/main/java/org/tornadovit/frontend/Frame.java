package org.tornadovit.frontend;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Var;

/** One method while it is translated: its operand stack and its local variables. */
final class Frame {
    private final Session session;
    private final MethodCode code;
    private final Webs webs;
    private final List<Method> callers;
    private final List<Value> stack = new ArrayList<>();
    private final Map<Webs.Web, Value> bound = new HashMap<>();
    private final Map<Webs.Web, Integer> lazy = new HashMap<>();
    private final List<Value> arguments = new ArrayList<>();
    private final Map<Webs.Web, Var> variables = new HashMap<>();
    private Emitter emitter;

    Frame(Session session, MethodCode code, Webs webs, List<Method> callers, Emitter emitter) {
        this.session = session;
        this.code = code;
        this.webs = webs;
        this.callers = callers;
        this.emitter = emitter;
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
    List<Method> callers() {
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
            case Value.OfArray _, Value.Context _, Value.OfObject _ ->
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
        if (!(value instanceof Value.Number(var tree))) {
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
        switch (value) {
            case Value.Number(var expr) -> {
                if (bound.containsKey(web)) {
                    throw mixed(web, site);
                }
                emitter.assign(variable(web, expr), expr);
            }
            case Value.Compared compared ->
                    store(web, new Value.Number(number(compared, site)), site);
            case Value.OfArray _, Value.Context _, Value.OfObject _, Value.Null _, Value.Raw _ -> {
                Value before = bound.putIfAbsent(web, value);
                if (variables.containsKey(web) || (before != null && !Value.same(before, value))) {
                    throw mixed(web, site);
                }
            }
        }
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
