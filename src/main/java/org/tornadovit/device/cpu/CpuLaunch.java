package org.tornadovit.device.cpu;

import java.util.concurrent.atomic.AtomicLong;
import org.tornadovit.device.Program;

/**
 * A kernel with its arguments. Several threads may run it at the same time.
 *
 * <p>A launch remembers how long it took: one that is over before other threads would have woken up
 * runs on the caller alone.
 */
final class CpuLaunch implements Program.Launch, Workers.Job {
    private static final long TINY_NANOS = 10_000;

    private final String name;
    private final GeneratedKernel kernel;
    private final Settlement settlement;
    private final long[] arguments;
    private final long scratchBytes;
    private final long[] cuts;
    private final int chunks;
    private final AtomicLong nanos = new AtomicLong();
    private volatile long usualNanos = Long.MAX_VALUE;

    /**
     * Creates a launch.
     *
     * @param cuts where chunks of units begin that a thread takes at a time; then the end
     */
    CpuLaunch(
            String name,
            GeneratedKernel kernel,
            Settlement settlement,
            long[] arguments,
            long[] cuts) {
        this.name = name;
        this.kernel = kernel;
        this.settlement = settlement;
        this.arguments = arguments;
        this.scratchBytes = kernel.scratchBytes();
        this.cuts = cuts;
        this.chunks = cuts.length - 1;
    }

    String name() {
        return name;
    }

    /** Runs the kernel to its end. */
    void run(Workers workers, Scratch scratch) {
        if (chunks == 0) {
            return;
        }
        settlement.await();
        if (chunks == 1 || usualNanos < TINY_NANOS || workers.threads() == 1) {
            long start = System.nanoTime();
            kernel.run(arguments, scratch.atLeast(scratchBytes), 0, cuts[chunks]);
            remember(System.nanoTime() - start);
        } else {
            nanos.set(0);
            workers.run(this, chunks, scratch);
            remember(nanos.get());
        }
    }

    @Override
    public void run(int chunk, Scratch scratch) {
        long start = System.nanoTime();
        kernel.run(arguments, scratch.atLeast(scratchBytes), cuts[chunk], cuts[chunk + 1]);
        nanos.addAndGet(System.nanoTime() - start);
    }

    /** A moving average: the first runs are slow because the JVM is still compiling. */
    private void remember(long elapsed) {
        long usual = usualNanos;
        usualNanos = usual == Long.MAX_VALUE ? elapsed : usual - usual / 4 + elapsed / 4;
    }
}
