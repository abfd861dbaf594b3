package org.tornadovit.frontend;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Translates the body of one method: the kernel's own, or one that is called from it. */
final class MethodTranslator {
    private final Session session;
    private final Executable method;
    private final MethodCode code;
    private final ControlFlow flow;
    private final Webs webs;
    private final List<Executable> callers;
    private final Map<Block, Emitter> emitters = new HashMap<>();
    private final Map<Block, Exit> exits = new HashMap<>();
    private final Map<Block, List<Value>> stacks = new HashMap<>();
    private final Map<Block, List<Value>> headers = new HashMap<>();
    private final Map<Block, Value> results = new LinkedHashMap<>();

    /**
     * Reads a method.
     *
     * @param callers the methods being translated, the kernel first, {@code method} last
     */
    MethodTranslator(Session session, Executable method, List<Executable> callers) {
        this.session = session;
        this.method = method;
        this.callers = callers;
        this.code = MethodCode.of(method);
        if (code.hasHandlers()) {
            throw new UnsupportedKernelException(
                    code.site(), "try, catch or synchronized", "handle errors outside of kernels");
        }
        this.flow = ControlFlow.of(code);
        this.webs = new Webs(code, flow, parameterSlots(method));
    }

    MethodCode code() {
        return code;
    }

    /** {@return the body of a kernel with these parameter values} */
    Stmt kernel(List<Value> arguments) {
        Emitter emitter = new Emitter(session);
        Frame frame = new Frame(session, code, webs, callers, emitter);
        session.frames().push(frame);
        bind(frame, arguments, false);
        Stmt body;
        if (flow.blocks().size() == 1) {
            emitter.protect(frame.stack());
            new Execution(frame, flow, flow.blocks().getFirst()).run();
            body = new Stmt.Return();
        } else {
            translateBlocks(frame);
            body = structure(new Stmt.Return());
        }
        markParallel(frame);
        emitter.statements().add(body);
        return new Stmt.Sequence(emitter.statements());
    }

    /** {@return the result of a call, after emitting what the method does} */
    Optional<Value> inline(List<Value> arguments, Emitter emitter) {
        Frame frame = new Frame(session, code, webs, callers, emitter);
        session.frames().push(frame);
        Optional<Value> result =
                flow.blocks().size() == 1
                        ? straight(frame, arguments, emitter)
                        : branching(frame, arguments, emitter);
        frame.close();
        session.frames().pop();
        return result;
    }

    private Optional<Value> branching(Frame frame, List<Value> arguments, Emitter emitter) {
        bind(frame, arguments, false);
        translateBlocks(frame);
        Label end = new Label(method.getName());
        Optional<Value> result = mergeResults(frame);
        Stmt body = new Stmt.Labeled(end, structure(new Stmt.Break(end)));
        markParallel(frame);
        emitter.body(body);
        return result;
    }

    private Optional<Value> straight(Frame frame, List<Value> arguments, Emitter emitter) {
        bind(frame, arguments, true);
        emitter.protect(frame.arguments());
        emitter.protect(frame.stack());
        new Execution(frame, flow, flow.blocks().getFirst()).run();
        emitter.release();
        emitter.release();
        return MethodCode.result(method) == void.class
                ? Optional.empty()
                : Optional.of(frame.pop());
    }

    /** {@return the first slots of the receiver and the parameters} */
    static List<Integer> parameterSlots(Executable method) {
        List<Integer> slots = new ArrayList<>();
        int slot = 0;
        if (!Modifier.isStatic(method.getModifiers())) {
            slots.add(slot++);
        }
        for (Class<?> type : method.getParameterTypes()) {
            slots.add(slot);
            slot += type == long.class || type == double.class ? 2 : 1;
        }
        return slots;
    }

    private void bind(Frame frame, List<Value> arguments, boolean lazily) {
        for (int i = 0; i < arguments.size(); i++) {
            frame.bind(webs.parameter(i), arguments.get(i), lazily);
        }
    }

    private void translateBlocks(Frame frame) {
        frame.declarations((web, arrays) -> home(web).statements().addAll(0, arrays));
        for (Block block : flow.blocks()) {
            frame.loops(block.loops());
            Emitter emitter = new Emitter(session);
            frame.emitter(emitter);
            frame.stack().clear();
            frame.stack().addAll(entry(block));
            emitters.put(block, emitter);
            emitter.protect(frame.stack());
            Exit exit = new Execution(frame, flow, block).run();
            exits.put(block, exit);
            if (exit instanceof Exit.Return && MethodCode.result(method) != void.class) {
                results.put(block, frame.pop());
            }
            if (block.successors().size() > 1) {
                emitter.settleAll();
            }
            stacks.put(block, List.copyOf(frame.stack()));
            block.successors().stream()
                    .filter(s -> s.order() <= block.order())
                    .forEach(header -> checkJumpBack(block, header));
        }
    }

    /** {@return the innermost block that all assignments and reads of a variable lie behind} */
    private Emitter home(Webs.Web web) {
        Block home =
                Stream.concat(web.definitions().stream(), web.uses().stream())
                        .map(step -> step < 0 ? flow.blocks().getFirst() : flow.block(step))
                        .reduce(ControlFlow::meet)
                        .orElseThrow();
        return emitter(home);
    }

