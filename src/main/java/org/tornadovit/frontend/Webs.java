package org.tornadovit.frontend;

import static java.util.Objects.requireNonNull;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Splits the local variable slots of a method into variables: definitions that reach a common use
 * belong together. Needs no debug information.
 */
final class Webs {
    /** One variable: what a slot holds over a part of the method. */
    static final class Web {
        private final int slot;
        private final List<Integer> definitions = new ArrayList<>();
        private final List<Integer> uses = new ArrayList<>();

        Web(int slot) {
            this.slot = slot;
        }

        /** {@return the steps that assign it, -1 for a parameter's initial value} */
        List<Integer> definitions() {
            return definitions;
        }

        /** {@return the steps that read it} */
        List<Integer> uses() {
            return uses;
        }

        int slot() {
            return slot;
        }

        boolean isParameter() {
            return definitions.contains(-1);
        }
    }

    private final MethodCode code;
    private final ControlFlow flow;
    private final int parameters;
    private final List<Integer> definitionSteps = new ArrayList<>();
    private final List<Integer> definitionSlots = new ArrayList<>();
    private final Map<Integer, Integer> definitionAt = new HashMap<>();
    private final Map<Integer, BitSet> definitionsOf = new HashMap<>();
    private final Map<Block, BitSet> reaching = new HashMap<>();
    private int[] parent = new int[0];
    private final Map<Integer, Web> webs = new HashMap<>();
    private final Map<Integer, Integer> useOf = new HashMap<>();

    /**
     * Finds the variables.
     *
     * @param parameterSlots the slots of the parameters and the receiver
     */
    Webs(MethodCode code, ControlFlow flow, List<Integer> parameterSlots) {
        this.code = code;
        this.flow = flow;
        this.parameters = parameterSlots.size();
        parameterSlots.forEach(slot -> define(-1, slot));
        for (Block block : flow.blocks()) {
            for (int step = block.from(); step < block.to(); step++) {
                int slot = assigned(instruction(step));
                if (slot >= 0) {
                    define(step, slot);
                }
            }
        }
        solve();
        unite();
    }

    /** {@return the variable that a load, store or increment names} */
    Web at(int step) {
        Integer definition = definitionAt.get(step);
        if (definition == null) {
            definition = useOf.get(step);
        }
        return web(requireNonNull(definition, "a read that no assignment reaches"));
    }

    private Web web(int definition) {
        return requireNonNull(webs.get(find(definition)));
    }

    /** {@return the variable that holds a parameter at first} */
    Web parameter(int index) {
        return web(index);
    }

    /** {@return all variables} */
    Collection<Web> all() {
        return webs.values();
    }

    private Instruction instruction(int step) {
        return code.steps().get(step).instruction();
    }

    private static int assigned(Instruction instruction) {
        return switch (instruction) {
            case StoreInstruction s -> s.slot();
            case IncrementInstruction i -> i.slot();
            default -> -1;
        };
    }

    private static int read(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction l -> l.slot();
            case IncrementInstruction i -> i.slot();
            default -> -1;
        };
    }

    private void define(int step, int slot) {
        int definition = definitionSteps.size();
        definitionSteps.add(step);
        definitionSlots.add(slot);
        if (step >= 0) {
            definitionAt.put(step, definition);
        }
        definitionsOf.computeIfAbsent(slot, _ -> new BitSet()).set(definition);
    }

    private void solve() {
        Map<Block, BitSet> leaving = new HashMap<>();
        flow.blocks().forEach(b -> leaving.put(b, new BitSet()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : flow.blocks()) {
                BitSet live = new BitSet();
                if (block.order() == 0) {
                    live.set(0, parameters);
                }
                block.predecessors().forEach(p -> live.or(leaving.get(p)));
                reaching.put(block, (BitSet) live.clone());
                for (int step = block.from(); step < block.to(); step++) {
                    assign(live, step);
                }
                changed |= !live.equals(leaving.put(block, live));
            }
        }
    }

    private void assign(BitSet live, int step) {
        int slot = assigned(instruction(step));
        if (slot >= 0) {
            live.andNot(definitionsOf.get(slot));
            live.set(requireNonNull(definitionAt.get(step)));
        }
    }

    private void unite() {
        parent = IntStream.range(0, definitionSteps.size()).toArray();
        for (Block block : flow.blocks()) {
            BitSet live = (BitSet) requireNonNull(reaching.get(block)).clone();
            for (int step = block.from(); step < block.to(); step++) {
                int slot = read(instruction(step));
                if (slot >= 0) {
                    BitSet sources = (BitSet) live.clone();
                    sources.and(definitionsOf.getOrDefault(slot, new BitSet()));
                    int first = sources.nextSetBit(0);
                    useOf.put(step, first);
                    sources.stream().forEach(d -> parent[find(d)] = find(first));
                    Integer own = definitionAt.get(step);
                    if (own != null) {
                        parent[find(own)] = find(first);
                    }
                }
                assign(live, step);
            }
        }
        for (int d = 0; d < parent.length; d++) {
            int slot = definitionSlots.get(d);
            webs.computeIfAbsent(find(d), _ -> new Web(slot))
                    .definitions()
                    .add(definitionSteps.get(d));
        }
        useOf.forEach((step, d) -> web(d).uses().add(step));
    }

    private int find(int definition) {
        int root = definition;
        while (parent[root] != root) {
            root = parent[root];
        }
        return root;
    }
}
