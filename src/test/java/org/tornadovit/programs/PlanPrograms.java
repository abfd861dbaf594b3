package org.tornadovit.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.grid;
import static org.tornadovit.programs.Check.ints;
import static org.tornadovit.programs.Check.near;
import static org.tornadovit.programs.Check.same;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Programs of several tasks, graphs and executions. */
final class PlanPrograms {
    private PlanPrograms() {}

    private static void expand(
            IntArray levels, IntArray matrix, int nodes, IntArray changed, IntArray depth) {
        for (@Parallel int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                if (matrix.get(to * nodes + from) == 1 && levels.get(to) == depth.get(0)) {
                    if (levels.get(from) == -1) {
                        levels.set(from, depth.get(0) + 1);
                        changed.set(from, 1);
                    }
                }
            }
        }
    }

    /** Levels of a graph: one execution a level, until nothing changes. */
    static void breadthFirst(TornadoDevice device) throws Exception {
        int nodes = 40;
        IntArray matrix = new IntArray(nodes * nodes);
        for (int i = 0; i < nodes - 1; i++) {
            matrix.set(i * nodes + i + 1, i % 7 == 3 ? 0 : 1);
            matrix.set(i * nodes + (i * 3 + 1) % nodes, 1);
        }
        IntArray levels = new IntArray(nodes);
        levels.init(-1);
        levels.set(0, 0);
        IntArray wanted = IntArray.fromArray(levels.toHeapArray());
        IntArray changed = new IntArray(nodes);
        IntArray depth = new IntArray(1);
        TaskGraph graph =
                new TaskGraph("bfs")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, matrix, levels)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, changed, depth)
                        .task("t0", PlanPrograms::expand, levels, matrix, nodes, changed, depth)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, levels, changed);
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            do {
                changed.init(0);
                plan.execute();
                depth.set(0, depth.get(0) + 1);
            } while (sum(changed) > 0);
        }
        for (int d = 0; d < nodes; d++) {
            expand(wanted, matrix, nodes, new IntArray(nodes), IntArray.fromElements(d));
        }
        same(levels, wanted);
    }

    private static int sum(IntArray array) {
        int sum = 0;
        for (int i = 0; i < array.getSize(); i++) {
            sum += array.get(i);
        }
        return sum;
    }

    private static void relax(FloatArray in, FloatArray out, int n) {
        for (@Parallel int i = 1; i < n - 1; i++) {
            for (@Parallel int j = 1; j < n - 1; j++) {
                float sum = in.get((i - 1) * n + j) + in.get((i + 1) * n + j);
                sum += in.get(i * n + j - 1) + in.get(i * n + j + 1);
                out.set(i * n + j, sum * 0.25f);
            }
        }
    }

    private static void copy(FloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            out.set(i, in.get(i));
        }
    }

    /** Jacobi's iteration: two tasks, many executions, one result at the end. */
    static void jacobi(TornadoDevice device) throws Exception {
        int n = 24;
        FloatArray a = floats(n * n, 3);
        FloatArray b = new FloatArray(n * n);
        FloatArray x = floats(n * n, 3);
        FloatArray y = new FloatArray(n * n);
        TaskGraph graph =
                new TaskGraph("jacobi")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
                        .task("relax", PlanPrograms::relax, a, b, n)
                        .task("copy", PlanPrograms::copy, b, a)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, a);
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            TornadoExecutionResult result = plan.execute();
            for (int i = 1; i < 20; i++) {
                result = plan.execute();
            }
            result.transferToHost(a);
        }
        for (int i = 0; i < 20; i++) {
            relax(x, y, n);
            copy(y, x);
        }
        near(a, x, 1e-5);
    }

    private static void project(FloatArray x, FloatArray w, FloatArray out) {
        int n = x.getSize();
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += w.get(i * n + j) * x.get(j);
            }
            out.set(i, sum);
        }
    }

    private static void addTo(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) + y.get(i));
        }
    }

    private static void activate(FloatArray x, IntArray position) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, Math.max(x.get(i), 0) + position.get(0) * 0.01f);
        }
    }

    private static void scaled(KernelContext context, FloatArray x, FloatArray out) {
        int i = context.globalIdx;
        out.set(i, x.get(i) * 0.5f);
    }

    /** A decoder's way: a graph a layer, states that stay on the device, a step a token. */
    static void layers(TornadoDevice device) throws Exception {
        int dim = 32;
        int layers = 3;
        FloatArray x = new FloatArray(dim);
        FloatArray state = new FloatArray(dim);
        FloatArray logits = new FloatArray(dim);
        IntArray position = new IntArray(1);
        List<FloatArray> weights = new ArrayList<>();
        List<ImmutableTaskGraph> graphs = new ArrayList<>();
        graphs.add(
                new TaskGraph("start")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("halve", PlanPrograms::scaled, new KernelContext(), x, x)
                        .persistOnDevice(x)
                        .snapshot());
        GridScheduler grids = new GridScheduler("start.halve", grid(dim, 8));
        for (int layer = 0; layer < layers; layer++) {
            FloatArray w = floats(dim * dim, layer);
            weights.add(w);
            graphs.add(
                    new TaskGraph("layer" + layer)
                            .consumeFromDevice(layer == 0 ? "start" : "layer" + (layer - 1), x)
                            .transferToDevice(DataTransferMode.FIRST_EXECUTION, w, state)
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, position)
                            .task("project", PlanPrograms::project, x, w, state)
                            .task("activate", PlanPrograms::activate, state, position)
                            .task("add", PlanPrograms::addTo, x, state)
                            .persistOnDevice(x)
                            .snapshot());
        }
        graphs.add(
                new TaskGraph("logits")
                        .consumeFromDevice("layer" + (layers - 1), x)
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, logits)
                        .task("scale", PlanPrograms::scaled, new KernelContext(), x, logits)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, logits)
                        .snapshot());
        grids.addWorkerGrid("logits.scale", grid(dim, 16));
        ImmutableTaskGraph[] all = graphs.toArray(ImmutableTaskGraph[]::new);
        try (var plan = new TornadoExecutionPlan(all)) {
            plan.withDevice(device);
            plan.withPreCompilation();
            for (int token = 0; token < 4; token++) {
                FloatArray input = floats(dim, 50 + token);
                for (int i = 0; i < dim; i++) {
                    x.set(i, input.get(i));
                }
                position.set(0, token);
                for (int g = 0; g < all.length; g++) {
                    plan.withGraph(g).withGridScheduler(grids).execute();
                }
                near(logits, expected(input, weights, token), 1e-4);
            }
        }
    }

    private static FloatArray expected(FloatArray x, List<FloatArray> weights, int position) {
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) * 0.5f);
        }
        FloatArray state = new FloatArray(x.getSize());
        for (FloatArray w : weights) {
            project(x, w, state);
            activate(state, IntArray.fromElements(position));
            addTo(x, state);
        }
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) * 0.5f);
        }
        return x;
    }

    /** The same with CUDA's graphs asked for, which other devices do without. */
    static void cudaGraphs(TornadoDevice device) throws Exception {
        FloatArray x = floats(64, 1);
        FloatArray y = new FloatArray(64);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("copy", PlanPrograms::copy, x, y)
                        .task("add", PlanPrograms::addTo, y, x)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withCUDAGraph();
            for (int n = 0; n < 3; n++) {
                x.set(5, n);
                plan.execute();
                assertThat(y.get(5)).isEqualTo(2f * n);
            }
        }
    }

    private static void total(IntArray in, @Reduce IntArray out) {
        out.set(0, 0);
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            out.set(0, out.get(0) + in.get(i));
        }
    }

    /** Profiles name every time that the API knows, and sums hold. */
    static void profiled(TornadoDevice device) throws Exception {
        IntArray in = ints(4096, 0, 9, 1);
        IntArray out = new IntArray(1);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                        .task("t", PlanPrograms::total, in, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            var result = plan.withDevice(device).withProfiler(ProfilerMode.SILENT).execute();
            var profile = result.getProfilerResult();
            assertThat(out.get(0)).isEqualTo(sum(in));
            assertThat(profile.getTotalTime()).isPositive();
            assertThat(profile.getDeviceKernelTime()).isPositive();
            assertThat(profile.getDataTransfersTime())
                    .isEqualTo(profile.getDeviceWriteTime() + profile.getDeviceReadTime());
            assertThat(profile.getTotalBytesCopyIn()).isGreaterThanOrEqualTo(4 * 4096);
            assertThat(profile.getTotalBytesCopyOut()).isGreaterThanOrEqualTo(4);
            assertThat(profile.getTotalBytesTransferred())
                    .isEqualTo(profile.getTotalBytesCopyIn() + profile.getTotalBytesCopyOut());
            assertThat(profile.getCompileTime())
                    .isGreaterThanOrEqualTo(
                            profile.getTornadoCompilerTime() + profile.getDriverInstallTime());
            assertThat(profile.getKernelDispatchTime()).isNotNegative();
            assertThat(profile.getDataTransferDispatchTime()).isNotNegative();
            assertThat(profile.getTotalDeviceMemoryUsage()).isPositive();
            assertThat(profile.getProfileLog()).contains("TOTAL_KERNEL_TIME");
            plan.clearProfiles().withoutProfiler().execute();
        }
    }

    private static void doubled(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            out.set(i, in.get(i) * 2);
        }
    }

    /** More data than a batch holds, the last batch smaller. */
    static void batches(TornadoDevice device) throws Exception {
        IntArray in = ints(1_000_003, -99, 99, 1);
        IntArray out = new IntArray(1_000_003);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                        .task("t", PlanPrograms::doubled, in, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withBatch("1MB").withMemoryLimit("64MB").execute();
        }
        IntArray wanted = new IntArray(1_000_003);
        doubled(in, wanted);
        same(out, wanted);
    }

    /** Only a part of the result is fetched. */
    static void partOfAResult(TornadoDevice device) throws Exception {
        IntArray in = ints(1000, -99, 99, 1);
        IntArray out = new IntArray(1000);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, in)
                        .task("t", PlanPrograms::doubled, in, out)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, out)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            TornadoExecutionResult result = plan.withDevice(device).execute();
            assertThat(result.isReady()).isTrue();
            DataRange range = new DataRange(out).withOffset(500).withSize(250);
            result.transferToHost(range);
            assertThat(out.get(499)).isZero();
            assertThat(out.get(500)).isEqualTo(2 * in.get(500));
            assertThat(out.get(749)).isEqualTo(2 * in.get(749));
            assertThat(out.get(750)).isZero();
        }
    }

    /** A part of an array of one graph is an array of another. */
    static void region(TornadoDevice device) throws Exception {
        IntArray whole = ints(64, 0, 99, 1);
        IntArray twice = new IntArray(64);
        IntArray part = new IntArray(16);
        IntArray result = new IntArray(16);
        ImmutableTaskGraph first =
                new TaskGraph("first")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, whole)
                        .task("t", PlanPrograms::doubled, whole, twice)
                        .persistOnDevice(twice)
                        .snapshot();
        ImmutableTaskGraph second =
                new TaskGraph("second")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, part)
                        .task("t", PlanPrograms::doubled, part, result)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, result)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(first, second)) {
            plan.withDevice(device).withGraph(0).execute();
            plan.mapOnDeviceMemoryRegion(part, twice, 32, 0, 1);
            plan.withGraph(1).execute();
        }
        for (int i = 0; i < 16; i++) {
            assertThat(result.get(i)).isEqualTo(4 * whole.get(32 + i));
        }
    }

    /** A plan's answers to questions. */
    static void answers(TornadoDevice device) throws Exception {
        IntArray in = ints(64, 0, 99, 1);
        IntArray out = new IntArray(64);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                        .task("t", PlanPrograms::doubled, in, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        long before = TornadoExecutionPlan.getTotalPlans();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withWarmUpIterations(2).withDefaultScheduler();
            TornadoExecutionResult result = plan.execute();
            assertThat(plan.getPlanResult(0)).isNotNull();
            assertThat(result.getProfilerResult()).isNotNull();
            assertThat(plan.getDevice(0).getDeviceName()).isEqualTo(device.getDeviceName());
            assertThat(plan.getCurrentDeviceMemoryUsage()).isPositive();
            assertThat(plan.getTraceExecutionPlan()).contains("Device");
            assertThat(plan.toString()).isNotBlank();
            assertThat(plan.getId()).isNotNegative();
            assertThat(TornadoExecutionPlan.getTotalPlans()).isGreaterThanOrEqualTo((int) before);
            plan.freeDeviceMemory();
            plan.resetDevice();
            plan.execute();
            assertThat(out.get(3)).isEqualTo(2 * in.get(3));
        }
    }

    /** The same lambda in a loop with another number each time. */
    static void captured(TornadoDevice device) throws Exception {
        TaskGraph graph = new TaskGraph("g");
        IntArray data = new IntArray(20);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, data);
        for (int k = 1; k <= 5; k++) {
            final int step = k;
            graph.task(
                    "t" + k,
                    (IntArray a) -> {
                        for (@Parallel int i = 0; i < a.getSize(); i++) {
                            a.set(i, a.get(i) * 10 + step);
                        }
                    },
                    data);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, data);
        Check.run(device, graph);
        assertThat(data.toHeapArray()).containsOnly(12345);
    }

    /** Sizes that change between the executions of a plan, by another plan of the same tasks. */
    static void growing(TornadoDevice device) throws Exception {
        for (int size : new int[] {1, 7, 64, 1000}) {
            IntArray in = ints(size, -9, 9, size);
            IntArray out = new IntArray(size);
            TaskGraph graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                            .task("t", PlanPrograms::doubled, in, out)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
            Check.run(device, graph);
            IntArray wanted = new IntArray(size);
            doubled(in, wanted);
            same(out, wanted);
        }
    }
}
