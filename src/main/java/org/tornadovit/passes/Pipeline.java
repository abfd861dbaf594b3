package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

/** The way from the front end's kernel to kernels for a device: the list of passes, in order. */
public final class Pipeline {
    /** The pass after which indices are sums, where they are, and nothing is made for a device. */
    public static final String PLAIN = "simplify again";

    private Pipeline() {}

    /**
     * What is known of the task that a kernel is compiled for.
     *
     * @param scalars the value of every scalar parameter
     * @param lengths the number of elements of every array parameter
     * @param constants array parameters that the device gets once and nobody writes
     */
    public record Task(Map<Var, Const> scalars, Map<Array, Integer> lengths, Set<Array> constants) {
        /** Copies the collections. */
        public Task {
            scalars = Map.copyOf(scalars);
            lengths = Map.copyOf(lengths);
            constants = Set.copyOf(constants);
        }
    }

    /** A named rewrite. */
    private record Pass(String name, UnaryOperator<Kernel> rewrite) {}

    /**
     * Compiles a kernel for a device.
     *
     * @return the stages to launch, with grids
     */
    public static Lowering lower(Kernel kernel, Task task, Target target) {
        return lower(kernel, task, target, (_, _) -> {});
    }

    /**
     * Compiles a kernel for a device.
     *
     * @param observer is shown the kernel after each pass, with the name of the pass
     */
    public static Lowering lower(
            Kernel kernel, Task task, Target target, BiConsumer<String, Kernel> observer) {
        List<Pass> passes =
                List.of(
                        new Pass(
                                "specialise",
                                k -> Specialise.apply(k, task.scalars(), task.lengths())),
                        new Pass("simplify", Simplify::apply),
                        new Pass("forward", Forward::apply),
                        new Pass("lengths", Lengths::apply),
                        new Pass(PLAIN, Simplify::apply),
                        new Pass("scalarise", Scalarise::apply),
                        new Pass("bounds", k -> Bounds.apply(k, task.lengths())),
                        new Pass("simplify checks", Simplify::apply),
                        new Pass("promote", Promote::apply));
        Kernel current = Verifier.verify(kernel);
        observer.accept("front end", current);
        for (Pass pass : passes) {
            current = pass.rewrite().apply(current);
            observer.accept(pass.name(), current);
        }
        Lengths.require(current);
        if (current.form() == Kernel.Form.WORK_ITEM) {
            Lowering.Stage stage = new Lowering.Stage(current, List.of(), Lowering.When.ALWAYS);
            return new Lowering(List.of(stage), Map.of());
        }
        if (target.isOneItem()) {
            Lowering.Stage stage = OneItem.stage(current, target);
            observer.accept("schedule", Verifier.verify(stage.kernel()));
            return new Lowering(List.of(stage), Map.of());
        }
        List<Lowering.Stage> stages = new ArrayList<>();
        Map<Array, Long> scratch = new LinkedHashMap<>();
        for (Kernel piece : Split.apply(current)) {
            Lowering part = schedule(piece, target, task.constants());
            stages.addAll(part.stages());
            scratch.putAll(part.scratch());
            for (Lowering.Stage stage : part.stages()) {
                observer.accept("schedule", Verifier.verify(stage.kernel()));
            }
        }
        return new Lowering(stages, scratch);
    }

    private static Lowering schedule(Kernel kernel, Target target, Set<Array> constants) {
        return Reduce.apply(kernel, target)
                .map(reduction -> {
                    List<Lowering.Stage> stages =
                            reduction.kernels().stream().map(k -> stage(k, target)).toList();
                    return new Lowering(stages, reduction.scratch());
                })
                .orElseGet(() -> whole(KeepOrder.apply(kernel), target, constants));
    }

    private static Lowering whole(Kernel kernel, Target target, Set<Array> constants) {
        return GroupTile.apply(kernel, target)
                .or(() -> Tile.apply(kernel, target, constants))
                .orElseGet(() -> new Lowering(List.of(stage(kernel, target)), Map.of()));
    }

    private static Lowering.Stage stage(Kernel kernel, Target target) {
        Kernel strips = StripMine.apply(kernel, target);
        Kernel rows = InterleaveRows.apply(strips, target);
        Kernel mapped = Simplify.apply(MapParallel.apply(rows));
        List<Long> grid = MapParallel.grid(mapped, target.cores());
        return new Lowering.Stage(mapped, grid, Lowering.When.ALWAYS);
    }
}
