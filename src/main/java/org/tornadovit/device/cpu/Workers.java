package org.tornadovit.device.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the device. The caller of {@link #run} works too; the others take chunks from a
 * shared counter, spin for a moment when there is nothing to do, then sleep.
 *
 * <p>{@code ticket} holds the number of the job in its upper half and the number of chunks nobody
 * has taken in its lower half. Who takes one may read the job: it stays until every chunk is done.
 */
final class Workers implements AutoCloseable {
    private static final long SPIN_NANOS = 50_000;
    private static final long ONE_JOB = 1L << 32;

    private final Worker[] workers;
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean closed;

    private volatile @Nullable Thread waiter;
    private @Nullable Job job;
    private int chunks;
    private int firstFailed;
    private @Nullable Throwable failure;

    /** Work in numbered chunks. */
    interface Job {
        /** Runs chunk {@code chunk} with the working memory of the calling thread. */
        void run(int chunk, Scratch scratch);
    }

    /** Starts {@code threads - 1} threads. */
    Workers(int threads) {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
            workers[i].start();
        }
    }

    int threads() {
        return workers.length + 1;
    }

    /**
     * Runs all chunks. When another thread has the workers, the caller does everything itself.
     *
     * <p>A failure stops the chunks after it; that of the first failing chunk is thrown.
     */
    void run(Job newJob, int count, Scratch scratch) {
        if (workers.length == 0 || count == 1 || !taken.compareAndSet(false, true)) {
            for (int i = 0; i < count; i++) {
                newJob.run(i, scratch);
            }
            return;
        }
        Throwable failed;
        try {
            publish(newJob, count);
            while (takeChunk(scratch)) {
                Thread.onSpinWait();
            }
            awaitOthers();
            failed = failure;
            failure = null;
        } finally {
            taken.set(false);
        }
        if (failed instanceof RuntimeException e) {
            throw e;
        }
        if (failed instanceof Error e) {
            throw e;
        }
    }

    private void publish(Job newJob, int count) {
        job = newJob;
        chunks = count;
        firstFailed = Integer.MAX_VALUE;
        unfinished.set(count);
        ticket.set((ticket.get() & -ONE_JOB) + ONE_JOB + count);
        int needed = Math.min(count - 1, workers.length);
        for (int i = 0; i < needed; i++) {
            if (workers[i].sleeping) {
                LockSupport.unpark(workers[i]);
            }
        }
    }

    /** {@return false when no chunk is left} */
    private boolean takeChunk(Scratch scratch) {
        while (true) {
            long seen = ticket.get();
            int left = (int) seen;
            if (left == 0) {
                return false;
            }
            if (ticket.compareAndSet(seen, seen - 1)) {
                runChunk(chunks - left, scratch);
                return true;
            }
        }
    }

    private void runChunk(int chunk, Scratch scratch) {
        try {
            Job current = job;
            if (current != null && chunk < firstFailed) {
                current.run(chunk, scratch);
            }
        } catch (RuntimeException | Error e) {
            fail(chunk, e);
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                Thread sleeper = waiter;
                if (sleeper != null) {
                    LockSupport.unpark(sleeper);
                }
            }
        }
    }

    private synchronized void fail(int chunk, Throwable e) {
        if (chunk < firstFailed) {
            firstFailed = chunk;
            failure = e;
        }
    }

    private void awaitOthers() {
        long start = System.nanoTime();
        while (unfinished.get() > 0) {
            Thread.onSpinWait();
            if (System.nanoTime() - start > SPIN_NANOS) {
                waiter = Thread.currentThread();
                while (unfinished.get() > 0) {
                    LockSupport.park(this);
                }
                waiter = null;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    private final class Worker extends Thread {
        private volatile boolean sleeping;

        Worker(int number) {
            super("tornado-vit jvm " + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            try (Scratch scratch = new Scratch()) {
                while (!closed) {
                    if (!takeChunk(scratch)) {
                        await();
                    }
                }
            }
        }

        private void await() {
            long start = System.nanoTime();
            while (System.nanoTime() - start < SPIN_NANOS) {
                if ((int) ticket.get() != 0 || closed) {
                    return;
                }
                Thread.onSpinWait();
            }
            sleeping = true;
            while ((int) ticket.get() == 0 && !closed) {
                LockSupport.park(Workers.this);
            }
            sleeping = false;
        }
    }
}
