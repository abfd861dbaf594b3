package org.tornadovit.ir;

import java.util.List;

/** A value. Expressions have no effect; memory is read where the statement they are in stands. */
public sealed interface Expr extends Node
        permits Var,
                Const,
                Expr.Length,
                Expr.WorkItem,
                Expr.Unary,
                Expr.Binary,
                Expr.Select,
                Expr.Cast,
                Expr.Bitcast,
                Expr.Load,
                Expr.Call,
                Expr.Broadcast,
                Expr.Lane,
                Expr.Reduce {

    /** {@return the type of the value} */
    Type type();

    /** The number of elements of an array, {@code i32}. */
    record Length(Array array) implements Expr {
        @Override
        public Type type() {
            return Type.I32;
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

    /** What a work-item can ask about its place in the launch. */
    enum Query {
        GLOBAL_ID,
        LOCAL_ID,
        GROUP_ID,
        GLOBAL_SIZE,
        LOCAL_SIZE,
        GROUP_COUNT
    }

    /**
     * A place or size of the launch, {@code i32}; only in kernels written with a KernelContext.
     *
     * @param query what is asked
     * @param axis 0, 1 or 2 for x, y, z
     */
    record WorkItem(Query query, int axis) implements Expr {
        @Override
        public Type type() {
            return Type.I32;
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

    /** {@code op x}. */
    record Unary(UnaryOp op, Expr x) implements Expr {
        @Override
        public Type type() {
            return x.type();
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

    /** {@code x op y}; both operands are always evaluated. */
    record Binary(BinaryOp op, Expr x, Expr y) implements Expr {
        @Override
        public Type type() {
            return op.isComparison()
                    ? x.type().lanes() == 1 ? Type.BOOL : new Type(Scalar.BOOL, x.type().lanes())
                    : x.type();
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

    /** {@code condition ? yes : no}; all three are evaluated, so none may need a check. */
    record Select(Expr condition, Expr yes, Expr no) implements Expr {
        @Override
        public Type type() {
            return yes.type();
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

    /**
     * Java's conversion of {@code x} to {@code type}: integers wrap or widen (U16 by zeros),
     * floating point to integer saturates and NaN gives 0, narrowing floating point rounds to
     * nearest even. {@code BOOL} converts to 0 and 1.
     */
    record Cast(Type type, Expr x) implements Expr {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The same bits as another type of the same size, as {@link Float#floatToRawIntBits}. */
    record Bitcast(Type type, Expr x) implements Expr {
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
     * The element {@code array[index]}, or {@code type.lanes()} contiguous elements from {@code
     * index} on.
     *
     * @param index {@code i32} or {@code i64}, in elements
     */
    record Load(Array array, Expr index, Type type, Site site) implements Expr {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A mathematical function; the type is the operands'. */
    record Call(Function function, List<Expr> arguments) implements Expr {
        /** Checks the number of operands. */
        public Call {
            arguments = List.copyOf(arguments);
            if (arguments.size() != function.arity()) {
                throw new IllegalArgumentException(
                        function + " takes " + function.arity() + " operands: " + arguments);
            }
        }

        @Override
        public Type type() {
            return arguments.getFirst().type();
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

    /** The scalar {@code x} in all lanes of {@code type}. */
    record Broadcast(Type type, Expr x) implements Expr {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** One lane of the vector {@code x}, counted from 0. */
    record Lane(Expr x, int lane) implements Expr {
        @Override
        public Type type() {
            return x.type().withLanes(1);
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

    /** All lanes of {@code x} combined by {@code op} (ADD, MUL, MIN or MAX) in any order. */
    record Reduce(BinaryOp op, Expr x) implements Expr {
        @Override
        public Type type() {
            return x.type().withLanes(1);
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
}
