package org.tornadovit.ir;

import java.util.List;

/** A step with an effect. */
public sealed interface Stmt extends Node
        permits Stmt.Assign,
                Stmt.Store,
                Stmt.Atomic,
                Stmt.Allocate,
                Stmt.Sequence,
                Stmt.Labeled,
                Stmt.If,
                Stmt.For,
                Stmt.Loop,
                Stmt.Break,
                Stmt.Continue,
                Stmt.Return,
                Stmt.Barrier,
                Stmt.Check {

    /** {@code target = value}. */
    record Assign(Var target, Expr value) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * {@code array[index] = value}; a vector value fills contiguous elements from {@code index}.
     */
    record Store(Array array, Expr index, Expr value, Site site) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * {@code result = array[index]; array[index] = result op value}, indivisible.
     *
     * @param op ADD, SUB, MUL, MIN, MAX, AND, OR or XOR
     * @param result receives the value before the operation
     */
    record Atomic(BinaryOp op, Array array, Expr index, Expr value, Var result, Site site)
            implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * Creates a local or private array; a private one is filled with zeros each time this statement
     * is reached. Renderers need a constant length.
     */
    record Allocate(Array array, Expr length, Site site) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Statements in order; may be empty. */
    record Sequence(List<Stmt> body) implements Stmt {
        /** Nothing. */
        public static final Sequence EMPTY = new Sequence(List.of());

        /** Copies the list. */
        public Sequence {
            body = List.copyOf(body);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A block that {@code Break(label)} leaves. */
    record Labeled(Label label, Stmt body) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A choice; a missing branch is {@link Sequence#EMPTY}. */
    record If(Expr condition, Stmt yes, Stmt no) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * A counted loop: {@code for (index = start; step > 0 ? index < bound : index > bound; index +=
     * step)}.
     *
     * <p>{@code start} and {@code bound} are evaluated once, before the loop. The body does not
     * assign {@code index}, whose value after the loop is undefined. Iterations of a PARALLEL or
     * GRID loop may run in any order and at the same time; such a loop is left by no Break.
     *
     * @param index {@code i32} or {@code i64}; {@code start} and {@code bound} have its type
     * @param step not 0; the index does not overflow
     */
    record For(Label label, Var index, Expr start, Expr bound, long step, Run run, Stmt body)
            implements Stmt {
        /** {@return how often a counted loop with these constants runs; at most 2^63 - 1} */
        public static long trips(long start, long bound, long step) {
            boolean runs = step > 0 ? start < bound : start > bound;
            if (!runs) {
                return 0;
            }
            long distance = step > 0 ? bound - start : start - bound;
            long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
            return distance < 0 ? Long.MAX_VALUE : Math.ceilDiv(distance, stride);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Repeats until left by {@code Break(label)} or {@code Return}. */
    record Loop(Label label, Stmt body) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Leaves the enclosing {@link Labeled}, {@link Loop} or {@link For} named {@code label}. */
    record Break(Label label) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Starts the next iteration of the enclosing {@link Loop} or {@link For} {@code label}. */
    record Continue(Label label) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Ends the work-item; in a loop kernel it stands outside every PARALLEL loop. */
    record Return() implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * All work-items of the group meet here; accesses to {@code space} before it are visible after.
     */
    record Barrier(Space space) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** What a failed {@link Check} means to the user. */
    enum Trap {
        /** {@code ArrayIndexOutOfBoundsException}. */
        INDEX,
        /** {@code ArithmeticException}: integer division by zero. */
        DIVISION,
        /** {@code NullPointerException}: an element of an array of objects. */
        NULL,
        /** A group that does not consist of whole warps of 32 items. */
        WARP,
        /** {@code NegativeArraySizeException}. */
        SIZE,
        /** {@code IllegalArgumentException}: a lower bound above the upper one. */
        ARGUMENT,
        /** {@code ArithmeticException}: a result that its type cannot hold. */
        OVERFLOW,
        /** {@code IllegalArgumentException}: a matrix that is not square. */
        SHAPE
    }

    /**
     * When {@code condition} is false, records the trap for the host and ends the work-item.
     *
     * @param value {@code i32}: what the message shows (the index)
     */
    record Check(Expr condition, Trap trap, Expr value, Site site) implements Stmt {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
