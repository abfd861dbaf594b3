package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Short forms to write kernels by hand. */
final class Ir {
    private Ir() {}

    static Const i(int value) {
        return Const.i32(value);
    }

    static Const f(float value) {
        return Const.f32(value);
    }

    static Var intVar(String name) {
        return new Var(name, Type.I32);
    }

    static Var floatVar(String name) {
        return new Var(name, Type.F32);
    }

    static Array global(String name, Scalar element) {
        return new Array(name, element, Space.GLOBAL);
    }

    static Expr add(Expr x, Expr y) {
        return binary(BinaryOp.ADD, x, y);
    }

    static Expr sub(Expr x, Expr y) {
        return binary(BinaryOp.SUB, x, y);
    }

    static Expr mul(Expr x, Expr y) {
        return binary(BinaryOp.MUL, x, y);
    }

    static Expr less(Expr x, Expr y) {
        return binary(BinaryOp.LT, x, y);
    }

    static Expr binary(BinaryOp op, Expr x, Expr y) {
        return new Expr.Binary(op, x, y);
    }

    static Expr call(Function function, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments));
    }

    static Expr load(Array array, Expr index) {
        return load(array, index, 1);
    }

    static Expr load(Array array, Expr index, int lanes) {
        return new Expr.Load(array, index, new Type(array.element(), lanes), Site.NONE);
    }

    static Expr globalId(int axis) {
        return new Expr.WorkItem(Expr.Query.GLOBAL_ID, axis);
    }

    static Expr localId(int axis) {
        return new Expr.WorkItem(Expr.Query.LOCAL_ID, axis);
    }

    static Stmt set(Var target, Expr value) {
        return new Stmt.Assign(target, value);
    }

    static Stmt store(Array array, Expr index, Expr value) {
        return new Stmt.Store(array, index, value, Site.NONE);
    }

    static Stmt allocate(Array array, int length) {
        return new Stmt.Allocate(array, i(length), Site.NONE);
    }

    static Stmt seq(Stmt... body) {
        return new Stmt.Sequence(List.of(body));
    }

    static Stmt when(Expr condition, Stmt yes) {
        return new Stmt.If(condition, yes, Stmt.Sequence.EMPTY);
    }

    static Stmt.For loop(Var index, int bound, Run run, Stmt body) {
        return loop(index, i(0), i(bound), 1, run, body);
    }

    static Stmt.For loop(Var index, Expr start, Expr bound, long step, Run run, Stmt body) {
        return new Stmt.For(new Label(index.name()), index, start, bound, step, run, body);
    }

    static Kernel loops(String name, List<Array> arrays, Stmt body) {
        return kernel(name, arrays, body, Kernel.Form.LOOPS);
    }

    static Kernel items(String name, List<Array> arrays, Stmt body) {
        return kernel(name, arrays, body, Kernel.Form.WORK_ITEM);
    }

    private static Kernel kernel(String name, List<Array> arrays, Stmt body, Kernel.Form form) {
        List<Param> params = new ArrayList<>();
        arrays.forEach(a -> params.add(new Param.OfArray(a)));
        return new Kernel(name, params, body, form, new Site("Kernels." + name, 1));
    }
}
