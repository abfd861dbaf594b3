package org.tornadovit.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tornadovit.lab.measure.Devices;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What {@code execute()} costs beside the work: tasks of one element, or none. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DispatchBenchmark {
    /** Names of devices. */
    @Param({"jvm", "opencl"})
    public String device = "jvm";

    /** Tasks of the graph. */
    @Param({"0", "1", "10"})
    public int tasks = 1;

    private final FloatArray x = new FloatArray(1);
    private Runnable run = () -> {};
    private Runnable close = () -> {};

    /** Prepares the graph and checks that it counts. */
    @Setup
    public void prepare() {
        TaskGraph graph =
                new TaskGraph("dispatch").transferToDevice(DataTransferMode.FIRST_EXECUTION, x);
        for (int task = 0; task < tasks; task++) {
            graph.task("increment" + task, BenchKernels::increment, x);
        }
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, x);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot());
        plan.withDevice(new Devices().device(device));
        plan.execute();
        plan.execute().transferToHost(x);
        if (x.get(0) != 2.0f * tasks) {
            throw new PeerException("Two executions counted to " + x.get(0) + ".");
        }
        run = plan::execute;
        close = plan::freeDeviceMemory;
    }

    /** One execution. */
    @Benchmark
    public void execute() {
        run.run();
    }

    /** Frees the plan. */
    @TearDown
    public void free() {
        close.run();
    }
}
