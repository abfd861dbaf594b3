package uk.ac.manchester.tornado.api;

import java.util.AbstractList;
import java.util.ArrayList;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The results of a plan's latest executions; the older ones are forgotten. Thread-safe. */
final class PlanResults extends AbstractList<TornadoExecutionResult> {
    private static final int KEPT = 4096;

    private final ArrayList<TornadoExecutionResult> ring = new ArrayList<>();
    private int count;

    @Override
    public synchronized boolean add(TornadoExecutionResult result) {
        if (ring.size() < KEPT) {
            ring.add(result);
        } else {
            ring.set(count % KEPT, result);
        }
        count = Math.incrementExact(count);
        return true;
    }

    @Override
    public synchronized TornadoExecutionResult get(int index) {
        if (index < 0 || index >= count || index < count - KEPT) {
            throw new TornadoRuntimeException(
                    "there is no result "
                            + index
                            + " among the latest "
                            + ring.size()
                            + " of "
                            + count
                            + " executions");
        }
        return ring.get(index % KEPT);
    }

    @Override
    public synchronized int size() {
        return count;
    }
}
