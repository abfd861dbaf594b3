package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;

/** What an operand or a local variable holds while a method is translated. */
sealed interface Value {
    /** A number: a primitive, a box or a HalfFloat. */
    record Number(Expr expr) implements Value {}

    /** The result of {@code lcmp}, {@code fcmpl} or {@code fcmpg}, before it is tested. */
    record Compared(Order order, Expr x, Expr y) implements Value {}

    /** A reference to an array. */
    record OfArray(Array array) implements Value {}

    /**
     * Arrays in arrays, whose elements lie one after the other, row by row.
     *
     * @param start where they begin
     * @param sizes the lengths of the arrays, from the outermost to the innermost; two or more
     */
    record OfRows(Array array, Expr start, List<Integer> sizes) implements Value {
        /** Copies the list. */
        public OfRows {
            sizes = List.copyOf(sizes);
        }

        /** {@return the array that begins at {@code next}, one level further in} */
        Value inside(Expr next) {
            return sizes.size() == 2
                    ? new OfRow(array, next, Const.i32(sizes.getLast()))
                    : new OfRows(array, next, sizes.subList(1, sizes.size()));
        }

        /** {@return the number of elements of an array one level further in} */
        int stride() {
            return sizes.stream().skip(1).reduce(1, Math::multiplyExact);
        }

        /** {@return whether these are all elements of the array} */
        boolean isWhole() {
            return start instanceof Const c && c.bits() == 0;
        }
    }

    /**
     * Arrays in arrays of different lengths, whose elements lie one after the other.
     *
     * @param starts for each level further in, where its arrays begin, counted in those of the
     *     level after it; one more entry says where the last one ends
     * @param first the first of these arrays among all of their level
     * @param size how many there are
     */
    record OfRagged(Array array, List<Array> starts, Expr first, Expr size) implements Value {
        /** Copies the list. */
        public OfRagged {
            starts = List.copyOf(starts);
        }

        /** {@return the array that begins at {@code from} and has so many elements} */
        Value inside(Expr from, Expr count) {
            return starts.size() == 1
                    ? new OfRow(array, from, count)
                    : new OfRagged(array, starts.subList(1, starts.size()), from, count);
        }
    }

    /**
     * One array of numbers in arrays: the elements from {@code start} on.
     *
     * @param columns their number
     */
    record OfRow(Array array, Expr start, Expr columns) implements Value {}

    /** {@code Half2} values in local memory, two 16-bit halves each. */
    record OfHalves(Array array) implements Value {}

    /**
     * An array of objects, whose fields are arrays of the kernel's.
     *
     * @param objects the array when the kernel is translated
     * @param type the class of the elements
     * @param state whether an element is null
     */
    record OfObjects(Source source, Object[] objects, Class<?> type, Array state)
            implements Value {}

    /**
     * An element of an array of objects, or an object in it.
     *
     * @param path fields that lead to the object
     * @param index a constant, or a variable that changes only with what refers to the element
     */
    record OfElement(OfObjects array, List<Field> path, Expr index) implements Value {
        /** Copies the list. */
        public OfElement {
            path = List.copyOf(path);
        }

        /** {@return the class of the object} */
        Class<?> type() {
            return path.isEmpty() ? array.type() : path.getLast().getType();
        }

        /** {@return the fields that lead to one of this object's} */
        List<Field> pathTo(Field field) {
            return Stream.concat(path.stream(), Stream.of(field)).toList();
        }

        /** {@return the object in a field of this one} */
        OfElement inside(Field field) {
            return new OfElement(array, pathTo(field), index);
        }

        /** {@return whether this lies at the same place in an element, maybe another one} */
        boolean isBeside(OfElement other) {
            return array.state() == other.array.state() && path.equals(other.path);
        }
    }

    /**
     * A memory segment, or a slice of one, as an array.
     *
     * @param bytes size of the whole segment
     * @param first where the slice begins, in units; unchanging
     * @param unit 1, 2, 4 or 8 bytes
     * @param size size of the slice in bytes, {@code i64}; unchanging
     */
    record OfSegment(Source source, Array array, long bytes, Expr first, int unit, Expr size)
            implements Value {
        /** {@return a whole segment} */
        static OfSegment whole(Source source, Array array, long bytes) {
            return new OfSegment(source, array, bytes, Const.i64(0), Long.BYTES, Const.i64(bytes));
        }

        /** {@return whether this is the whole segment} */
        boolean isWhole() {
            return first instanceof Const c
                    && c.bits() == 0
                    && size instanceof Const n
                    && n.bits() == bytes;
        }
    }

    /** The KernelContext. */
    record Context() implements Value {}

    /** Any other object. */
    record OfObject(Source source, Object object) implements Value {}

    /** An object that the kernel created. */
    record OfInstance(Instance instance) implements Value {}

    /** The null reference. */
    record Null() implements Value {}

    /** An object between {@code new} and its constructor. */
    final class Raw implements Value {
        private final String type;

        Raw(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** How a comparison instruction treats NaN. */
    enum Order {
        /** Integers. */
        TOTAL,
        /** NaN compares as less. */
        NAN_LESS,
        /** NaN compares as greater. */
        NAN_GREATER
    }

    /** {@return the number of stack slots of the value} */
    default int slots() {
        return this instanceof Number(var expr) && expr.type().scalar().bytes() == 8 ? 2 : 1;
    }

    /** {@return whether two references are to the same thing for certain} */
    static boolean same(Value x, Value y) {
        return switch (x) {
            case Number(var a) -> y instanceof Number(var b) && Trees.same(a, b);
            case OfArray(var a) -> y instanceof OfArray(var b) && a == b;
            case OfRows(var a, var start, var sizes) ->
                    y instanceof OfRows(var b, var from, var others)
                            && a == b
                            && Trees.same(start, from)
                            && sizes.equals(others);
            case OfRagged(var a, _, var start, _) ->
                    y instanceof OfRagged(var b, _, var from, _)
                            && a == b
                            && Trees.same(start, from);
            case OfRow(var a, var start, _) ->
                    y instanceof OfRow(var b, var from, _) && a == b && Trees.same(start, from);
            case OfHalves(var a) -> y instanceof OfHalves(var b) && a == b;
            case OfObjects a -> y instanceof OfObjects b && a.state() == b.state();
            case OfElement a ->
                    y instanceof OfElement b && a.isBeside(b) && Trees.same(a.index(), b.index());
            case OfSegment a ->
                    y instanceof OfSegment b
                            && a.array() == b.array()
                            && a.unit() == b.unit()
                            && Trees.same(a.first(), b.first())
                            && Trees.same(a.size(), b.size());
            case Context() -> y instanceof Context;
            case OfObject(_, var a) -> y instanceof OfObject(_, var b) && a == b;
            case OfInstance(var a) -> y instanceof OfInstance(var b) && a == b;
            case Null() -> y instanceof Null;
            case Raw raw -> raw == y;
            case Compared _ -> false;
        };
    }
}
