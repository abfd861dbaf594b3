package org.tornadovit.codegen.ptx;

import java.lang.foreign.MemorySegment;

/** A work-item: its registers and where it is. */
final class Item {
    final long[] registers;
    final int[] local;
    final Group group;
    final MemorySegment own;
    int at;
    boolean waits;
    boolean done;

    /** What the items of a group share. */
    record Group(int[] number, int[] size, int[] count, MemorySegment shared, long[] parameters) {}

    Item(int registers, int[] local, Group group, MemorySegment own) {
        this.registers = new long[registers];
        this.local = local;
        this.group = group;
        this.own = own;
    }
}
