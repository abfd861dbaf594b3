package org.tornadovit.frontend;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The control flow graph of a method: reachable blocks in reverse post-order, dominators, loops.
 *
 * <p>Dominators after Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 */
final class ControlFlow {
    private final MethodCode code;
    private final Map<Integer, Block> blocks = new TreeMap<>();
    private final List<Block> order = new ArrayList<>();

    private ControlFlow(MethodCode code) {
        this.code = code;
    }

    /**
     * {@return the graph of {@code code}}
     *
     * @throws UnsupportedKernelException when a loop has more than one entry
     */
    static ControlFlow of(MethodCode code) {
        ControlFlow flow = new ControlFlow(code);
        flow.split();
        flow.blocks.values().forEach(flow::link);
        flow.sort();
        flow.dominate();
        flow.findLoops();
        return flow;
    }

    /** {@return the reachable blocks in reverse post-order; the first is the entry} */
    List<Block> blocks() {
        return order;
    }

    /** {@return the block that holds the step numbered {@code step}, reachable or not} */
    Block block(int step) {
        return blocks.values().stream()
                .filter(b -> b.from() <= step && step < b.to())
                .findFirst()
                .orElseThrow();
    }

    /** {@return the block that a jump to {@code label} enters} */
    Block at(Label label) {
        return at(code.bci(label));
    }

    /** {@return the block that a jump to a byte-code index enters, past blocks that only jump} */
    private Block at(int bci) {
        Block block = startingAt(bci);
        Set<Block> seen = new HashSet<>();
        while (seen.add(block)
                && block.to() - block.from() == 1
                && code.steps().get(block.from()).instruction() instanceof BranchInstruction jump
                && (jump.opcode() == Opcode.GOTO || jump.opcode() == Opcode.GOTO_W)) {
            block = startingAt(code.bci(jump.target()));
        }
        return block;
    }

    private Block startingAt(int bci) {
        Block block = blocks.get(bci);
        if (block == null) {
            throw new IllegalArgumentException("no block of " + code.site() + " starts at " + bci);
        }
        return block;
    }

    /** {@return the block after {@code block} in the byte code} */
    Block after(Block block) {
        return at(code.end(block.to() - 1));
    }

    private void split() {
        TreeSet<Integer> starts = new TreeSet<>(Set.of(0));
        for (int i = 0; i < code.steps().size(); i++) {
            Instruction instruction = code.steps().get(i).instruction();
            targets(instruction).forEach(label -> starts.add(code.bci(label)));
            if (ends(instruction)) {
                starts.add(code.end(i));
            }
        }
        int from = 0;
        for (int i = 0; i < code.steps().size(); i++) {
            if (starts.contains(code.end(i)) || i == code.steps().size() - 1) {
                blocks.put(code.steps().get(from).bci(), new Block(from, i + 1));
                from = i + 1;
            }
        }
    }

    private static boolean ends(Instruction instruction) {
        return instruction instanceof BranchInstruction
                || instruction instanceof ReturnInstruction
                || instruction instanceof ThrowInstruction
                || instruction instanceof TableSwitchInstruction
                || instruction instanceof LookupSwitchInstruction;
    }

    private static List<Label> targets(Instruction instruction) {
        List<Label> targets = new ArrayList<>();
        switch (instruction) {
            case BranchInstruction b -> targets.add(b.target());
            case TableSwitchInstruction s -> {
                s.cases().stream().map(SwitchCase::target).forEach(targets::add);
                targets.add(s.defaultTarget());
            }
            case LookupSwitchInstruction s -> {
                s.cases().stream().map(SwitchCase::target).forEach(targets::add);
                targets.add(s.defaultTarget());
            }
            default -> {}
        }
        return targets;
    }

    private void link(Block block) {
        Instruction last = code.steps().get(block.to() - 1).instruction();
        boolean disabled = testsAssertions(block);
        if (!disabled || last.opcode() == Opcode.IFNE) {
            targets(last).forEach(label -> block.link(at(label)));
        }
        boolean falls =
                switch (last) {
                    case BranchInstruction b ->
                            b.opcode() != Opcode.GOTO
                                    && b.opcode() != Opcode.GOTO_W
                                    && !(disabled && b.opcode() == Opcode.IFNE);
                    case ReturnInstruction _,
                            ThrowInstruction _,
                            TableSwitchInstruction _,
                            LookupSwitchInstruction _ ->
                            false;
                    default -> true;
                };
        if (falls) {
            block.link(after(block));
        }
    }

    /** Assertions are off in kernels: {@code if (!$assertionsDisabled) ...} never happens. */
    private boolean testsAssertions(Block block) {
        return block.to() - block.from() >= 2
                && code.steps().get(block.to() - 2).instruction() instanceof FieldInstruction f
                && f.name().equalsString("$assertionsDisabled")
                && code.steps().get(block.to() - 1).instruction() instanceof BranchInstruction b
                && (b.opcode() == Opcode.IFNE || b.opcode() == Opcode.IFEQ);
    }

    private void sort() {
        Deque<Block> path = new ArrayDeque<>();
        Map<Block, Integer> visited = new HashMap<>();
        Block entry = startingAt(0);
        path.push(entry);
        visited.put(entry, 0);
        while (!path.isEmpty()) {
            Block block = path.element();
            int next = visited.merge(block, 1, Integer::sum) - 1;
            // the fall-through last, so that it comes right after the block
            if (next < block.successors().size()) {
                Block successor = block.successors().get(next);
                if (visited.putIfAbsent(successor, 0) == null) {
                    path.push(successor);
                }
            } else {
                order.addFirst(path.pop());
            }
        }
        for (int i = 0; i < order.size(); i++) {
            order.get(i).order(i);
        }
        order.forEach(b -> b.predecessors().removeIf(p -> p.order() < 0));
    }

    private void dominate() {
        Set<Block> done = new HashSet<>(Set.of(order.getFirst()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : order.subList(1, order.size())) {
                Block meet =
                        block.predecessors().stream()
                                .filter(done::contains)
                                .reduce(ControlFlow::meet)
                                .orElseThrow();
                if (done.add(block) || block.dominator() != meet) {
                    block.dominator(meet);
                    changed = true;
                }
            }
        }
    }

    /** {@return the innermost block that dominates both} */
    static Block meet(Block x, Block y) {
        Block a = x;
        Block b = y;
        while (a != b) {
            while (a.order() > b.order()) {
                a = a.dominator();
            }
            while (b.order() > a.order()) {
                b = b.dominator();
            }
        }
        return a;
    }

    private void findLoops() {
        Map<Block, Block.Loop> loops = new HashMap<>();
        for (Block block : order) {
            for (Block header : block.successors()) {
                if (header.order() > block.order()) {
                    continue;
                }
                if (!header.dominates(block)) {
                    throw new UnsupportedKernelException(
                            code.site(code.steps().get(header.from())),
                            "a loop with more than one entry",
                            "compile the class with javac or ecj and without an obfuscator");
                }
                Block.Loop loop = loops.computeIfAbsent(header, Block.Loop::new);
                Deque<Block> work = new ArrayDeque<>(List.of(block));
                while (!work.isEmpty()) {
                    Block member = work.pop();
                    if (loop.body().add(member)) {
                        work.addAll(member.predecessors());
                    }
                }
            }
        }
        loops.values().stream()
                .sorted(Comparator.comparingInt(l -> l.body().size()))
                .forEach(l -> l.body().forEach(b -> b.loops().add(l)));
    }
}
