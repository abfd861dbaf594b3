package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Runs a method as Java and as an interpreted kernel and compares all memory bit for bit. */
public final class Differential {
    private Differential() {}

    /** {@return the static method called {@code name}} */
    static Method method(Class<?> owner, String name) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(m -> m.getName().equals(name) && !Modifier.isPrivate(m.getModifiers()))
                .findFirst()
                .orElseThrow();
    }

    /** {@return the kernel of a method for these arguments} */
    static Translation translate(KernelMethod method, Object... arguments) {
        Translation translation = Translator.translate(method, method.bindings(List.of(arguments)));
        Verifier.verify(translation.kernel());
        return translation;
    }

    /** {@return the kernel of the static method {@code owner.name}} */
    static Kernel kernel(Class<?> owner, String name, Object... arguments) {
        return translate(KernelMethod.of(method(owner, name)), arguments).kernel();
    }

    /** Compares the method {@code owner.name} with its kernel. */
    static Kernel check(Class<?> owner, String name, Object... arguments) {
        return check(KernelMethod.of(method(owner, name)), arguments);
    }

    /** Compares a method with its kernel. */
    public static Kernel check(KernelMethod method, Object... arguments) {
        return check(translate(method, arguments), method, arguments);
    }

    /** Compares a method with its translation. */
    static Kernel check(Translation translation, KernelMethod method, Object... arguments) {
        Kernel kernel = translation.kernel();
        List<Object> all = method.arguments(List.of(arguments));
        Map<org.tornadovit.ir.Array, MemorySegment> memory = interpret(translation, all);
        java(method.method(), all);
        compare(translation, memory, all);
        return kernel;
    }

    /**
     * Compares a method of work-items with its translation.
     *
     * @param java runs it as Java, on the arguments
     */
    public static void checkItems(
            KernelMethod method, Runnable java, int[] items, int[] group, Object... arguments) {
        Translation translation = translate(method, arguments);
        List<Object> all = method.arguments(List.of(arguments));
        var memory = interpret(translation, all, items, group);
        java.run();
        compare(translation, memory, all);
    }

    private static void compare(
            Translation translation,
            Map<org.tornadovit.ir.Array, MemorySegment> memory,
            List<Object> arguments) {
        Kernel kernel = translation.kernel();
        List<Object> values = translation.values(arguments);
        for (int i = 0; i < values.size(); i++) {
            if (kernel.params().get(i) instanceof Param.OfArray(var array)) {
                List<Object> expected = elements(values.get(i));
                List<Object> found = new ArrayList<>();
                for (int j = 0; j < expected.size(); j++) {
                    found.add(Arithmetic.read(memory.get(array), array.element(), j));
                }
                expected.replaceAll(bits -> withoutPayload(array.element(), (long) bits));
                found.replaceAll(bits -> withoutPayload(array.element(), (long) bits));
                assertThat(found)
                        .as(() -> array + " of\n" + Printer.print(kernel))
                        .isEqualTo(expected);
            }
        }
    }

    /** Runs the kernel on copies of the arguments and returns the memory of its arrays. */
    static Map<org.tornadovit.ir.Array, MemorySegment> interpret(
            Translation translation, List<Object> arguments) {
        return interpret(translation, arguments, new int[] {1, 1, 1}, new int[] {1, 1, 1});
    }

    /** Runs the kernel over a grid. */
    static Map<org.tornadovit.ir.Array, MemorySegment> interpret(
            Translation translation, List<Object> arguments, int[] global, int[] group) {
        Map<org.tornadovit.ir.Array, MemorySegment> memory = new HashMap<>();
        Map<Var, Const> scalars = new HashMap<>();
        List<Object> values = translation.values(arguments);
        for (int i = 0; i < values.size(); i++) {
            switch (translation.kernel().params().get(i)) {
                case Param.OfArray(var array) ->
                        memory.put(array, copy(values.get(i), array.element()));
                case Param.OfScalar(var variable) ->
                        scalars.put(variable, constant(variable.type(), values.get(i)));
                case Param.OfContext _ -> {}
            }
        }
        Interpreter.run(translation.kernel(), memory, scalars, global, group);
        return memory;
    }

    /** Java does not say which NaN comes out of an operation. */
    private static long withoutPayload(Scalar type, long bits) {
        return switch (type) {
            case F32 ->
                    Float.isNaN(Float.intBitsToFloat((int) bits))
                            ? Float.floatToIntBits(Float.NaN)
                            : bits;
            case F16 -> Float.isNaN(Float.float16ToFloat((short) bits)) ? 0x7e00 : bits;
            case BF16 -> (bits & 0x7fff) > 0x7f80 ? 0x7fc0 : bits;
            case F64 -> Double.doubleToLongBits(Double.longBitsToDouble(bits));
            default -> bits;
        };
    }

    private static void java(Method method, List<Object> arguments) {
        try {
            method.setAccessible(true);
            if (Modifier.isStatic(method.getModifiers())) {
                method.invoke(null, arguments.toArray());
            } else {
                method.invoke(
                        arguments.getFirst(), arguments.subList(1, arguments.size()).toArray());
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemorySegment copy(Object array, Scalar element) {
        List<Object> values = elements(array);
        MemorySegment memory =
                Arena.ofAuto().allocate((long) values.size() * element.bytes() + 0L, 64);
        for (int i = 0; i < values.size(); i++) {
            Arithmetic.write(memory, element, i, (long) values.get(i));
        }
        return memory;
    }

    /** The elements of an array as the bits of {@link Const}. */
    static List<Object> elements(Object array) {
        List<Object> bits = new ArrayList<>();
        if (array instanceof TornadoNativeArray nativeArray) {
            Scalar element = ((Binding.OfArray) Binding.of(array)).element();
            for (int i = 0; i < nativeArray.getSize(); i++) {
                bits.add(Arithmetic.read(nativeArray.getSegment(), element, i));
            }
        } else if (array instanceof Object[] rows && rows.getClass().componentType().isArray()) {
            Stream.of(rows).forEach(row -> bits.addAll(elements(row)));
        } else {
            for (int i = 0; i < Array.getLength(array); i++) {
                bits.add(bits(Array.get(array, i)));
            }
        }
        return bits;
    }

    private static Const constant(Type type, Object value) {
        return new Const(type, bits(value));
    }

    private static long bits(Object value) {
        return switch (value) {
            case Boolean b -> b ? 1 : 0;
            case Character c -> c;
            case Float f -> Float.floatToRawIntBits(f) & 0xffffffffL;
            case Double d -> Double.doubleToRawLongBits(d);
            case HalfFloat h -> h.getHalfFloatValue() & 0xffff;
            case Number n -> n.longValue();
            default -> throw new IllegalArgumentException(value + " is no scalar");
        };
    }
}
