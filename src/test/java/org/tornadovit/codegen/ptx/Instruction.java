package org.tornadovit.codegen.ptx;

/** A step of a work-item; jumps set where it goes on. */
@FunctionalInterface
interface Instruction {
    void run(Item item);
}