    /** {@return the operands that a block finds, after the blocks before it agreed on them} */
    private List<Value> entry(Block block) {
        List<Block> before =
                block.predecessors().stream().filter(p -> p.order() < block.order()).toList();
        if (before.isEmpty()) {
            return List.of();
        }
        List<Value> first = stacks.getOrDefault(before.getFirst(), List.of());
        if (before.size() == 1 && !block.isHeader()) {
            return first;
        }
        List<Value> merged = new ArrayList<>();
        for (int depth = 0; depth < first.size(); depth++) {
            merged.add(merge(before, depth, block.isHeader(), block.dominator()));
        }
        if (block.isHeader()) {
            headers.put(block, merged);
        }
        return merged;
    }

    private Value merge(List<Block> before, int depth, boolean header, Block home) {
        Value first = stack(before.getFirst()).get(depth);
        boolean same = before.stream().allMatch(b -> Value.same(first, stack(b).get(depth)));
        boolean fixed = !(first instanceof Value.Number(var e)) || e instanceof Const;
        if (same && (fixed || !header && first instanceof Value.Number(Var _))) {
            return first;
        }
        Site site = code.site(code.steps().get(before.getFirst().to() - 1));
        if (Copies.isCopyable(first)) {
            Map<Block, Value> values = new LinkedHashMap<>();
            before.forEach(b -> values.put(b, stack(b).get(depth)));
            return new Value.OfInstance(mergeObjects(values, emitter(home), site));
        }
        if (!(first instanceof Value.Number(var tree))) {
            throw new UnsupportedKernelException(
                    site, "a choice between arrays or objects", "branch around the accesses");
        }
        Var variable = new Var("t", tree.type());
        session.temporaries().add(variable);
        for (Block block : before) {
            if (!(stack(block).get(depth) instanceof Value.Number(var value))) {
                throw new UnsupportedKernelException(
                        site, "a choice between arrays or objects", "branch around the accesses");
            }
            emitter(block).plain(new Stmt.Assign(variable, value));
        }
        return new Value.Number(variable);
    }

    /** {@return a new object that each block gives the fields of its own} */
    private Instance mergeObjects(Map<Block, Value> values, Emitter home, Site site) {
        Copies copies = new Copies(session, site);
        List<Stmt> arrays = new ArrayList<>();
        Instance merged = copies.like(values.values().iterator().next(), "t", arrays);
        home.statements().addAll(0, arrays);
        values.forEach((block, value) -> {
            if (!Copies.isCopyable(value)) {
                throw new UnsupportedKernelException(
                        site, "a choice between arrays or objects", "branch around the accesses");
            }
            session.copied(value, merged);
            copies.copy(merged, value).forEach(emitter(block)::plain);
        });
        return merged;
    }

    private List<Value> stack(Block block) {
        return requireNonNull(stacks.get(block), "a block before its predecessors");
    }

    private Emitter emitter(Block block) {
        return requireNonNull(emitters.get(block), "a block before its predecessors");
    }

    private void checkJumpBack(Block block, Block header) {
        List<Value> expected = headers.getOrDefault(header, List.of());
        List<Value> found = stack(block);
        for (int depth = 0; depth < expected.size(); depth++) {
            if (!Value.same(expected.get(depth), found.get(depth))) {
                throw new UnsupportedKernelException(
                        code.site(code.steps().get(block.to() - 1)),
                        "a loop that changes a waiting operand",
                        "assign the operand to a variable before the loop");
            }
        }
    }

    /** {@return the result: one value, or a variable that each return assigns} */
    private Optional<Value> mergeResults(Frame frame) {
        if (results.isEmpty()) {
            return Optional.empty();
        }
        List<Value> values = new ArrayList<>(results.values());
        Value first = values.getFirst();
        if (values.size() == 1
                || (!(first instanceof Value.Number)
                        && values.stream().allMatch(v -> Value.same(first, v)))) {
            return Optional.of(first);
        }
        if (Copies.isCopyable(first)) {
            Emitter entry = emitter(flow.blocks().getFirst());
            return Optional.of(new Value.OfInstance(mergeObjects(results, entry, code.site())));
        }
        Type type = first instanceof Value.Number(var tree) ? tree.type() : Type.I32;
        Var variable = new Var(method.getName(), type);
        session.temporaries().add(variable);
        results.forEach((block, value) -> {
            frame.emitter(emitter(block));
            Expr tree = frame.number(value, code.site());
            emitter(block).plain(new Stmt.Assign(variable, tree));
        });
        return Optional.of(new Value.Number(variable));
    }

    private Stmt structure(Stmt onReturn) {
        Map<Block, List<Stmt>> statements = new HashMap<>();
        emitters.forEach((block, emitter) -> statements.put(block, emitter.statements()));
        return new Structure(statements, exits, onReturn).of(flow.blocks().getFirst());
    }

    private void markParallel(Frame frame) {
        for (MethodCode.Mark mark : code.marks()) {
            Site site = code.site(mark.from());
            List<Var> variables =
                    webs.all().stream()
                            .filter(web -> web.slot() == mark.slot() && within(web, mark))
                            .flatMap(web -> frame.variable(web).stream())
                            .toList();
            if (variables.isEmpty()) {
                throw new UnsupportedKernelException(
                        site, "@Parallel on a variable that no loop uses", "mark a for loop");
            }
            variables.forEach(v -> session.parallel().put(v, site));
        }
    }

    private boolean within(Webs.Web web, MethodCode.Mark mark) {
        return web.uses().stream()
                .map(step -> code.steps().get(step).bci())
                .anyMatch(bci -> mark.from() <= bci && bci < mark.to());
    }
}
