package org.tornadovit.codegen.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Every vector operation of a kernel, done once with constants. The JVM links what an operation
 * needs when it is first done; compiled code that comes to one before then is given up.
 */
final class Rehearsal {
    /** The widest register. */
    private static final long REGISTER_BYTES = 256;

    private final KernelClass kernel;
    private final Map<String, Expr> values = new LinkedHashMap<>();
    private final Map<String, Type> loads = new LinkedHashMap<>();
    private final Map<String, Type> stores = new LinkedHashMap<>();

    private Rehearsal(KernelClass kernel) {
        this.kernel = kernel;
    }

    /** Writes the method rehearse(this, scratch). */
    static void write(CodeBuilder code, KernelClass kernel, List<Region> regions) {
        Rehearsal rehearsal = new Rehearsal(kernel);
        Walker walker =
                new Walker() {
                    @Override
                    protected void visit(Expr expr) {
                        rehearsal.add(expr);
                    }

                    @Override
                    protected void visit(Stmt stmt) {
                        if (stmt instanceof Stmt.Store store && rehearsal.isVector(store.value())) {
                            Type type = store.value().type();
                            rehearsal.stores.put(type.toString(), type);
                        }
                    }
                };
        regions.forEach(region -> walker.walk(region.body()));
        rehearsal.write(code);
    }

    private boolean isVector(Expr expr) {
        return kernel.registers().isVector(expr.type());
    }

    private void add(Expr expr) {
        switch (expr) {
            case Expr.Unary(var op, var x) -> add(expr, op, new Expr.Unary(op, one(x)), x);
            case Expr.Binary(var op, var x, var y) ->
                    add(expr, op, new Expr.Binary(op, one(x), one(y)), x, y);
            case Expr.Select(var condition, var yes, var no) ->
                    add(
                            expr,
                            "select",
                            new Expr.Select(one(condition), one(yes), one(no)),
                            condition,
                            yes);
            case Expr.Cast(var type, var x) -> add(expr, "cast", new Expr.Cast(type, one(x)), x);
            case Expr.Bitcast(var type, var x) ->
                    add(expr, "bitcast", new Expr.Bitcast(type, one(x)), x);
            case Expr.Call(var function, var arguments) ->
                    add(
                            expr,
                            function,
                            new Expr.Call(
                                    function, arguments.stream().<Expr>map(this::one).toList()),
                            arguments.getFirst());
            case Expr.Broadcast(var type, var x) ->
                    add(expr, "broadcast", new Expr.Broadcast(type, one(x)), x);
            case Expr.Lane(var x, _) -> add(expr, "lane", new Expr.Lane(one(x), 0), x);
            case Expr.Reduce(var op, var x) -> add(expr, op, new Expr.Reduce(op, one(x)), x);
            case Expr.Load load when isVector(load) ->
                    loads.put(load.type().toString(), load.type());
            case Expr.Load _, Var _, Const _, Expr.Length _, Expr.WorkItem _ -> {}
        }
    }

    private void add(Expr whole, Object operation, Expr example, Expr... operands) {
        boolean vectors = isVector(whole);
        StringBuilder key = new StringBuilder().append(operation).append(' ').append(whole.type());
        for (Expr operand : operands) {
            vectors |= isVector(operand);
            key.append(' ').append(operand.type());
        }
        if (vectors) {
            values.put(key.toString(), example);
        }
    }

    private Const one(Expr operand) {
        Type type = operand.type();
        return new Const(
                type,
                switch (type.scalar()) {
                    case F16 -> 0x3c00;
                    case BF16 -> 0x3f80;
                    case F32 -> Float.floatToRawIntBits(1);
                    case F64 -> Double.doubleToRawLongBits(1);
                    case BOOL, I8, I16, U16, I32, I64 -> 1;
                });
    }

    private void write(CodeBuilder code) {
        MethodWriter writer = new MethodWriter(code, kernel);
        writer.parameter(kernel.places().scratch(), 1);
        int address = code.allocateLocal(TypeKind.LONG);
        code.lload(1).loadConstant(kernel.places().reserve(REGISTER_BYTES)).ladd().lstore(address);
        Values written = writer.values();
        VectorValues vectors = written.vectors();
        values.values()
                .forEach(example -> {
                    written.push(example, 0);
                    pop(code, written.kind(example.type()));
                });
        loads.values()
                .forEach(type -> {
                    vectors.load(type, address);
                    code.pop();
                });
        stores.values()
                .forEach(type -> {
                    written.push(one(Const.zero(type)), 0);
                    vectors.store(type, address, 0);
                });
        code.return_();
    }

    private static void pop(CodeBuilder code, TypeKind kind) {
        if (kind.slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }
}
