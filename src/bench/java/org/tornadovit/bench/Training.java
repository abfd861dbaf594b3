package org.tornadovit.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.models.Numerics;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Weights;
import org.tornadovit.train.Optimizer;
import org.tornadovit.train.Schedule;
import org.tornadovit.train.Trainer;
import org.tornadovit.train.TrainingRecipe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A step of training on the devices of this project and in libtorch, in turn. */
@Command(
        name = "scripts/bench train",
        description = {
            "A step of training of a small ViT (32 px, patches of 4) with AdamW, here and by",
            "libtorch's eager mode, in turn, from the same weights. The losses are compared first."
        },
        mixinStandardHelpOptions = true)
final class Training implements Callable<Integer> {
    private static final int CLASSES = 10;
    private static final int ROUNDS = 5;
    private static final int COMPARED = 3;
    private static final float RATE = 1e-4f;

    @Option(names = "--dim", description = "Features of a token (default: 192).")
    private int dim = 192;

    @Option(names = "--depth", description = "Blocks (default: 9).")
    private int depth = 9;

    @Option(names = "--batch", description = "Images of a step (default: 64).")
    private int batch = 64;

    @Option(names = "--device", split = ",", description = "Devices (default: jvm).")
    private List<String> devices = List.of("jvm");

    @Option(names = "--seconds", description = "Time for everyone (default: 20).")
    private double seconds = 20;

    private final Devices found = new Devices();

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Training()).execute(arguments));
    }

    @Override
    public Integer call() {
        Vit vit =
                new Vit(
                        "small",
                        new VitConfiguration(
                                32,
                                3,
                                new PatchStem(4),
                                dim,
                                depth,
                                dim / 64,
                                4 * dim,
                                CLASSES,
                                Pool.CLASS_TOKEN,
                                Position.LEARNED_1D,
                                Representation.DIRECT),
                        Numerics.TIMM);
        Weights start = vit.randomWeights(1);
        float[] images = new float[batch * 3 * 32 * 32];
        float[] targets = new float[batch * CLASSES];
        Random random = new Random(2);
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        for (int n = 0; n < batch; n++) {
            targets[n * CLASSES + random.nextInt(CLASSES)] = 1;
        }
        TrainingRecipe recipe =
                new TrainingRecipe(
                        new Optimizer.AdamW(0), new Schedule(RATE, 0, 1, Schedule.Decay.CONSTANT));
        Map<String, Runnable> runners = new LinkedHashMap<>();
        List<Trainer> trainers = new ArrayList<>();
        try (LibTorchTraining peer =
                new LibTorchTraining(vit, start, batch, images, targets, RATE)) {
            double[] losses = new double[COMPARED];
            for (int i = 0; i < COMPARED; i++) {
                losses[i] = peer.step();
            }
            runners.put(LibTorchTraining.version(), peer::step);
            for (String name : found.select(devices)) {
                Trainer trainer =
                        new Trainer(vit, start, recipe, batch, Optional.of(found.device(name)));
                trainers.add(trainer);
                fill(trainer, images, targets);
                for (int i = 0; i < COMPARED; i++) {
                    compare(name, i, trainer.step().loss(), losses[i]);
                }
                runners.put(name, trainer::step);
            }
            print(new Race(seconds, ROUNDS).run(runners), vit);
        } finally {
            trainers.forEach(Trainer::close);
        }
        return 0;
    }

    private static void fill(Trainer trainer, float[] images, float[] targets) {
        for (int i = 0; i < images.length; i++) {
            trainer.images().set(i, images[i]);
        }
        for (int i = 0; i < targets.length; i++) {
            trainer.targets().set(i, targets[i]);
        }
    }

    private static void compare(String name, int step, double ours, double theirs) {
        if (!(Math.abs(ours - theirs) <= 1e-3 * Math.abs(theirs))) {
            throw new PeerException(
                    "Step %d has loss %s on %s and %s in libtorch."
                            .formatted(step + 1, ours, name, theirs));
        }
    }

    private void print(Map<String, Sample> samples, Vit vit) {
        double flop = 6.0 * vit.macs().total() * batch;
        double peer = samples.values().iterator().next().median();
        samples.forEach((name, sample) ->
                System.out.printf(
                        Locale.ROOT,
                        "%-16s %8.1f ms a step, best %8.1f, %6.1f GFLOP/s, %.2f x libtorch%n",
                        name,
                        sample.median(),
                        sample.min(),
                        flop / sample.median() / 1e6,
                        peer / sample.median()));
    }
}
