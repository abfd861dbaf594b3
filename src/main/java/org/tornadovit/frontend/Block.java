package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A basic block of a method, with its place in the control flow graph. */
final class Block {
    /** A natural loop: all blocks that reach a jump back to the header without passing it. */
    static final class Loop {
        private final Block header;
        private final Set<Block> body = new HashSet<>();

        Loop(Block header) {
            this.header = header;
            body.add(header);
        }

        Block header() {
            return header;
        }

        Set<Block> body() {
            return body;
        }
    }

    private final int from;
    private final int to;
    private final List<Block> successors = new ArrayList<>();
    private final List<Block> predecessors = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private int order = -1;
    private Block dominator = this;

    /** Creates the block of the steps {@code [from, to)}. */
    Block(int from, int to) {
        this.from = from;
        this.to = to;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** {@return the blocks that may follow, each once} */
    List<Block> successors() {
        return successors;
    }

    /** {@return the reachable blocks that may come before, each once} */
    List<Block> predecessors() {
        return predecessors;
    }

    /** {@return the loops that hold this block, the innermost first} */
    List<Loop> loops() {
        return loops;
    }

    /** {@return the position in reverse post-order, or -1 when unreachable} */
    int order() {
        return order;
    }

    void order(int position) {
        order = position;
    }

    /** {@return the immediate dominator; of the entry, the entry} */
    Block dominator() {
        return dominator;
    }

    void dominator(Block block) {
        dominator = block;
    }

    /** {@return whether every path to {@code other} passes this block} */
    boolean dominates(Block other) {
        Block b = other;
        while (b.order > order) {
            b = b.dominator;
        }
        return b == this;
    }

    /** {@return whether this block is the target of a jump back} */
    boolean isHeader() {
        return !loops.isEmpty() && loops.getFirst().header() == this;
    }

    /** {@return the number of predecessors that do not jump back} */
    int forwardPredecessors() {
        return (int) predecessors.stream().filter(p -> p.order < order).count();
    }

    void link(Block successor) {
        if (!successors.contains(successor)) {
            successors.add(successor);
            successor.predecessors.add(this);
        }
    }

    @Override
    public String toString() {
        return "B" + order;
    }
}
