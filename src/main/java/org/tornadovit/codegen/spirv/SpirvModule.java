package org.tornadovit.codegen.spirv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;

/**
 * A module: what its functions share, each type, constant and input once, in the order of first
 * use. Modules are SPIR-V 1.0 with addresses of 64 bits; what is declared brings its capability.
 *
 * <p>In registers F16 and BF16 are floats that hold a value of the narrow type. In memory BOOL is a
 * byte, BF16 16 bits, and F16 a half where it is only pointed to and 16 bits where it is declared.
 */
final class SpirvModule {
    static final int MAGIC = 0x07230203;

    private static final int VERSION_1_0 = 0x00010000;
    private static final String NO_WRAP = "SPV_KHR_no_integer_wrap_decoration";
    private static final String FAST_MATH = "SPV_INTEL_fp_fast_math_mode";

    /** The widest vector of SPIR-V. */
    private static final int MOST_LANES = 16;

    private static final int FEW_LANES = 4;

    private final Set<Integer> capabilities = new TreeSet<>();
    private final Set<String> extensions = new TreeSet<>();
    private final Map<List<Integer>, Integer> shared = new HashMap<>();
    private final Map<BuiltIn, Integer> inputs = new TreeMap<>();
    private final Set<Integer> named = new HashSet<>();
    private final Words names = new Words();
    private final Words decorations = new Words();
    private final Words globals = new Words();
    private final int openClSet = id();
    private int last;

    SpirvModule() {
        capabilities.add(Operand.ADDRESSES);
        capabilities.add(Operand.KERNEL);
    }

    /** {@return a new id} */
    int id() {
        return ++last;
    }

    /** {@return the extended instructions of OpenCL} */
    int openClSet() {
        return openClSet;
    }

    /** {@return the type of a value in registers} */
    int type(Type type) {
        int scalar = scalar(type.scalar());
        return type.isVector() ? vector(scalar, type) : scalar;
    }

    /** {@return the type of elements of an array in memory, or of several of them at once} */
    int memory(Scalar scalar, int lanes) {
        return type(
                new Type(
                        switch (scalar) {
                            case BOOL -> Scalar.I8;
                            case F16, BF16 -> Scalar.I16;
                            case I8, I16, U16, I32, I64, F32, F64 -> scalar;
                        },
                        lanes));
    }

    /** {@return the type of a half, which is pointed to only} */
    int half() {
        capabilities.add(Operand.FLOAT16_BUFFER);
        return shared(Op.TYPE_FLOAT, Short.SIZE);
    }

    int voidType() {
        return shared(Op.TYPE_VOID);
    }

    /** {@return the type of pointers to a type} */
    int pointer(int storage, int pointee) {
        return shared(Op.TYPE_POINTER, storage, pointee);
    }

    /** {@return the type of arrays with that many elements} */
    int array(int element, long length) {
        return shared(Op.TYPE_ARRAY, element, constant(Const.i64(length)));
    }

    /** {@return the type of functions without result} */
    int procedure(List<Integer> parameters) {
        List<Integer> operands = new ArrayList<>(List.of(voidType()));
        operands.addAll(parameters);
        return shared(Op.TYPE_FUNCTION, operands.stream().mapToInt(i -> i).toArray());
    }

    /** {@return where arrays of a space live} */
    static int storage(Space space) {
        return switch (space) {
            case GLOBAL -> Operand.CROSS_WORKGROUP;
            case LOCAL -> Operand.WORKGROUP;
            case PRIVATE -> Operand.FUNCTION;
        };
    }

    /** {@return a constant} */
    int constant(Const constant) {
        Type type = constant.type();
        int typeId = type(type);
        if (type.isVector()) {
            if (constant.bits() == 0) {
                return shared(Op.CONSTANT_NULL, typeId);
            }
            int[] operands = new int[type.lanes() + 1];
            java.util.Arrays.fill(
                    operands, constant(new Const(type.withLanes(1), constant.bits())));
            operands[0] = typeId;
            return shared(Op.CONSTANT_COMPOSITE, operands);
        }
        long bits = constant.bits();
        return switch (type.scalar()) {
            case BOOL -> shared(bits == 0 ? Op.CONSTANT_FALSE : Op.CONSTANT_TRUE, typeId);
            case I8 -> shared(Op.CONSTANT, typeId, (int) bits & 0xff);
            case I16, U16 -> shared(Op.CONSTANT, typeId, (int) bits & 0xffff);
            case I32, F32 -> shared(Op.CONSTANT, typeId, (int) bits);
            case F16, BF16 ->
                    shared(
                            Op.CONSTANT,
                            typeId,
                            Float.floatToRawIntBits((float) constant.asDouble()));
            case I64, F64 -> shared(Op.CONSTANT, typeId, (int) bits, (int) (bits >>> Integer.SIZE));
        };
    }

    /** {@return an int, as instructions take them that want an id} */
    int number(int value) {
        return constant(Const.i32(value));
    }

    /** {@return the variable of an input, three longs} */
    int input(BuiltIn builtIn) {
        return inputs.computeIfAbsent(builtIn, this::declared);
    }

    /** {@return the type of an input} */
    int inputType() {
        return shared(Op.TYPE_VECTOR, type(Type.I64), 3);
    }

