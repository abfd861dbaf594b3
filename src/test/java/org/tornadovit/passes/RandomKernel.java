package org.tornadovit.passes;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * A kernel made from a seed, with its arguments. Iterations of its parallel loops store to elements
 * of their own and load such elements only if they are their own, so that every order of them is
 * right. Some kernels leave an array or divide by zero.
 *
 * @param seed what makes the kernel
 * @param scalars values of the scalar parameters
 * @param lengths numbers of elements of the arrays
 */
record RandomKernel(
        long seed, Kernel kernel, Map<Var, Const> scalars, Map<Array, Integer> lengths) {

    /** {@return the kernel of a seed} */
    static RandomKernel of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        RandomExpressions expressions = new RandomExpressions(random);
        List<Param> params = new ArrayList<>();
        for (Scalar element : List.of(Scalar.F32, Scalar.F32, Scalar.F16, Scalar.I32)) {
            expressions.inputs.add(expressions.array("in", element));
        }
        Map<Var, Const> scalars = new LinkedHashMap<>();
        Var number = new Var("n", Type.I32);
        Var factor = new Var("alpha", Type.F32);
        scalars.put(number, Const.i32(random.nextInt(12)));
        scalars.put(factor, Const.f32(random.nextInt(5) / 2f));
        expressions.ints.add(number);
        expressions.floats.add(factor);
        Stmt body = new RandomStatements(expressions).kernel(number, factor);
        boolean tooShort = random.nextInt(12) == 0;
        Map<Array, Integer> lengths = new LinkedHashMap<>();
        expressions.lengths.forEach(
                (array, n) -> lengths.put(array, tooShort && random.nextBoolean() ? n - 1 : n));
        lengths.keySet().forEach(a -> params.add(new Param.OfArray(a)));
        scalars.keySet().forEach(v -> params.add(new Param.OfScalar(v)));
        Site source = new Site("Random.k" + seed, 1);
        Kernel kernel = new Kernel("k", params, body, Kernel.Form.LOOPS, source);
        return new RandomKernel(seed, kernel, scalars, lengths);
    }

    Pipeline.Task task() {
        Set<Array> written = Accesses.of(kernel).writes();
        Set<Array> constants = new java.util.HashSet<>(kernel.arrays());
        constants.removeAll(written);
        constants.removeIf(a -> a.name().hashCode() % 2 == 0);
        return new Pipeline.Task(scalars, lengths, constants);
    }

    /** {@return the same contents each time} */
    Map<Array, MemorySegment> memory() {
        Random random = new Random(seed);
        Map<Array, MemorySegment> memory = new HashMap<>();
        lengths.forEach((array, n) -> {
            long bytes = (long) n * array.element().bytes();
            MemorySegment segment = Arena.ofAuto().allocate(bytes, 64);
            for (int i = 0; i < n; i++) {
                Arithmetic.write(segment, array.element(), i, value(array, random));
            }
            memory.put(array, segment);
        });
        return memory;
    }

    /** Small integers, also to index with; other numbers with all their bits. */
    private static long value(Array array, Random random) {
        return switch (array.element()) {
            case I32 -> random.nextInt(8);
            case F16 -> Float.floatToFloat16(random.nextInt(33) / 8f - 2) & 0xffff;
            default -> Float.floatToRawIntBits((float) random.nextGaussian()) & 0xffffffffL;
        };
    }
}
