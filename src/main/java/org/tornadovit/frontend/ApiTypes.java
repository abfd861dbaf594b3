package org.tornadovit.frontend;

import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Scalar;

/** The names of the TornadoVM API's classes that kernels mention, as class files spell them. */
final class ApiTypes {
    static final String ROOT = "uk/ac/manchester/tornado/api/";
    static final String CONTEXT = ROOT + "KernelContext";
    static final String HALF = ROOT + "types/HalfFloat";
    static final String BFLOAT = ROOT + "types/BFloat16";
    static final String MATH = ROOT + "math/TornadoMath";
    static final String MATRIX = ROOT + "types/matrix/Matrix2DType";
    static final String PARALLEL = "L" + ROOT + "annotations/Parallel;";
    static final String REDUCE = "L" + ROOT + "annotations/Reduce;";
    static final String VECTOR = "L" + ROOT + "internal/annotations/Vector;";
    static final String FUNCTIONS = ROOT + "common/TornadoFunctions$";

    private static final String ARRAYS = ROOT + "types/arrays/";

    /** Off-heap arrays and their elements. */
    static final Map<String, Scalar> ELEMENTS =
            Map.ofEntries(
                    Map.entry(ARRAYS + "ByteArray", Scalar.I8),
                    Map.entry(ARRAYS + "Int8Array", Scalar.I8),
                    Map.entry(ARRAYS + "FP8Array", Scalar.I8),
                    Map.entry(ARRAYS + "ShortArray", Scalar.I16),
                    Map.entry(ARRAYS + "CharArray", Scalar.U16),
                    Map.entry(ARRAYS + "IntArray", Scalar.I32),
                    Map.entry(ARRAYS + "LongArray", Scalar.I64),
                    Map.entry(ARRAYS + "HalfFloatArray", Scalar.F16),
                    Map.entry(ARRAYS + "BFloat16Array", Scalar.BF16),
                    Map.entry(ARRAYS + "FloatArray", Scalar.F32),
                    Map.entry(ARRAYS + "DoubleArray", Scalar.F64));

    /** Numbers that work-items share. */
    static final Map<String, Scalar> ATOMICS =
            Map.of(
                    "java/util/concurrent/atomic/AtomicInteger",
                    Scalar.I32,
                    "java/util/concurrent/atomic/AtomicLong",
                    Scalar.I64);

    private static final Map<String, Scalar> PRIMITIVES =
            Map.of(
                    "Z", Scalar.BOOL,
                    "B", Scalar.I8,
                    "S", Scalar.I16,
                    "C", Scalar.U16,
                    "I", Scalar.I32,
                    "J", Scalar.I64,
                    "F", Scalar.F32,
                    "D", Scalar.F64);

    private static final Map<String, Scalar> BOXES =
            Map.of(
                    "java/lang/Boolean",
                    Scalar.BOOL,
                    "java/lang/Byte",
                    Scalar.I8,
                    "java/lang/Short",
                    Scalar.I16,
                    "java/lang/Character",
                    Scalar.U16,
                    "java/lang/Integer",
                    Scalar.I32,
                    "java/lang/Long",
                    Scalar.I64,
                    "java/lang/Float",
                    Scalar.F32,
                    "java/lang/Double",
                    Scalar.F64,
                    HALF,
                    Scalar.F16);

    private ApiTypes() {}

    /** {@return the primitive type of a descriptor such as {@code "F"}} */
    static Optional<Scalar> primitive(String descriptor) {
        return Optional.ofNullable(PRIMITIVES.get(descriptor));
    }

    /** {@return the value in a box or a HalfFloat, by internal class name} */
    static Optional<Scalar> boxed(String internalName) {
        return Optional.ofNullable(BOXES.get(internalName));
    }

    /**
     * {@return the element type of an array class: off-heap, primitive or {@code HalfFloat[]}; an
     * atomic number is an array of one element}
     */
    static Optional<Scalar> element(String internalName) {
        if (internalName.startsWith("[")) {
            String component = internalName.substring(1);
            return component.equals("L" + HALF + ";")
                    ? Optional.of(Scalar.F16)
                    : primitive(component);
        }
        return Optional.ofNullable(ELEMENTS.get(internalName))
                .or(() -> Optional.ofNullable(ATOMICS.get(internalName)));
    }

    /** {@return the internal name of a class, as in {@code "[F"} or {@code "java/lang/Math"}} */
    static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /** {@return the internal name that a descriptor of a reference type holds} */
    static String internalName(String descriptor) {
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1)
                : descriptor;
    }
}
