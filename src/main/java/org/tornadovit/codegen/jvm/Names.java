package org.tornadovit.codegen.jvm;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Names that generated code refers to. */
final class Names {
    /** Generated classes live beside the device that loads them. */
    static final String PACKAGE = "org.tornadovit.device.cpu";

    static final ClassDesc GENERATED_KERNEL = ClassDesc.of(PACKAGE, "GeneratedKernel");
    static final ClassDesc MEMORY = ClassDesc.of(PACKAGE, "Memory");
    static final ClassDesc TRAP = ClassDesc.of(PACKAGE, "Trap");
    static final ClassDesc ATOMICS = ClassDesc.of(PACKAGE, "Atomics");
    static final ClassDesc BFLOAT16 = ClassDesc.of(PACKAGE, "Bfloat16");
    static final ClassDesc MORE_MATH = ClassDesc.of(PACKAGE, "MoreMath");
    static final ClassDesc WARM_UP = ClassDesc.of(PACKAGE, "WarmUp");
    static final ClassDesc HALF_VECTORS = ClassDesc.of(PACKAGE, "HalfVectors");

    static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    static final ClassDesc FLOAT = ConstantDescs.CD_Float;
    static final ClassDesc DOUBLE = ConstantDescs.CD_Double;
    static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
    static final ClassDesc LONG = ConstantDescs.CD_Long;
    static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    static final ClassDesc LAYOUT = ClassDesc.of("java.lang.foreign.ValueLayout");
    static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");

    static final ClassDesc VECTOR = vector("Vector");
    static final ClassDesc VECTOR_MASK = vector("VectorMask");
    static final ClassDesc VECTOR_SPECIES = vector("VectorSpecies");
    static final ClassDesc VECTOR_OPERATORS = vector("VectorOperators");

    private Names() {}

    /** {@return a type of the Vector API} */
    static ClassDesc vector(String name) {
        return ClassDesc.of("jdk.incubator.vector", name);
    }

    /** {@return a nested type of VectorOperators} */
    static ClassDesc operator(String kind) {
        return VECTOR_OPERATORS.nested(kind);
    }

    static MethodTypeDesc method(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }
}
