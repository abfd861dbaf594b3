package org.tornadovit.frontend;

import static java.util.Map.entry;

import java.lang.classfile.Opcode;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.UnaryOp;

/** Arithmetic and comparison instructions. */
final class Operators {
    private static final Map<Opcode, BinaryOp> BINARY =
            Map.ofEntries(
                    entry(Opcode.IADD, BinaryOp.ADD),
                    entry(Opcode.LADD, BinaryOp.ADD),
                    entry(Opcode.FADD, BinaryOp.ADD),
                    entry(Opcode.DADD, BinaryOp.ADD),
                    entry(Opcode.ISUB, BinaryOp.SUB),
                    entry(Opcode.LSUB, BinaryOp.SUB),
                    entry(Opcode.FSUB, BinaryOp.SUB),
                    entry(Opcode.DSUB, BinaryOp.SUB),
                    entry(Opcode.IMUL, BinaryOp.MUL),
                    entry(Opcode.LMUL, BinaryOp.MUL),
                    entry(Opcode.FMUL, BinaryOp.MUL),
                    entry(Opcode.DMUL, BinaryOp.MUL),
                    entry(Opcode.IDIV, BinaryOp.DIV),
                    entry(Opcode.LDIV, BinaryOp.DIV),
                    entry(Opcode.FDIV, BinaryOp.DIV),
                    entry(Opcode.DDIV, BinaryOp.DIV),
                    entry(Opcode.IREM, BinaryOp.REM),
                    entry(Opcode.LREM, BinaryOp.REM),
                    entry(Opcode.FREM, BinaryOp.REM),
                    entry(Opcode.DREM, BinaryOp.REM),
                    entry(Opcode.IAND, BinaryOp.AND),
                    entry(Opcode.LAND, BinaryOp.AND),
                    entry(Opcode.IOR, BinaryOp.OR),
                    entry(Opcode.LOR, BinaryOp.OR),
                    entry(Opcode.IXOR, BinaryOp.XOR),
                    entry(Opcode.LXOR, BinaryOp.XOR),
                    entry(Opcode.ISHL, BinaryOp.SHL),
                    entry(Opcode.LSHL, BinaryOp.SHL),
                    entry(Opcode.ISHR, BinaryOp.SHR),
                    entry(Opcode.LSHR, BinaryOp.SHR),
                    entry(Opcode.IUSHR, BinaryOp.USHR),
                    entry(Opcode.LUSHR, BinaryOp.USHR));

    private static final Map<Opcode, Value.Order> COMPARISONS =
            Map.of(
                    Opcode.LCMP, Value.Order.TOTAL,
                    Opcode.FCMPL, Value.Order.NAN_LESS,
                    Opcode.DCMPL, Value.Order.NAN_LESS,
                    Opcode.FCMPG, Value.Order.NAN_GREATER,
                    Opcode.DCMPG, Value.Order.NAN_GREATER);

    private final Frame frame;

    Operators(Frame frame) {
        this.frame = frame;
    }

    void execute(Opcode opcode, Site site) {
        BinaryOp binary = BINARY.get(opcode);
        Value.Order order = COMPARISONS.get(opcode);
        if (binary != null) {
            Expr y = frame.popNumber(site);
            Expr x = frame.popNumber(site);
            frame.push(Trees.binary(binary, x, y));
        } else if (order != null) {
            Expr y = frame.popNumber(site);
            Expr x = frame.popNumber(site);
            frame.push(new Value.Compared(order, x, y));
        } else if (opcode == Opcode.ARRAYLENGTH) {
            length(site);
        } else {
            frame.push(new Expr.Unary(UnaryOp.NEG, frame.popNumber(site)));
        }
    }

    private void length(Site site) {
        Value value = frame.pop();
        if (value instanceof Value.OfRows rows) {
            frame.push(Const.i32(rows.sizes().getFirst()));
            return;
        }
        if (value instanceof Value.OfRow(_, _, var columns)) {
            frame.push(columns);
            return;
        }
        if (value instanceof Value.OfObjects objects) {
            frame.push(new Expr.Length(objects.state()));
            return;
        }
        if (value instanceof Value.OfRagged(_, _, _, var size)) {
            frame.push(size);
            return;
        }
        if (!(value instanceof Value.OfArray(var array))) {
            throw new UnsupportedKernelException(
                    site, "the length of an array of arrays or objects", "use one flat array");
        }
        frame.push(new Expr.Length(array));
    }
}
