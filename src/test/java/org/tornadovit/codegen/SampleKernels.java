package org.tornadovit.codegen;

import static org.tornadovit.codegen.Ir.add;
import static org.tornadovit.codegen.Ir.binary;
import static org.tornadovit.codegen.Ir.f;
import static org.tornadovit.codegen.Ir.floatVar;
import static org.tornadovit.codegen.Ir.global;
import static org.tornadovit.codegen.Ir.globalId;
import static org.tornadovit.codegen.Ir.i;
import static org.tornadovit.codegen.Ir.intVar;
import static org.tornadovit.codegen.Ir.load;
import static org.tornadovit.codegen.Ir.localId;
import static org.tornadovit.codegen.Ir.loop;
import static org.tornadovit.codegen.Ir.mul;
import static org.tornadovit.codegen.Ir.seq;
import static org.tornadovit.codegen.Ir.set;
import static org.tornadovit.codegen.Ir.store;
import static org.tornadovit.codegen.Ir.sub;
import static org.tornadovit.codegen.Ir.when;

import java.util.List;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Small kernels of the kinds that models are made of. */
final class SampleKernels {
    private SampleKernels() {}

    /** A kernel and its arrays by name. */
    record Sample(Kernel kernel) {
        Array array(String name) {
            return kernel.arrays().stream()
                    .filter(a -> a.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** c = a b, one work-item an element. */
    static Sample matrixProduct(int m, int n, int k) {
        Array a = global("a", Scalar.F32);
        Array b = global("b", Scalar.F32);
        Array c = global("c", Scalar.F32);
        Var row = intVar("row");
        Var column = intVar("column");
        Var at = intVar("k");
        Var sum = floatVar("sum");
        Expr product = mul(load(a, add(mul(row, i(k)), at)), load(b, add(mul(at, i(n)), column)));
        Stmt body =
                seq(
                        set(sum, f(0)),
                        loop(at, k, Run.SEQUENTIAL, set(sum, add(sum, product))),
                        store(c, add(mul(row, i(n)), column), sum));
        return new Sample(
                Ir.loops(
                        "product",
                        List.of(a, b, c),
                        loop(row, m, Run.grid(1), loop(column, n, Run.grid(0), body))));
    }

    /** y = gelu(x) by tanh on vectors of binary16 elements. */
    static Sample gelu(int lanes, int length) {
        Array x = global("x", Scalar.F16);
        Array y = global("y", Scalar.F16);
        Type wide = new Type(Scalar.F32, lanes);
        Var at = intVar("at");
        Var v = new Var("v", wide);
        Expr cube = mul(mul(v, v), v);
        Expr inner = mul(splat(wide, 0.7978846f), add(v, mul(splat(wide, 0.044715f), cube)));
        Expr result =
                mul(mul(splat(wide, 0.5f), v), add(splat(wide, 1), Ir.call(Function.TANH, inner)));
        Stmt body =
                seq(
                        set(v, new Expr.Cast(wide, load(x, at, lanes))),
                        store(y, at, new Expr.Cast(new Type(Scalar.F16, lanes), result)));
        return new Sample(
                Ir.loops(
                        "gelu",
                        List.of(x, y),
                        loop(at, i(0), i(length), lanes, Run.grid(0), body)));
    }

    /** sums[group] = the sum of the group's elements, in a tree. */
    static Sample localSum(int group) {
        Array x = global("x", Scalar.F32);
        Array sums = global("sums", Scalar.F32);
        Array part = new Array("part", Scalar.F32, Space.LOCAL);
        Var id = intVar("id");
        Var stride = intVar("stride");
        Label halving = new Label("halving");
        Stmt step =
                seq(
                        when(binary(BinaryOp.LE, stride, i(0)), new Stmt.Break(halving)),
                        new Stmt.Barrier(Space.LOCAL),
                        when(
                                Ir.less(id, stride),
                                store(part, id, add(load(part, id), load(part, add(id, stride))))),
                        set(stride, binary(BinaryOp.SHR, stride, i(1))));
        Stmt body =
                seq(
                        Ir.allocate(part, group),
                        set(id, localId(0)),
                        store(part, id, load(x, globalId(0))),
                        set(stride, i(group / 2)),
                        new Stmt.Loop(halving, step),
                        when(
                                binary(BinaryOp.EQ, id, i(0)),
                                store(
                                        sums,
                                        new Expr.WorkItem(Expr.Query.GROUP_ID, 0),
                                        load(part, i(0)))));
        return new Sample(Ir.items("localSum", List.of(x, sums), body));
    }

    /** y = x transposed, through tiles in local memory. */
    static Sample tiledTranspose(int tile, int width, int height) {
        Array x = global("x", Scalar.I16);
        Array y = global("y", Scalar.I16);
        Array square = new Array("square", Scalar.I16, Space.LOCAL);
        Expr groupX = mul(new Expr.WorkItem(Expr.Query.GROUP_ID, 0), i(tile));
        Expr groupY = mul(new Expr.WorkItem(Expr.Query.GROUP_ID, 1), i(tile));
        Stmt body =
                seq(
                        Ir.allocate(square, tile * tile),
                        store(
                                square,
                                add(mul(localId(1), i(tile)), localId(0)),
                                load(x, add(mul(globalId(1), i(width)), globalId(0)))),
                        new Stmt.Barrier(Space.LOCAL),
                        store(
                                y,
                                add(
                                        mul(add(groupX, localId(1)), i(height)),
                                        add(groupY, localId(0))),
                                load(square, add(mul(localId(0), i(tile)), localId(1)))));
        return new Sample(Ir.items("transpose", List.of(x, y), body));
    }

    /** y = running sums of x in each group. */
    static Sample prefixSum(int group) {
        Array x = global("x", Scalar.I32);
        Array y = global("y", Scalar.I32);
        Array sums = new Array("sums", Scalar.I32, Space.LOCAL);
        Var id = intVar("id");
        Var round = intVar("round");
        Var before = intVar("before");
        Expr distance = binary(BinaryOp.SHL, i(1), round);
        int rounds = Integer.numberOfTrailingZeros(group);
        Stmt step =
                seq(
                        set(before, i(0)),
                        when(
                                binary(BinaryOp.GE, id, distance),
                                set(before, load(sums, sub(id, distance)))),
                        new Stmt.Barrier(Space.LOCAL),
                        store(sums, id, add(load(sums, id), before)),
                        new Stmt.Barrier(Space.LOCAL));
        Stmt body =
                seq(
                        Ir.allocate(sums, group),
                        set(id, localId(0)),
                        store(sums, id, load(x, globalId(0))),
                        new Stmt.Barrier(Space.LOCAL),
                        loop(round, rounds, Run.SEQUENTIAL, step),
                        store(y, globalId(0), load(sums, id)));
        return new Sample(Ir.items("prefixSum", List.of(x, y), body));
    }

    /** Counts elements by value, with a check of the bin. */
    static Sample histogram(int length, int bins) {
        Array x = global("x", Scalar.I8);
        Array counts = global("counts", Scalar.I32);
        Var at = intVar("at");
        Var bin = intVar("bin");
        Expr inside = binary(BinaryOp.AND, binary(BinaryOp.GE, bin, i(0)), Ir.less(bin, i(bins)));
        Site site = new Site("SampleKernels.histogram", 7);
        Stmt body =
                seq(
                        set(bin, new Expr.Cast(Type.I32, load(x, at))),
                        new Stmt.Check(inside, Stmt.Trap.INDEX, bin, site),
                        new Stmt.Atomic(
                                BinaryOp.ADD, counts, bin, i(1), new Var("old", Type.I32), site));
        return new Sample(
                Ir.loops("histogram", List.of(x, counts), loop(at, length, Run.grid(0), body)));
    }

    private static Expr splat(Type type, float value) {
        return type.isVector() ? new Expr.Broadcast(type, f(value)) : f(value);
    }
}
