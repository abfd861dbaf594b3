package org.tornadovit.frontend;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Stmt;

/**
 * Turns a reducible control flow graph into nested statements, along its dominator tree.
 *
 * <p>After Ramsey, "Beyond Relooper" (2022): a block that several others reach becomes what follows
 * a labeled block, and they leave that with a break. In addition, what is not part of a loop is
 * placed after the loop instead of inside it.
 */
final class Structure {
    private final Map<Block, List<Stmt>> statements;
    private final Map<Block, Exit> exits;
    private final Stmt onReturn;
    private final Map<Block, Label> after = new HashMap<>();
    private final Map<Block, Label> loops = new HashMap<>();
    private final Map<Block, List<Block>> followers = new HashMap<>();
    private final Map<Block, List<Block>> loopFollowers = new HashMap<>();

    /**
     * Places the blocks.
     *
     * @param onReturn what leaves the method
     */
    Structure(Map<Block, List<Stmt>> statements, Map<Block, Exit> exits, Stmt onReturn) {
        this.statements = statements;
        this.exits = exits;
        this.onReturn = onReturn;
        statements.keySet().stream()
                .sorted(Comparator.comparingInt(Block::order))
                .forEach(this::place);
    }

    /** {@return the statements from {@code block} on} */
    Stmt of(Block block) {
        if (!block.isHeader()) {
            return within(block, followers.getOrDefault(block, List.of()));
        }
        Label label = new Label("loop");
        loops.put(block, label);
        Stmt body = within(block, followers.getOrDefault(block, List.of()));
        return nest(new Stmt.Loop(label, body), loopFollowers.getOrDefault(block, List.of()));
    }

    private void place(Block block) {
        if (block.order() == 0) {
            return;
        }
        Block parent = block.dominator();
        Block header = null;
        for (Block.Loop loop : parent.loops()) {
            if (!loop.body().contains(block) && !leavesInside(block, loop)) {
                header = loop.header();
            }
        }
        if (header != null) {
            loopFollowers.computeIfAbsent(header, _ -> new ArrayList<>()).add(block);
            after.put(block, new Label("after"));
        } else if (block.forwardPredecessors() > 1) {
            followers.computeIfAbsent(parent, _ -> new ArrayList<>()).add(block);
            after.put(block, new Label("join"));
        }
    }

    /**
     * A return in the middle of a loop stays there; where the loop's own condition, or what follows
     * the loop, leads to a return, that follows the loop.
     */
    private boolean leavesInside(Block block, Block.Loop loop) {
        return block.successors().isEmpty()
                && loop.body().containsAll(block.predecessors())
                && block.predecessors().stream().noneMatch(p -> p == loop.header())
                && loop.header().successors().stream().anyMatch(s -> !loop.body().contains(s));
    }

    private Stmt within(Block block, List<Block> rest) {
        List<Stmt> own = new ArrayList<>(statements.get(block));
        own.add(end(block));
        return nest(new Stmt.Sequence(own), rest);
    }

    /** The block that comes last in the order of execution is the outermost. */
    private Stmt nest(Stmt inner, List<Block> rest) {
        Stmt result = inner;
        for (Block next : rest) {
            Label label = requireNonNull(after.get(next));
            result = new Stmt.Sequence(List.of(new Stmt.Labeled(label, result), of(next)));
        }
        return result;
    }

    private Stmt end(Block block) {
        return switch (requireNonNull(exits.get(block))) {
            case Exit.Goto(var target) -> jump(block, target);
            case Exit.Branch(var condition, var yes, var no) ->
                    new Stmt.If(condition, jump(block, yes), jump(block, no));
            case Exit.Switch(var selector, var cases, var otherwise) -> {
                Stmt result = jump(block, otherwise);
                for (Exit.Case c : cases.reversed()) {
                    result = new Stmt.If(isOneOf(selector, c), jump(block, c.target()), result);
                }
                yield result;
            }
            case Exit.Never() -> Stmt.Sequence.EMPTY;
            case Exit.Return() -> onReturn;
        };
    }

    private static Expr isOneOf(Expr selector, Exit.Case values) {
        return values.values().stream()
                .<Expr>map(v -> Trees.binary(BinaryOp.EQ, selector, Const.i32(v)))
                .reduce((x, y) -> Trees.binary(BinaryOp.OR, x, y))
                .orElseThrow();
    }

    private Stmt jump(Block from, Block to) {
        if (to.order() <= from.order()) {
            return new Stmt.Continue(requireNonNull(loops.get(to)));
        }
        Label label = after.get(to);
        return label != null ? new Stmt.Break(label) : of(to);
    }
}
