package org.tornadovit.passes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Interpreter;
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

/** Kernels of the contraction tests, written as trees, and their memory. */
final class Contractions {
    final Map<Array, MemorySegment> memory = new HashMap<>();
    final Map<Array, Integer> lengths = new HashMap<>();
    private final List<Param> params = new ArrayList<>();
    private final Random random = new Random(17);

    Array array(String name, int length) {
        Array array = new Array(name, Scalar.F32, Space.GLOBAL);
        MemorySegment segment = Arena.ofAuto().allocate(4L * length, 64);
        for (int i = 0; i < length; i++) {
            float value = (random.nextInt(17) - 8) / 8f; // products and short sums are exact
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
        memory.put(array, segment);
        lengths.put(array, length);
        params.add(new Param.OfArray(array));
        return array;
    }

    Kernel kernel(Stmt body) {
        return new Kernel("k", params, body, Kernel.Form.LOOPS, Site.NONE);
    }

    Pipeline.Task task(Array... constants) {
        return new Pipeline.Task(Map.of(), lengths, Set.of(constants));
    }

    /** Runs the kernel as it is and as lowered, and gives both results of {@code out}. */
    float[][] both(Kernel kernel, Lowering lowering, Array out) {
        Map<Array, MemorySegment> plain = copies();
        Interpreter.run(kernel, plain, Map.of());
        Map<Array, MemorySegment> lowered = copies();
        lowering.scratch()
                .forEach(
                        (a, n) -> lowered.put(a, Arena.ofAuto().allocate(n * a.element().bytes())));
        for (Lowering.Stage stage : lowering.stages()) {
            if (stage.group().isEmpty()) {
                Interpreter.run(stage.kernel(), lowered, Map.of());
            } else {
                Interpreter.run(
                        stage.kernel(),
                        lowered,
                        Map.of(),
                        stage.grid().stream().mapToInt(Math::toIntExact).toArray(),
                        stage.group().stream().mapToInt(Math::toIntExact).toArray());
            }
        }
        return new float[][] {
            plain.get(out).toArray(ValueLayout.JAVA_FLOAT),
            lowered.get(out).toArray(ValueLayout.JAVA_FLOAT)
        };
    }

    private Map<Array, MemorySegment> copies() {
        Map<Array, MemorySegment> result = new HashMap<>();
        memory.forEach(
                (a, m) -> result.put(a, Arena.ofAuto().allocate(m.byteSize(), 64).copyFrom(m)));
        return result;
    }

    static Var i32(String name) {
        return new Var(name, Type.I32);
    }

    static Stmt.For loop(Var index, int extent, Run run, Stmt... body) {
        return new Stmt.For(
                new Label(index.name()),
                index,
                Const.i32(0),
                Const.i32(extent),
                1,
                run,
                new Stmt.Sequence(List.of(body)));
    }

    static Expr add(Expr x, Expr y) {
        return new Expr.Binary(BinaryOp.ADD, x, y);
    }

    static Expr mul(Expr x, Expr y) {
        return new Expr.Binary(BinaryOp.MUL, x, y);
    }

    static Expr mul(Expr x, int y) {
        return mul(x, Const.i32(y));
    }

    static Expr load(Array array, Expr index) {
        return new Expr.Load(array, index, Type.F32, Site.NONE);
    }

    static Stmt store(Array array, Expr index, Expr value) {
        return new Stmt.Store(array, index, value, Site.NONE);
    }

    static Stmt set(Var target, Expr value) {
        return new Stmt.Assign(target, value);
    }
}
