package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Buffer;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Scalar;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The device memory of one graph: its own arrays, those lent by other graphs, and scratch. */
final class GraphMemory {
    private final String graph;
    private final Budget budget;
    private final Storage storage;
    private final Map<Object, DeviceArray> own = new IdentityHashMap<>();
    private final Map<Object, DeviceArray> lent = new IdentityHashMap<>();
    private final List<Buffer> others = new ArrayList<>();
    private final Map<LogicalDevice, List<Buffer>> pools = new HashMap<>();
    private final Map<Integer, Prepared> prepared = new HashMap<>();

    GraphMemory(String graph, Budget budget, Storage storage) {
        this.graph = graph;
        this.budget = budget;
        this.storage = storage;
    }

    /** How much device memory may be reserved, and how much is. */
    static final class Budget {
        private final long limit;
        private long bytes;

        Budget(long limit) {
            this.limit = limit;
        }

        /** {@return the bytes that are reserved} */
        long bytes() {
            return bytes;
        }
    }

    /** {@return the device array of a host array, null if the graph has none} */
    @Nullable DeviceArray existing(Object array) {
        DeviceArray borrowed = lent.get(array);
        return borrowed == null ? own.get(array) : borrowed;
    }

    /** {@return the device array of a host array} */
    DeviceArray array(Object array) {
        DeviceArray known = existing(array);
        return known == null
                ? own.computeIfAbsent(array, a -> new DeviceArray(storage.host(a)))
                : known;
    }

    /** Takes another graph's device array for a host array. */
    void borrow(Object array, DeviceArray from) {
        Scalar stored = from.host().element();
        if (stored != storage.host(array).element()) {
            throw new TornadoRuntimeException(
                    "graph "
                            + graph
                            + " takes an array that another graph stores as "
                            + stored
                            + "; give all graphs of the plan the same -tornadovit-storage");
        }
        lent.put(array, from);
    }

    /** {@return an array's memory on a device} */
    Buffer buffer(DeviceArray array, LogicalDevice device) {
        Buffer existing = array.existing(device);
        if (existing != null) {
            return existing;
        }
        long bytes = array.host().deviceBytes();
        check(bytes);
        Buffer buffer = array.buffer(device);
        budget.bytes += bytes;
        return buffer;
    }

    /** Gives back the memory of an array of which only what was made from it is needed. */
    void release(DeviceArray array) {
        budget.bytes -= array.close();
    }

    /** {@return memory of the graph's own} */
    Buffer allocate(LogicalDevice device, long size) {
        Buffer buffer = reserve(device, size);
        others.add(buffer);
        return buffer;
    }

    private Buffer reserve(LogicalDevice device, long size) {
        check(size);
        Buffer buffer = device.toolchain().device().allocate(size);
        budget.bytes += size;
        return buffer;
    }

    /** {@return what a task has made from constants, which outlives a new binding of the task} */
    Prepared prepared(int index, CompiledTask task) {
        Prepared known = prepared.get(index);
        if (known != null && known.task == task) {
            return known;
        }
        if (known != null) {
            known.buffers.values().forEach(this::close);
        }
        Prepared made = new Prepared(task);
        prepared.put(index, made);
        return made;
    }

    /** Says that all tasks have made what they make from constants. */
    void constantsAreReady() {
        prepared.values().forEach(p -> p.ready = true);
    }

    /** Memory that a task fills once from constants. */
    final class Prepared {
        private final CompiledTask task;
        private final Map<Array, Buffer> buffers = new HashMap<>();
        private boolean ready;

        private Prepared(CompiledTask task) {
            this.task = task;
        }

        Buffer buffer(LogicalDevice device, Array array, long size) {
            return buffers.computeIfAbsent(array, _ -> reserve(device, size));
        }

        boolean isReady() {
            return ready;
        }
    }

    private void close(Buffer buffer) {
        budget.bytes -= buffer.bytes();
        buffer.close();
    }

    /** Reserves the memory that tasks use one after the other, a size for each slot. */
    void pool(LogicalDevice device, List<Long> sizes) {
        List<Buffer> pool = new ArrayList<>();
        for (long size : sizes) {
            pool.add(allocate(device, size));
        }
        pools.put(device, pool);
    }

    Buffer pooled(LogicalDevice device, int slot) {
        return pools.getOrDefault(device, List.of()).get(slot);
    }

    private void check(long size) {
        if (budget.bytes + size > budget.limit) {
            throw new TornadoMemoryException(
                    "graph "
                            + graph
                            + " needs more than its limit of "
                            + budget.limit
                            + " bytes of device memory; raise the plan's withMemoryLimit");
        }
    }

    /** Releases the arrays that the graph uses no more, because fields hold others now. */
    void keepOnly(Set<Object> arrays) {
        own.entrySet()
                .removeIf(entry -> {
                    boolean unused = !arrays.contains(entry.getKey());
                    if (unused) {
                        release(entry.getValue());
                    }
                    return unused;
                });
    }

    /** Releases everything but the arrays and what was made from constants. */
    void releaseScratch() {
        others.forEach(this::close);
        others.clear();
        pools.clear();
    }

    void close() {
        own.values().forEach(this::release);
        others.forEach(this::close);
        prepared.values().forEach(p -> p.buffers.values().forEach(this::close));
        prepared.clear();
        own.clear();
        lent.clear();
        others.clear();
        pools.clear();
    }
}
