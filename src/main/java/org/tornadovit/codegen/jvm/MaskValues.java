package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;

import java.lang.classfile.CodeBuilder;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Writes vectors of truth values, a register at a time: masks. A mask is made for vectors of one
 * type of elements and converted for others.
 */
final class MaskValues {
    private final CodeBuilder code;
    private final Registers registers;
    private final Values values;
    private final VectorValues vectors;

    MaskValues(CodeBuilder code, Registers registers, Values values, VectorValues vectors) {
        this.code = code;
        this.registers = registers;
        this.values = values;
        this.vectors = vectors;
    }

    /** Makes a mask of one truth value; the species and it are on the stack. */
    void all() {
        code.invokeinterface(
                Names.VECTOR_SPECIES, "maskAll", Names.method(Names.VECTOR_MASK, CD_boolean));
    }

    /** Puts the mask of a condition on the stack, made for vectors of {@code element}. */
    void push(Expr condition, int part, Scalar element) {
        int lanes = registers.lanes(condition.type());
        Scalar made = registers.maskElement(condition.type().lanes());
        switch (condition) {
            case Const c -> {
                vectors.pushSpecies(element, lanes);
                code.loadConstant(c.bits() != 0 ? 1 : 0);
                all();
                made = element;
            }
            case Expr.Broadcast(_, var x) -> {
                vectors.pushSpecies(element, lanes);
                values.push(x);
                all();
                made = element;
            }
            case Expr.Unary(_, var x) -> {
                push(x, part, element);
                code.invokevirtual(Names.VECTOR_MASK, "not", Names.method(Names.VECTOR_MASK));
                made = element;
            }
            case Expr.Binary(var op, var x, var y) when x.type().scalar() == Scalar.BOOL -> {
                push(x, part, element);
                push(y, part, element);
                combine(op);
                made = element;
            }
            case Expr.Binary(var op, var x, var y) -> {
                vectors.push(x, part);
                vectors.operator(VectorValues.name(op, x.type().scalar()), "Comparison");
                vectors.push(y, part);
                compare(x.type());
                made = x.type().scalar();
            }
            case Expr.Select(var chooser, var yes, var no) -> {
                // no ^ (chooser & (yes ^ no))
                push(no, part, element);
                if (chooser.type().isVector()) {
                    push(chooser, part, element);
                } else {
                    push(new Expr.Broadcast(condition.type(), chooser), part, element);
                }
                push(yes, part, element);
                push(no, part, element);
                combine(BinaryOp.XOR);
                combine(BinaryOp.AND);
                combine(BinaryOp.XOR);
                made = element;
            }
            case Expr.Cast(_, var x) -> {
                vectors.push(x, part);
                vectors.operator("NE", "Comparison");
                vectors.constant(Const.zero(x.type()));
                compare(x.type());
                made = x.type().scalar();
            }
            case Var v -> values.load(v, part);
            case Expr.Load _,
                    Expr.Bitcast _,
                    Expr.Call _,
                    Expr.Length _,
                    Expr.WorkItem _,
                    Expr.Lane _,
                    Expr.Reduce _ ->
                    throw new IllegalArgumentException(
                            "truth values have no vectors in memory or functions");
        }
        if (!registers.species(made, lanes).equals(registers.species(element, lanes))
                || !Registers.vectorClass(made).equals(Registers.vectorClass(element))) {
            vectors.pushSpecies(element, lanes);
            code.invokevirtual(
                    Names.VECTOR_MASK,
                    "cast",
                    Names.method(Names.VECTOR_MASK, Names.VECTOR_SPECIES));
        }
    }

    private void combine(BinaryOp op) {
        String name =
                switch (op) {
                    case AND -> "and";
                    case OR -> "or";
                    case XOR, NE -> "xor";
                    case EQ -> "eq";
                    default ->
                            throw new IllegalArgumentException(
                                    op + " is not defined on truth values");
                };
        code.invokevirtual(
                Names.VECTOR_MASK, name, Names.method(Names.VECTOR_MASK, Names.VECTOR_MASK));
    }

    private void compare(Type type) {
        code.invokevirtual(
                registers.holder(type),
                "compare",
                Names.method(Names.VECTOR_MASK, Names.operator("Comparison"), Names.VECTOR));
    }
}