    /** {@return the inputs used} */
    int[] inputs() {
        return inputs.values().stream().mapToInt(i -> i).toArray();
    }

    private int declared(BuiltIn builtIn) {
        int pointer = pointer(Operand.INPUT, inputType());
        int variable = id();
        globals.add(Op.VARIABLE, pointer, variable, Operand.INPUT);
        name(variable, builtIn.text());
        decorate(variable, Operand.CONSTANT);
        decorate(variable, Operand.BUILT_IN, builtIn.number());
        return variable;
    }

    /** {@return a new array that the items of a group share} */
    int groupVariable(int type, String name) {
        int pointer = pointer(Operand.WORKGROUP, type);
        int variable = id();
        globals.add(Op.VARIABLE, pointer, variable, Operand.WORKGROUP);
        name(variable, name);
        return variable;
    }

    /** Names an id for people, if it has no name yet. */
    void name(int id, String name) {
        if (named.add(id)) {
            names.add(Op.NAME, Words.join(new int[] {id}, Words.text(name)));
        }
    }

    /** Says something of an id. */
    void decorate(int id, int decoration, int... operands) {
        decorations.add(Op.DECORATE, Words.join(new int[] {id, decoration}, operands));
    }

    /** Says that a sum or product does not wrap. */
    void doesNotWrap(int id) {
        extensions.add(NO_WRAP);
        decorate(id, Operand.NO_SIGNED_WRAP);
    }

    /** Says that a sum or product may be fused with another. */
    void mayFuse(int id) {
        capabilities.add(Operand.FP_FAST_MATH_MODE_INTEL);
        extensions.add(FAST_MATH);
        decorate(id, Operand.FP_FAST_MATH_MODE, Operand.ALLOW_CONTRACT_FAST);
    }

    /** Atomic operations on 64 bits are used. */
    void usesAtomics64() {
        capabilities.add(Operand.INT64_ATOMICS);
    }

    /**
     * {@return the whole module}
     *
     * @param kernel the function that is the kernel
     * @param entry its name
     * @param modes its execution modes
     * @param functions all functions
     */
    int[] words(int kernel, String entry, List<Integer> modes, Words functions) {
        Words head = new Words();
        capabilities.forEach(c -> head.add(Op.CAPABILITY, c));
        extensions.forEach(e -> head.add(Op.EXTENSION, Words.text(e)));
        head.add(Op.EXT_INST_IMPORT, Words.join(new int[] {openClSet}, Words.text("OpenCL.std")));
        head.add(Op.MEMORY_MODEL, Operand.PHYSICAL64, Operand.OPENCL);
        head.add(
                Op.ENTRY_POINT,
                Words.join(new int[] {Operand.KERNEL_MODEL, kernel}, Words.text(entry), inputs()));
        modes.forEach(m -> head.add(Op.EXECUTION_MODE, kernel, m));
        head.add(Op.SOURCE, Operand.OPENCL_C, 102000);
        head.add(names);
        head.add(decorations);
        head.add(globals);
        head.add(functions);
        return Words.join(new int[] {MAGIC, VERSION_1_0, 0, last + 1, 0}, head.toArray());
    }

    /** {@return words as a driver takes them, little-endian} */
    static byte[] bytes(int[] words) {
        ByteBuffer bytes =
                ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return bytes.array();
    }

    private int scalar(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> shared(Op.TYPE_BOOL);
            case I8 -> integer(Operand.INT8, Byte.SIZE);
            case I16, U16 -> integer(Operand.INT16, Short.SIZE);
            case I32 -> shared(Op.TYPE_INT, Integer.SIZE, 0);
            case I64 -> integer(Operand.INT64_CAPABILITY, Long.SIZE);
            case F16, BF16, F32 -> shared(Op.TYPE_FLOAT, Float.SIZE);
            case F64 -> {
                capabilities.add(Operand.FLOAT64);
                yield shared(Op.TYPE_FLOAT, Double.SIZE);
            }
        };
    }

    /** Kernels have integers without a sign; instructions bring it. */
    private int integer(int capability, int bits) {
        capabilities.add(capability);
        return shared(Op.TYPE_INT, bits, 0);
    }

    private int vector(int scalar, Type type) {
        if (type.lanes() > MOST_LANES) {
            throw new IllegalArgumentException(
                    "SPIR-V has vectors of at most " + MOST_LANES + " lanes, not " + type);
        }
        if (type.lanes() > FEW_LANES) {
            capabilities.add(Operand.VECTOR16);
        }
        return shared(Op.TYPE_VECTOR, scalar, type.lanes());
    }

    /** A type or constant that is declared once; a constant's first operand is its type. */
    private int shared(Op op, int... operands) {
        List<Integer> key = new ArrayList<>(List.of(op.number()));
        for (int operand : operands) {
            key.add(operand);
        }
        Integer known = shared.get(key);
        if (known != null) {
            return known;
        }
        int id = id();
        shared.put(key, id);
        int typed = op.operands().startsWith("T") ? 1 : 0;
        int[] words = new int[operands.length + 1];
        System.arraycopy(operands, 0, words, 0, typed);
        words[typed] = id;
        System.arraycopy(operands, typed, words, typed + 1, operands.length - typed);
        globals.add(op, words);
        return id;
    }
}
