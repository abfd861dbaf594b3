package org.tornadovit.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.models.BuiltModel;
import org.tornadovit.nn.Section;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A model's task graphs in an execution plan on one device. */
final class ModelPrepared implements Prepared {
    private final BuiltModel built;
    private final TornadoExecutionPlan plan;
    private final List<Section.Part> parts = new ArrayList<>();

    ModelPrepared(BuiltModel built, TornadoDevice device, Precision precision) {
        this.built = built;
        ImmutableTaskGraph[] graphs = built.graphs();
        plan = new TornadoExecutionPlan(graphs);
        plan.withDevice(device);
        if (precision != Precision.FP32) {
            plan.withCompilerFlags(
                    device.getTornadoVMBackend(), "-tornadovit-storage=" + precision.key());
        }
        for (int graph = 0; graph < graphs.length; graph++) {
            TornadoDevice chosen = plan.getDevice(graph);
            if (chosen != device) { // a silent fallback would be measured as the device asked for
                throw new LabException(
                        "The runtime put part %d of the model on %s instead of %s."
                                .formatted(graph, chosen, device));
            }
        }
        String section = "";
        for (Section.Task task : built.tasks()) {
            if (!task.section().equals(section)) {
                section = task.section();
                parts.add(task.part());
            }
        }
        if (parts.size() != graphs.length) {
            throw new IllegalStateException(
                    "%d graphs have the tasks of %d sections"
                            .formatted(graphs.length, parts.size()));
        }
    }

    @Override
    public int batch() {
        return built.batch();
    }

    @Override
    public void input(float[] images) {
        FloatArray input = built.input();
        if (images.length != input.getSize()) {
            throw new LabException(
                    "The model takes %d input values, not %d."
                            .formatted(input.getSize(), images.length));
        }
        for (int i = 0; i < images.length; i++) {
            input.set(i, images[i]);
        }
    }

    @Override
    public void run() {
        plan.execute();
    }

    @Override
    public Split runByParts() {
        long stem = 0;
        long total = 0;
        try {
            for (int graph = 0; graph < parts.size(); graph++) {
                plan.withGraph(graph);
                long start = System.nanoTime();
                plan.execute();
                long time = System.nanoTime() - start;
                total += time;
                stem += parts.get(graph) == Section.Part.STEM ? time : 0;
            }
        } finally {
            plan.withAllGraphs();
        }
        return new Split(stem / 1e6, total / 1e6);
    }

    @Override
    public float[] logits() {
        return built.logits().toHeapArray();
    }

    @Override
    public float[] features() {
        return built.features().toHeapArray();
    }

    @Override
    public Optional<Work> runAndCount() {
        plan.clearProfiles();
        plan.withProfiler(ProfilerMode.SILENT);
        try {
            String log = plan.execute().getProfilerResult().getProfileLog();
            return ExecutedTasks.work(log, built.tasks(), built.batch());
        } finally {
            plan.withoutProfiler();
        }
    }

    @Override
    public long deviceBytes() {
        return plan.getCurrentDeviceMemoryUsage();
    }

    @Override
    public void close() {
        try {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new LabException("The execution plan cannot be closed.", e);
        }
    }
}
