package org.tornadovit.codegen;

import static org.tornadovit.codegen.Ir.add;
import static org.tornadovit.codegen.Ir.binary;
import static org.tornadovit.codegen.Ir.f;
import static org.tornadovit.codegen.Ir.globalId;
import static org.tornadovit.codegen.Ir.i;
import static org.tornadovit.codegen.Ir.load;
import static org.tornadovit.codegen.Ir.set;
import static org.tornadovit.codegen.Ir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * A work-item kernel made of a seed: nested loops, jumps of every kind, blocks with variables of
 * their own, private arrays, integer and float arithmetic. It ends, stays inside its arrays and
 * divides by no zero.
 */
final class RandomKernel {
    /** Elements of each array that one work-item owns. */
    static final int SLOTS = 8;

    /** Work-items that the kernel is for. */
    static final int ITEMS = 12;

    private static final BinaryOp[] INTEGER = {
        BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR,
        BinaryOp.MIN, BinaryOp.MAX, BinaryOp.SHL, BinaryOp.SHR, BinaryOp.USHR, BinaryOp.DIV,
        BinaryOp.REM
    };
    private static final BinaryOp[] FLOATING = {
        BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL, BinaryOp.DIV, BinaryOp.MIN, BinaryOp.MAX
    };
    private static final BinaryOp[] COMPARISONS = {
        BinaryOp.EQ, BinaryOp.NE, BinaryOp.LT, BinaryOp.LE, BinaryOp.GT, BinaryOp.GE
    };

    private final Random random;
    private final Array ints = Ir.global("ints", Scalar.I32);
    private final Array floats = Ir.global("floats", Scalar.F32);
    private final Array scratch = new Array("scratch", Scalar.I32, Space.PRIVATE);
    private final List<Var> integers = new ArrayList<>();
    private final List<Var> numbers = new ArrayList<>();
    private final List<Label> blocks = new ArrayList<>();
    private final List<Label> loops = new ArrayList<>();
    private int budget = 45;
    private int names;

    private RandomKernel(long seed) {
        random = new Random(seed);
    }

    /** {@return the kernel of a seed} */
    static Kernel of(long seed) {
        return new RandomKernel(seed).build();
    }

    private Kernel build() {
        List<Stmt> body = new ArrayList<>();
        body.add(Ir.allocate(scratch, SLOTS));
        Var id = fresh("id", Type.I32);
        body.add(set(id, globalId(0)));
        integers.add(id);
        for (int k = 0; k < 3; k++) {
            declare(body);
        }
        while (budget > 0) {
            body.add(statement(3));
        }
        body.add(out());
        return Ir.items("random", List.of(ints, floats), new Stmt.Sequence(body));
    }

    private void declare(List<Stmt> body) {
        Var n = fresh("n", Type.I32);
        body.add(set(n, integer(2)));
        integers.add(n);
        Var x = fresh("x", Type.F32);
        body.add(set(x, number(2)));
        numbers.add(x);
    }

    private Var fresh(String name, Type type) {
        return new Var(name + (names++ % 3 == 0 ? "" : names), type);
    }

    private Stmt block(int depth) {
        int integersBefore = integers.size();
        int numbersBefore = numbers.size();
        List<Stmt> body = new ArrayList<>();
        if (random.nextBoolean()) {
            declare(body);
        }
        int length = 1 + random.nextInt(4);
        for (int k = 0; k < length; k++) {
            body.add(statement(depth));
        }
        integers.subList(integersBefore, integers.size()).clear();
        numbers.subList(numbersBefore, numbers.size()).clear();
        return new Stmt.Sequence(body);
    }

    private Stmt statement(int depth) {
        budget--;
        int choice = random.nextInt(depth > 0 && budget > 0 ? 14 : 6);
        return switch (choice) {
            case 0, 1 -> set(any(integers), integer(3));
            case 2, 3 -> set(any(numbers), number(3));
            case 4 -> out();
            case 5 -> store(scratch, slot(), integer(2));
            case 6, 7 ->
                    new Stmt.If(
                            truth(2),
                            block(depth - 1),
                            random.nextBoolean() ? block(depth - 1) : Ir.seq());
            case 8 -> counted(depth);
            case 9 -> endless(depth);
            case 10 -> labeled(depth);
            case 11 -> jump();
            case 12 -> Ir.when(truth(2), jump());
            default ->
                    random.nextInt(4) == 0
                            ? Ir.when(truth(2), new Stmt.Return())
                            : Ir.allocate(scratch, SLOTS);
        };
    }

    private Stmt counted(int depth) {
        Label label = new Label("loop");
        Var index = fresh("i", Type.I32);
        boolean down = random.nextBoolean();
        int step = 1 + random.nextInt(3);
        Expr start = random.nextBoolean() ? i(0) : binary(BinaryOp.AND, integer(1), i(7));
        Expr bound = add(start, i(down ? -4 : 4));
        integers.add(index);
        loops.add(label);
        Stmt body = readOnly(index, () -> block(depth - 1));
        loops.remove(label);
        integers.remove(index);
        Run run = random.nextBoolean() ? Run.SEQUENTIAL : Run.UNROLLED;
        return new Stmt.For(label, index, start, bound, down ? -step : step, run, body);
    }

