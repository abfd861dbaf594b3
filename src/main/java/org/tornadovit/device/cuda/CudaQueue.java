package org.tornadovit.device.cuda;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;

/**
 * Commands of one device, in a stream. Host memory goes through pinned pieces: a write returns when
 * its source is copied to one, a read has its target filled when a piece is used again or at {@link
 * #finish}.
 */
final class CudaQueue implements Queue, Owned {
    /** Pieces in use at a time: one is filled while others are under way. */
    private static final int MOST_PIECES = 4;

    private final CudaDevice device;
    private final long stream;
    private final Staging staging;
    private final Times times;
    private final Deque<Staging.Piece> pieces = new ArrayDeque<>();
    private boolean profiles;
    private boolean closed;

    CudaQueue(CudaDevice device, long stream, Staging staging) {
        this.device = device;
        this.stream = stream;
        this.staging = staging;
        this.times = new Times(stream);
    }

    @Override
    public void profile(boolean on) {
        checkOpen();
        profiles = on;
    }

    @Override
    public Event write(MemorySegment source, Buffer target, long offset) {
        long to = part(target, offset, source.byteSize());
        return timed(() -> {
            for (long at = 0; at < source.byteSize(); ) {
                Staging.Piece piece = piece();
                long bytes = Math.min(piece.room(), source.byteSize() - at);
                MemorySegment part = piece.take(bytes);
                part.copyFrom(source.asSlice(at, bytes));
                Resources.copyToDevice(to + at, part.address(), bytes, stream);
                at += bytes;
            }
        });
    }

    @Override
    public Event read(Buffer source, long offset, MemorySegment target) {
        long from = part(source, offset, target.byteSize());
        return timed(() -> {
            for (long at = 0; at < target.byteSize(); ) {
                Staging.Piece piece = piece();
                long bytes = Math.min(piece.room(), target.byteSize() - at);
                MemorySegment part = piece.take(bytes);
                Resources.copyToHost(part.address(), from + at, bytes, stream);
                piece.arrives(part, target.asSlice(at, bytes));
                at += bytes;
            }
        });
    }

    @Override
    public Event copy(
            Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
        long from = part(source, sourceOffset, bytes);
        long to = part(target, targetOffset, bytes);
        return timed(() -> {
            if (bytes > 0) {
                Resources.copy(to, from, bytes, stream);
            }
        });
    }

    @Override
    public Event launch(Program.Launch launch) {
        checkOpen();
        if (!(launch instanceof CudaLaunch own)) {
            throw new DeviceException(
                    "The kernel was bound on a device that is not " + device.info().name() + ".");
        }
        if (profiles) {
            return timed(() -> own.run(device, stream));
        }
        own.run(device, stream);
        return Event.NONE;
    }

    @Override
    public void finish() {
        checkOpen();
        drain();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        device.forget(this, 0);
        device.enter();
        try {
            drain();
        } finally {
            times.close();
            Resources.destroyStream(stream);
        }
    }

    private void drain() {
        try {
            Resources.synchronize(stream);
            pieces.forEach(Staging.Piece::deliver);
            times.complete();
        } finally {
            staging.giveBack(new ArrayList<>(pieces));
            pieces.clear();
        }
    }

    /** {@return a piece with room: the last one, a new one, or the one used longest ago} */
    private Staging.Piece piece() {
        Staging.Piece last = pieces.peekLast();
        if (last != null) {
            if (last.room() > 0) {
                return last;
            }
            last.seal(stream);
        }
        Staging.Piece next;
        if (pieces.size() < MOST_PIECES) {
            next = staging.borrow();
        } else {
            next = pieces.removeFirst();
            next.await();
        }
        pieces.addLast(next);
        return next;
    }

    private Event timed(Runnable command) {
        if (!profiles) {
            command.run();
            return Event.NONE;
        }
        long start = times.record();
        command.run();
        return times.span(start, times.record());
    }

    private long part(Buffer buffer, long offset, long bytes) {
        checkOpen();
        return CudaBuffer.of(buffer, device).part(offset, bytes);
    }

    private void checkOpen() {
        device.checkOpen();
        if (closed) {
            throw new DeviceException(
                    "A queue of device " + device.info().name() + " is used after it was closed.");
        }
    }
}
