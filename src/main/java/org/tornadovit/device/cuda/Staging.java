package org.tornadovit.device.cuda;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Pinned host memory between arrays and a device, which copies from and to such memory by itself
 * and at full speed. It costs much to make, so queues borrow pieces and give them back.
 */
final class Staging {
    /** The size of a piece. */
    static final long PIECE = 4 << 20;

    /** What copies within a piece are aligned to. */
    private static final long ALIGNMENT = 64;

    private final ConcurrentLinkedDeque<Piece> idle = new ConcurrentLinkedDeque<>();

    /** {@return an empty piece, to be given back} */
    Piece borrow() {
        Piece piece = idle.poll();
        return piece == null
                ? new Piece(Resources.allocatePinned(PIECE), Resources.createEvent())
                : piece;
    }

    /** Takes pieces that no command uses. */
    void giveBack(List<Piece> pieces) {
        pieces.forEach(Piece::clear);
        idle.addAll(pieces);
    }

    /** Releases what was given back. */
    void close() {
        for (Piece piece = idle.poll(); piece != null; piece = idle.poll()) {
            Resources.destroyEvent(piece.event);
            Resources.freePinned(piece.memory);
        }
    }

    /** A part of a piece that a command reads into, to be copied to the host when it has run. */
    private record Arrival(MemorySegment from, MemorySegment to) {}

    /** Memory that is filled from its start, and an event after the last command that uses it. */
    static final class Piece {
        private final MemorySegment memory;
        private final long event;
        private final List<Arrival> arrivals = new ArrayList<>();
        private long used;

        Piece(MemorySegment memory, long event) {
            this.memory = memory;
            this.event = event;
        }

        /** {@return the bytes that are left} */
        long room() {
            return PIECE - used;
        }

        /** {@return the next part of a size that there is room for} */
        MemorySegment take(long bytes) {
            MemorySegment part = memory.asSlice(used, bytes);
            used = Math.min(PIECE, Math.ceilDiv(used + bytes, ALIGNMENT) * ALIGNMENT);
            return part;
        }

        /** Has a part copied to {@code target} when the commands have run. */
        void arrives(MemorySegment part, MemorySegment target) {
            arrivals.add(new Arrival(part, target));
        }

        /** Lets {@link #await} wait for the commands given to a stream so far. */
        void seal(long stream) {
            Resources.record(event, stream);
        }

        /** Waits for the commands before {@link #seal} and makes the piece empty. */
        void await() {
            Resources.await(event);
            deliver();
            clear();
        }

        /** Copies what was read to the host; the commands have run. */
        void deliver() {
            arrivals.forEach(arrival -> arrival.to.copyFrom(arrival.from));
            arrivals.clear();
        }

        private void clear() {
            arrivals.clear();
            used = 0;
        }
    }
}