    private final List<Var> fixed = new ArrayList<>();

    private Stmt readOnly(Var index, java.util.function.Supplier<Stmt> body) {
        fixed.add(index);
        Stmt result = body.get();
        fixed.remove(index);
        return result;
    }

    private Stmt endless(int depth) {
        Label label = new Label("forever");
        Var count = fresh("count", Type.I32);
        fixed.add(count);
        loops.add(label);
        Stmt body =
                Ir.seq(
                        set(count, add(count, i(1))),
                        Ir.when(binary(BinaryOp.GT, count, i(3)), new Stmt.Break(label)),
                        block(depth - 1));
        loops.remove(label);
        fixed.remove(count);
        return Ir.seq(set(count, i(0)), new Stmt.Loop(label, body));
    }

    private Stmt labeled(int depth) {
        Label label = new Label("block");
        blocks.add(label);
        Stmt body = block(depth - 1);
        blocks.remove(label);
        return new Stmt.Labeled(label, body);
    }

    private Stmt jump() {
        int choice = random.nextInt(3);
        if (choice == 0 && !blocks.isEmpty()) {
            return new Stmt.Break(any(blocks));
        }
        if (!loops.isEmpty()) {
            return choice == 1 ? new Stmt.Break(any(loops)) : new Stmt.Continue(any(loops));
        }
        return out();
    }

    private Stmt out() {
        Expr mine = Ir.mul(globalId(0), i(SLOTS));
        return random.nextBoolean()
                ? store(ints, add(mine, slot()), integer(3))
                : store(floats, add(mine, slot()), number(3));
    }

    private Expr slot() {
        return binary(BinaryOp.AND, integer(1), i(SLOTS - 1));
    }

    private Expr integer(int depth) {
        int choice = random.nextInt(depth > 0 ? 10 : 3);
        return switch (choice) {
            case 0, 1 -> integers.isEmpty() ? i(5) : pick(integers);
            case 2 -> {
                long[] values = EdgeValues.of(Scalar.I32);
                yield i((int) values[random.nextInt(values.length)]);
            }
            case 3 -> load(scratch, slot());
            case 4 -> new Expr.Cast(Type.I32, number(depth - 1));
            case 5 -> new Expr.Select(truth(depth - 1), integer(depth - 1), integer(depth - 1));
            case 6 ->
                    new Expr.Cast(Type.I32, new Expr.Cast(Type.of(Scalar.I8), integer(depth - 1)));
            default -> {
                BinaryOp op = INTEGER[random.nextInt(INTEGER.length)];
                Expr x = integer(depth - 1);
                Expr y = integer(depth - 1);
                boolean divides = op == BinaryOp.DIV || op == BinaryOp.REM;
                yield binary(
                        op,
                        x,
                        divides ? new Expr.Select(binary(BinaryOp.EQ, y, i(0)), i(3), y) : y);
            }
        };
    }

    private Expr number(int depth) {
        int choice = random.nextInt(depth > 0 ? 7 : 3);
        return switch (choice) {
            case 0, 1 -> numbers.isEmpty() ? f(0.5f) : any(numbers);
            case 2 -> {
                long[] values = EdgeValues.of(Scalar.F32);
                yield new Const(Type.F32, values[random.nextInt(values.length)]);
            }
            case 3 -> new Expr.Cast(Type.F32, integer(depth - 1));
            case 4 -> new Expr.Select(truth(depth - 1), number(depth - 1), number(depth - 1));
            default ->
                    binary(
                            FLOATING[random.nextInt(FLOATING.length)],
                            number(depth - 1),
                            number(depth - 1));
        };
    }

    private Expr truth(int depth) {
        int choice = random.nextInt(depth > 0 ? 4 : 2);
        BinaryOp op = COMPARISONS[random.nextInt(COMPARISONS.length)];
        return switch (choice) {
            case 0 -> binary(op, integer(1), integer(1));
            case 1 -> binary(op, number(1), number(1));
            case 2 -> new Expr.Unary(org.tornadovit.ir.UnaryOp.NOT, truth(depth - 1));
            default ->
                    binary(
                            random.nextBoolean() ? BinaryOp.AND : BinaryOp.OR,
                            truth(depth - 1),
                            truth(depth - 1));
        };
    }

    private Expr pick(List<Var> variables) {
        return variables.get(random.nextInt(variables.size()));
    }

    private <T> T any(List<T> values) {
        List<T> allowed = values.stream().filter(v -> !fixed.contains(v)).toList();
        return allowed.get(random.nextInt(allowed.size()));
    }
}
