package org.tornadovit.device.cpu;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the vector code of a kernel compiled, on a thread of its own, from when the kernel is loaded:
 * other kernels are translated meanwhile. Whoever runs the kernel waits until that is done.
 *
 * <p>The interpreter makes an object of every vector, a thousand times slower than compiled code;
 * what it learns of the Vector API's methods on the way also makes HotSpot compile each of those,
 * and differently from start to start.
 */
final class Settlement {
    /** Operations that the interpreter needs as long for as the compiler for the method. */
    private static final double WORTHWHILE = 50_000;

    private static final int FEW = 64;
    private static final int FIRST_ROUNDS = 3;

    /** More would tell HotSpot that the method never does anything. */
    private static final int MOST_ROUNDS = 32;

    private static final long PAUSE_NANOS = 10_000_000;

    private static final ExecutorService THREAD =
            Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "tornado-vit settlement");
                thread.setDaemon(true);
                return thread;
            });

    /** Of a kernel that has nothing to be compiled before it runs. */
    static final Settlement NONE = new Settlement(() -> {});

    static {
        NONE.task.run();
    }

    private final FutureTask<Void> task;
    private volatile boolean over;

    private Settlement(Runnable settle) {
        task = new FutureTask<>(settle, null);
    }

    /** Begins to have a kernel compiled, if it has vectors and enough to do. */
    static Settlement of(GeneratedKernel kernel) {
        if (kernel.vectorMethods() == 0 || kernel.work() < WORTHWHILE) {
            return NONE;
        }
        Settlement settlement = new Settlement(() -> settle(kernel));
        THREAD.execute(settlement.task);
        return settlement;
    }

    private static void settle(GeneratedKernel kernel) {
        JitDirectives.await();
        try (Scratch scratch = new Scratch()) {
            kernel.rehearse(scratch.atLeast(kernel.scratchBytes()));
        }
        for (int i = 0; i < kernel.vectorMethods(); i++) {
            haveCompiled(kernel, i);
        }
    }

    /**
     * Calls a method until it is compiled, which shows in calls that take less than half as long.
     * HotSpot wants more calls when it has much to do.
     */
    private static void haveCompiled(GeneratedKernel kernel, int method) {
        long interpreted = fastest(kernel, method);
        for (int i = 0; i < MOST_ROUNDS && fastest(kernel, method) > interpreted / 2; i++) {
            if (i >= FIRST_ROUNDS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            kernel.callDry(method, WarmUp.COMPILED);
        }
    }

    /** {@return the time of a few calls; the shortest of several, to leave pauses out} */
    private static long fastest(GeneratedKernel kernel, int method) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            kernel.callDry(method, FEW);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    /** Waits until the kernel may run. */
    void await() {
        if (over) {
            return;
        }
        boolean interrupted = false;
        while (!over) {
            try {
                task.get();
                over = true;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
