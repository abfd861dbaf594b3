package org.tornadovit.codegen.spirv;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The instructions of SPIR-V that kernels are made of, with their numbers and their operands.
 *
 * <p>A letter stands for an operand: {@code T} the type of the result, {@code R} the result, {@code
 * i} another id, {@code n} a number, {@code s} a text, {@code v} a number of the result's type,
 * {@code x} the number of an extended instruction, and {@code c e m a y f l p o d} the names of
 * {@link Operand}. {@code +} repeats the last one.
 */
enum Op {
    SOURCE(3, "Gn"),
    NAME(5, "is"),
    EXTENSION(10, "s"),
    EXT_INST_IMPORT(11, "Rs"),
    EXT_INST(12, "TRixi+"),
    MEMORY_MODEL(14, "ay"),
    ENTRY_POINT(15, "eisi+"),
    EXECUTION_MODE(16, "im"),
    CAPABILITY(17, "c"),
    TYPE_VOID(19, "R"),
    TYPE_BOOL(20, "R"),
    TYPE_INT(21, "Rnn"),
    TYPE_FLOAT(22, "Rn"),
    TYPE_VECTOR(23, "Rin"),
    TYPE_ARRAY(28, "Rii"),
    TYPE_POINTER(32, "Roi"),
    TYPE_FUNCTION(33, "Ri+"),
    CONSTANT_TRUE(41, "TR"),
    CONSTANT_FALSE(42, "TR"),
    CONSTANT(43, "TRv"),
    CONSTANT_COMPOSITE(44, "TRi+"),
    CONSTANT_NULL(46, "TR"),
    FUNCTION(54, "TRfi"),
    FUNCTION_PARAMETER(55, "TR"),
    FUNCTION_END(56, ""),
    FUNCTION_CALL(57, "TRi+"),
    VARIABLE(59, "TRo"),
    LOAD(61, "TRip"),
    STORE(62, "iip"),
    IN_BOUNDS_ACCESS_CHAIN(66, "TRi+"),
    IN_BOUNDS_PTR_ACCESS_CHAIN(70, "TRi+"),
    DECORATE(71, "id"),
    VECTOR_SHUFFLE(79, "TRiin+"),
    COMPOSITE_EXTRACT(81, "TRin+"),
    COMPOSITE_INSERT(82, "TRiin+"),
    CONVERT_F_TO_S(110, "TRi"),
    CONVERT_S_TO_F(111, "TRi"),
    CONVERT_U_TO_F(112, "TRi"),
    U_CONVERT(113, "TRi"),
    S_CONVERT(114, "TRi"),
    F_CONVERT(115, "TRi"),
    BITCAST(124, "TRi"),
    F_NEGATE(127, "TRi"),
    I_ADD(128, "TRii"),
    F_ADD(129, "TRii"),
    I_SUB(130, "TRii"),
    F_SUB(131, "TRii"),
    I_MUL(132, "TRii"),
    F_MUL(133, "TRii"),
    S_DIV(135, "TRii"),
    F_DIV(136, "TRii"),
    S_REM(138, "TRii"),
    LOGICAL_EQUAL(164, "TRii"),
    LOGICAL_NOT_EQUAL(165, "TRii"),
    LOGICAL_OR(166, "TRii"),
    LOGICAL_AND(167, "TRii"),
    LOGICAL_NOT(168, "TRi"),
    SELECT(169, "TRiii"),
    I_EQUAL(170, "TRii"),
    I_NOT_EQUAL(171, "TRii"),
    U_GREATER_THAN(172, "TRii"),
    S_GREATER_THAN(173, "TRii"),
    U_GREATER_THAN_EQUAL(174, "TRii"),
    S_GREATER_THAN_EQUAL(175, "TRii"),
    U_LESS_THAN(176, "TRii"),
    S_LESS_THAN(177, "TRii"),
    U_LESS_THAN_EQUAL(178, "TRii"),
    S_LESS_THAN_EQUAL(179, "TRii"),
    F_ORD_EQUAL(180, "TRii"),
    F_UNORD_NOT_EQUAL(183, "TRii"),
    F_ORD_LESS_THAN(184, "TRii"),
    F_ORD_GREATER_THAN(186, "TRii"),
    F_ORD_LESS_THAN_EQUAL(188, "TRii"),
    F_ORD_GREATER_THAN_EQUAL(190, "TRii"),
    SHIFT_RIGHT_LOGICAL(194, "TRii"),
    SHIFT_RIGHT_ARITHMETIC(195, "TRii"),
    SHIFT_LEFT_LOGICAL(196, "TRii"),
    BITWISE_OR(197, "TRii"),
    BITWISE_XOR(198, "TRii"),
    BITWISE_AND(199, "TRii"),
    NOT(200, "TRi"),
    CONTROL_BARRIER(224, "iii"),
    ATOMIC_COMPARE_EXCHANGE(230, "TRiiiiii"),
    ATOMIC_I_ADD(234, "TRiiii"),
    ATOMIC_I_SUB(235, "TRiiii"),
    ATOMIC_S_MIN(236, "TRiiii"),
    ATOMIC_S_MAX(238, "TRiiii"),
    ATOMIC_AND(240, "TRiiii"),
    ATOMIC_OR(241, "TRiiii"),
    ATOMIC_XOR(242, "TRiiii"),
    PHI(245, "TRi+"),
    LOOP_MERGE(246, "iil"),
    LABEL(248, "R"),
    BRANCH(249, "i"),
    BRANCH_CONDITIONAL(250, "iii"),
    RETURN(253, ""),
    UNREACHABLE(255, "");

    private static final Map<Integer, Op> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toMap(Op::number, Function.identity()));

    private final int number;
    private final String operands;

    Op(int number, String operands) {
        this.number = number;
        this.operands = operands;
    }

    /** {@return the number of the instruction} */
    int number() {
        return number;
    }

    /** {@return a letter for each operand} */
    String operands() {
        return operands;
    }

    /** {@return the name as the specification writes it, as in {@code OpIAdd}} */
    String text() {
        return "Op"
                + Arrays.stream(name().split("_", -1))
                        .map(word ->
                                word.charAt(0)
                                        + word.substring(1).toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining());
    }

    /** {@return the instruction of that number} */
    static Op of(int number) {
        Op op = BY_NUMBER.get(number);
        if (op == null) {
            throw new IllegalArgumentException("no kernel has instruction " + number);
        }
        return op;
    }
}
