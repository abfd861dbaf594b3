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

/**
 * Single kernels: products of matrices as in a ViT, and kernels that memory bounds. {@code
 * scripts/bench kernels} sets them against ceilings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /** Names of devices. */
    @Param({"jvm", "opencl"})
    public String device = "jvm";

    /** Names of {@link KernelCase}s. */
    @Param({
        "linear 197x768x768",
        "linear 197x3072x768",
        "linear 197x768x3072",
        "linear 1576x768x768",
        "linear 199x773x769",
        "linear 50x384x1000",
        "layer norm",
        "softmax",
        "gelu",
        "add",
        "copy"
    })
    public String kernel = "copy";

    private AutoCloseable closeable = () -> {};
    private Runnable run = () -> {};

    /** Prepares the kernel and checks its answer. */
    @Setup
    public void prepare() {
        KernelRun prepared = new KernelRun(KernelCase.named(kernel), new Devices().device(device));
        run = prepared;
        closeable = prepared;
    }

    /** One execution. */
    @Benchmark
    public void execute() {
        run.run();
    }

    /** Frees the plan. */
    @TearDown
    public void free() throws Exception {
        closeable.close();
    }
}
