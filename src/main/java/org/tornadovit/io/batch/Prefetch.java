package org.tornadovit.io.batch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Makes batches ahead in a thread of its own, in order. Two batches' arrays are used in turn beside
 * the one that is out.
 */
public final class Prefetch implements AutoCloseable {
    private static final int AHEAD = 2;

    /** What the thread hands over. */
    private sealed interface Item {}

    private record Ready(Batch batch) implements Item {}

    private record Failed(RuntimeException reason) implements Item {}

    private final BatchSource source;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(AHEAD + 1);
    private final BlockingQueue<Item> made = new ArrayBlockingQueue<>(AHEAD + 1);
    private final Thread thread;
    private Batch out;

    /**
     * Begins to make batches.
     *
     * @param source of the batches
     * @param first number of the first
     * @param end number after the last
     */
    public Prefetch(BatchSource source, long first, long end) {
        this.source = source;
        out = source.empty();
        for (int i = 0; i < AHEAD; i++) {
            free.add(source.empty());
        }
        thread = Thread.ofPlatform().name("input").daemon().unstarted(() -> make(first, end));
        thread.start();
    }

    private void make(long first, long end) {
        try {
            for (long step = first; step < end; step++) {
                made.put(new Ready(source.fill(step, free.take())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException e) {
            made.add(new Failed(e));
        }
    }

    /**
     * {@return the next batch; its arrays are valid until the next call}
     *
     * @throws RuntimeException whatever was wrong with an image of it
     */
    public Batch next() {
        try {
            switch (made.take()) {
                case Ready(Batch batch) -> {
                    free.add(out);
                    out = batch;
                    return batch;
                }
                case Failed(RuntimeException reason) -> {
                    made.add(new Failed(reason)); // whoever asks again is told again
                    throw reason;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for images", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
