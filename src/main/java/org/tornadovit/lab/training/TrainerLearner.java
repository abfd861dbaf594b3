package org.tornadovit.lab.training;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.tornadovit.io.batch.Batch;
import org.tornadovit.lab.LabException;
import org.tornadovit.nn.Weights;
import org.tornadovit.train.DivergenceException;
import org.tornadovit.train.Trainer;
import org.tornadovit.train.TrainingStep;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A trainer as the laboratory sees it. */
final class TrainerLearner implements Learner {
    private final Trainer trainer;

    TrainerLearner(Trainer trainer) {
        this.trainer = trainer;
    }

    @Override
    public long steps() {
        return trainer.batches();
    }

    @Override
    public Step step(Batch batch) {
        fill(trainer.images(), batch.images());
        fill(trainer.targets(), batch.targets());
        try {
            TrainingStep made = trainer.step();
            return new Step(made.loss(), made.rate());
        } catch (DivergenceException e) {
            throw new LabException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void fill(FloatArray target, float[] values) {
        if (target.getSize() != values.length) {
            throw new IllegalArgumentException(
                    "%d values do not fill %d".formatted(values.length, target.getSize()));
        }
        MemorySegment.copy(
                MemorySegment.ofArray(values), 0, target.getSegment(), 0, 4L * values.length);
    }

    @Override
    public Weights weights() {
        return trainer.recipe().average() > 0 ? trainer.average() : trainer.weights();
    }

    @Override
    public void save(Path file) {
        trainer.save(file);
    }

    @Override
    public void close() {
        trainer.close();
    }
}
