package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/** One command of a graph's execution, bound to its queue, memory and kernel. */
sealed interface Step {
    /** {@return the queue that gets the command} */
    Queue queue();

    /** Gives the command to its queue. */
    Event run();

    /** Copies an array to a device. */
    record CopyIn(Queue queue, HostArray array, Buffer buffer) implements Step {
        @Override
        public Event run() {
            array.pack();
            return queue.write(array.memory(), buffer, 0);
        }
    }

    /** Copies an array to the host; {@link #arrived} is called when the queue has finished. */
    record CopyOut(Queue queue, HostArray array, Buffer buffer) implements Step {
        @Override
        public Event run() {
            return queue.read(buffer, 0, array.memory());
        }

        void arrived() {
            array.unpack();
        }
    }

    /**
     * Copies an array from one device to another, through the host.
     *
     * @param between host memory of the array's size
     */
    record CopyAcross(Queue from, Buffer source, Queue to, Buffer target, MemorySegment between)
            implements Step {
        @Override
        public Queue queue() {
            return to;
        }

        @Override
        public Event run() {
            from.read(source, 0, between);
            from.finish();
            return to.write(between, target, 0);
        }
    }

    /** Copies between two memories of one device. */
    record Copy(
            Queue queue,
            Buffer source,
            long sourceOffset,
            Buffer target,
            long targetOffset,
            long bytes)
            implements Step {
        @Override
        public Event run() {
            return queue.copy(source, sourceOffset, target, targetOffset, bytes);
        }
    }

    /** Gives memory that the runtime added its content. */
    record Fill(Queue queue, MemorySegment content, Buffer buffer) implements Step {
        @Override
        public Event run() {
            return queue.write(content, buffer, 0);
        }
    }

    /** Runs a kernel of task number {@code task}. */
    record Launch(Queue queue, Program.Launch launch, int task) implements Step {
        @Override
        public Event run() {
            return queue.launch(launch);
        }
    }

    /**
     * Gives back the memory of an array, after the kernels that prepared it have run; that of the
     * host as well when the array lies in a file.
     *
     * @param queues those of the devices that hold the array; first that of the last kernel
     */
    record Release(List<Queue> queues, GraphMemory memory, DeviceArray array) implements Step {
        @Override
        public Queue queue() {
            return queues.getFirst();
        }

        @Override
        public Event run() {
            queues.forEach(Queue::finish);
            memory.release(array);
            array.host().rest();
            return Event.NONE;
        }
    }

    /** Reads what the checks of a kernel recorded. */
    record ReadReport(Queue queue, Buffer buffer, MemorySegment report, BoundStage stage)
            implements Step {
        @Override
        public Event run() {
            return queue.read(buffer, 0, report);
        }
    }
}
