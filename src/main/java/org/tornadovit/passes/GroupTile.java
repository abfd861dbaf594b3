package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.loop;
import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Rewrites a {@link Contraction} for a device whose work-groups share memory of their own: a group
 * computes a square of results, a work-item 8 x 8 or 4 x 4 of them in registers. Pieces of both
 * factors, as deep as {@link #DEPTH} terms, pass through the shared memory; while one is used the
 * next is under way to registers.
 *
 * <p>Each sum keeps the order of its terms; only the rounding of {@code a * b + c} may differ, and
 * only where the target fuses it.
 */
final class GroupTile {
    /** Work-items of a group: 16 x 16. */
    private static final int ITEMS = 256;

    private static final int SIDE = 16;

    /** Terms of a sum that lie in the shared memory at a time. */
    private static final int DEPTH = 16;

    /** Floats that a work-item reads from the shared memory at a time. */
    private static final int LANES = 4;

    private static final int LARGE = 128;
    private static final int SMALL = 64;

    /** Contractions with fewer rows or columns leave most of a tile empty. */
    private static final int FEWEST = 32;

    private static final long MOST = 1 << 30;
    private static final long MOST_GROUPS = 65535;

    /** Nodes of all copies of prologue or epilogue; more would make the code too long. */
    private static final int MOST_COPIED = 3000;

    private static final Expr ITEM = new Expr.WorkItem(Expr.Query.LOCAL_ID, 0);

    private final Kernel kernel;
    private final Contraction contraction;
    private final Target target;
    private final FlatLoops rows;
    private final FlatLoops columns;
    private final FlatLoops outer;
    private final FlatLoops depth;
    private final int size;
    private final int own;
    private final Var item = new Var("item", Type.I32);
    private final Var across = new Var("across", Type.I32);
    private final Var down = new Var("down", Type.I32);
    private final Var firstRow = new Var("firstRow", Type.I32);
    private final Var firstColumn = new Var("firstColumn", Type.I32);
    private final Var batch = new Var("batch", Type.I32);
    private final Array rowTile = new Array("rows", Scalar.F32, Space.LOCAL);
    private final Array columnTile = new Array("columns", Scalar.F32, Space.LOCAL);

    private GroupTile(Kernel kernel, Contraction contraction, Target target) {
        this.kernel = kernel;
        this.contraction = contraction;
        this.target = target;
        var inRow = Contraction.variables(contraction.row());
        var inColumn = Contraction.variables(contraction.column());
        List<Stmt.For> onlyRow = new ArrayList<>();
        List<Stmt.For> onlyColumn = new ArrayList<>();
        List<Stmt.For> others = new ArrayList<>();
        for (Stmt.For l : contraction.parallel()) {
            boolean row = inRow.contains(l.index());
            boolean column = inColumn.contains(l.index());
            (row == column ? others : row ? onlyRow : onlyColumn).add(l);
        }
        rows = new FlatLoops(onlyRow);
        columns = new FlatLoops(onlyColumn);
        outer = new FlatLoops(others);
        depth = new FlatLoops(contraction.reduction());
        size = size();
        own = size / SIDE;
    }

    /** {@return the side of a group's square: the larger one where it keeps all cores busy} */
    private int size() {
        if (rows.extent() < LARGE || columns.extent() < LARGE) {
            return SMALL;
        }
        long groups =
                Math.ceilDiv(rows.extent(), LARGE)
                        * Math.ceilDiv(columns.extent(), LARGE)
                        * outer.extent();
        return groups >= target.cores() ? LARGE : SMALL;
    }

    /**
     * Tiles a kernel.
     *
     * @return the stage, or nothing when the kernel is no contraction or would not gain
     */
    static Optional<Lowering> apply(Kernel kernel, Target target) {
        if (target.groupMemory() < 2L * DEPTH * pitch(LARGE) * Float.BYTES) {
            return Optional.empty();
        }
        return Contraction.of(kernel)
                .map(c -> new GroupTile(kernel, c, target))
                .filter(GroupTile::gains)
                .map(GroupTile::lower);
    }

    private boolean gains() {
        return rows.extent() >= FEWEST
                && columns.extent() >= FEWEST
                && depth.extent() >= DEPTH
                && rows.extent() < MOST
                && columns.extent() < MOST
                && Math.ceilDiv(rows.extent(), size) <= MOST_GROUPS
                && outer.extent() <= MOST_GROUPS
                && nodes(contraction.prologue()) * own * own <= MOST_COPIED;
    }

    private static int nodes(List<Stmt> stmts) {
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                nodes[0]++;
            }
        }.walk(new Stmt.Sequence(stmts));
        return nodes[0];
    }

    /** Rows of a tile lie so far apart that neighbours in a column are in different banks. */
    private static int pitch(int size) {
        return size + LANES;
    }

    private Lowering lower() {
        List<Stmt> body = new ArrayList<>();
        body.add(allocate(rowTile));
        body.add(allocate(columnTile));
        body.add(new Stmt.Assign(item, ITEM));
        body.add(new Stmt.Assign(across, binary(BinaryOp.AND, item, SIDE - 1)));
        body.add(new Stmt.Assign(down, binary(BinaryOp.USHR, item, 4)));
        body.add(new Stmt.Assign(firstColumn, times(group(0), size)));
        body.add(new Stmt.Assign(firstRow, times(group(1), size)));
        body.add(new Stmt.Assign(batch, group(2)));
        Var[][] sums = sums(body);
        Fetch fetchRows = new Fetch(rowTile, contraction.row(), rows, firstRow);
        Fetch fetchColumns = new Fetch(columnTile, contraction.column(), columns, firstColumn);
        long pieces = depth.extent() / DEPTH;
        int rest = (int) (depth.extent() % DEPTH);
        Var piece = new Var("piece", Type.I32);
        if (pieces > 0) {
            body.addAll(fetch(fetchRows, fetchColumns, Const.i32(0)));
            List<Stmt> turn = new ArrayList<>();
            turn.addAll(fetchRows.load(times(piece, DEPTH)));
            turn.addAll(fetchColumns.load(times(piece, DEPTH)));
            turn.add(multiply(sums, DEPTH, LANES));
            turn.add(new Stmt.Barrier(Space.LOCAL));
            turn.addAll(fetchRows.store());
            turn.addAll(fetchColumns.store());
            turn.add(new Stmt.Barrier(Space.LOCAL));
            Stmt.For all = loop(piece, pieces, Run.SEQUENTIAL, new Stmt.Sequence(turn));
            if (pieces > 1) {
                body.add(
                        new Stmt.For(
                                all.label(),
                                piece,
                                Const.i32(1),
                                all.bound(),
                                1,
                                all.run(),
                                all.body()));
            }
            body.add(multiply(sums, DEPTH, LANES));
        }
        if (rest > 0) {
            if (pieces > 0) {
                body.add(new Stmt.Barrier(Space.LOCAL));
            }
            body.addAll(fetch(fetchRows, fetchColumns, Const.i32((int) (pieces * DEPTH))));
            body.add(multiply(sums, rest, 1));
        }
        finish(body, sums);
        Kernel tiled =
                new Kernel(
                        kernel.name(),
                        kernel.params(),
                        new Stmt.Sequence(body),
                        Kernel.Form.WORK_ITEM,
                        kernel.source());
        List<Long> grid =
                List.of(
                        Math.ceilDiv(columns.extent(), (long) size) * ITEMS,
                        Math.ceilDiv(rows.extent(), (long) size),
                        outer.extent());
        return new Lowering(
                List.of(
                        new Lowering.Stage(
                                Simplify.apply(tiled),
                                grid,
                                List.of((long) ITEMS, 1L, 1L),
                                Lowering.When.ALWAYS)),
                Map.of());
    }

    private Stmt allocate(Array tile) {
        return new Stmt.Allocate(tile, Const.i32(DEPTH * pitch(size)), Site.NONE);
    }

    private static Expr group(int axis) {
        return new Expr.WorkItem(Expr.Query.GROUP_ID, axis);
    }

    private static Expr binary(BinaryOp op, Expr x, int y) {
        return new Expr.Binary(op, x, Const.i32(y));
    }

    private List<Stmt> fetch(Fetch rowsOf, Fetch columnsOf, Expr first) {
        List<Stmt> out = new ArrayList<>();
        out.addAll(rowsOf.load(first));
        out.addAll(columnsOf.load(first));
        out.addAll(rowsOf.store());
        out.addAll(columnsOf.store());
        out.add(new Stmt.Barrier(Space.LOCAL));
        return out;
    }

    /** How the items of a group carry a piece of one factor to the shared memory. */
    private final class Fetch {
        private final Array tile;
        private final Expr factor;
        private final FlatLoops loops;
        private final Var first;
        private final boolean termsAreNeighbours;
        private final Var[] values;

        Fetch(Array tile, Expr factor, FlatLoops loops, Var first) {
            this.tile = tile;
            this.factor = factor;
            this.loops = loops;
            this.first = first;
            Var term = contraction.reduction().getLast().index();
            this.termsAreNeighbours = coefficients(factor, term).contains(1L);
            this.values = new Var[size * DEPTH / ITEMS];
            for (int i = 0; i < values.length; i++) {
                values[i] = new Var(tile.name() + i, Type.F32);
            }
        }

        /** Place within the tile, along its side, of the element number {@code i} of the item. */
        private Expr place(int i) {
            return termsAreNeighbours
                    ? plus(down, Const.i32(i * (ITEMS / DEPTH)))
                    : binary(BinaryOp.AND, item, size - 1);
        }

        private Expr term(int i) {
            return termsAreNeighbours
                    ? across
                    : plus(
                            binary(BinaryOp.USHR, item, Integer.numberOfTrailingZeros(size)),
                            Const.i32(i * (ITEMS / size)));
        }

        /** Reads the terms from {@code start} on; beyond the ends the last ones again. */
        List<Stmt> load(Expr start) {
            List<Stmt> out = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                Map<Var, Expr> at = new HashMap<>();
                outer.at(batch, at);
                Expr end = Const.i32((int) loops.extent() - 1);
                Expr place = plus(first, place(i));
                boolean fits = loops.extent() % size == 0;
                loops.at(fits ? place : new Expr.Binary(BinaryOp.MIN, place, end), at);
                Expr term = plus(start, term(i));
                boolean isLast = start instanceof Const c && c.bits() + DEPTH > depth.extent();
                Expr last = Const.i32((int) depth.extent() - 1);
                depth.at(isLast ? new Expr.Binary(BinaryOp.MIN, term, last) : term, at);
                out.add(new Stmt.Assign(values[i], Simplify.apply(Clone.of(factor, at))));
            }
            return out;
        }

        /** Writes what was read to the shared memory. */
        List<Stmt> store() {
            List<Stmt> out = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                Expr index = plus(times(term(i), pitch(size)), place(i));
                out.add(new Stmt.Store(tile, index, values[i], Site.NONE));
            }
            return out;
        }
    }

    /** {@return what the loads of an expression add to their index with each step of a loop} */
    private static List<Long> coefficients(Expr expr, Var index) {
        List<Long> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(_, var at, _, _)) {
                    Affine.of(at).ifPresent(a -> found.add(a.coefficient(index)));
                }
            }
        }.walk(expr);
        return found;
    }

    /** Adds the products of so many terms of the piece, {@code step} at a time. */
    private Stmt multiply(Var[][] sums, int terms, int step) {
        Var k = new Var("k", Type.I32);
        Type vector = Type.F32.withLanes(LANES);
        List<Stmt> body = new ArrayList<>();
        for (int s = 0; s < step; s++) {
            Expr line = times(plus(k, Const.i32(s)), pitch(size));
            Var[] x = factors(body, rowTile, line, down, vector);
            Var[] y = factors(body, columnTile, line, across, vector);
            for (int r = 0; r < own; r++) {
                for (int c = 0; c < own; c++) {
                    Expr a = new Expr.Lane(x[r / LANES], r % LANES);
                    Expr b = new Expr.Lane(y[c / LANES], c % LANES);
                    body.add(new Stmt.Assign(sums[r][c], multiplyAdd(a, b, sums[r][c])));
                }
            }
        }
        Stmt.For each = loop(k, terms, Run.SEQUENTIAL, new Stmt.Sequence(body));
        return new Stmt.For(
                each.label(), k, each.start(), each.bound(), step, each.run(), each.body());
    }

    private Var[] factors(List<Stmt> body, Array tile, Expr line, Var part, Type vector) {
        Var[] vectors = new Var[own / LANES];
        for (int v = 0; v < vectors.length; v++) {
            vectors[v] = new Var(tile.name() + "At" + v, vector);
            Expr index = plus(line, plus(times(part, LANES), Const.i32(v * SMALL)));
            body.add(new Stmt.Assign(vectors[v], new Expr.Load(tile, index, vector, Site.NONE)));
        }
        return vectors;
    }

    private Expr multiplyAdd(Expr x, Expr y, Expr z) {
        return contraction.fused() || target.fusesMultiplyAdd()
                ? new Expr.Call(Function.FMA, List.of(x, y, z))
                : new Expr.Binary(BinaryOp.ADD, z, new Expr.Binary(BinaryOp.MUL, x, y));
    }

    // ---- before and after the sums

    /** The place of result {@code i} of an item along a side: four neighbours, then 64 further. */
    private static Expr result(Var first, Var part, int i) {
        int offset = i / LANES * SMALL + i % LANES;
        return plus(first, plus(times(part, LANES), Const.i32(offset)));
    }

    private Var[][] sums(List<Stmt> body) {
        Var[][] sums = new Var[own][own];
        for (int r = 0; r < own; r++) {
            for (int c = 0; c < own; c++) {
                sums[r][c] = new Var("sum" + r + "_" + c, Type.F32);
                Expr row = least(result(firstRow, down, r), rows);
                Expr column = least(result(firstColumn, across, c), columns);
                Map<Var, Expr> values = places(row, column);
                values.put(contraction.sum(), sums[r][c]);
                body.add(Clone.of(new Stmt.Sequence(contraction.prologue()), values));
            }
        }
        return sums;
    }

    private static Expr least(Expr place, FlatLoops loops) {
        return new Expr.Binary(BinaryOp.MIN, place, Const.i32((int) loops.extent() - 1));
    }

    private Map<Var, Expr> places(Expr row, Expr column) {
        Map<Var, Expr> values = new HashMap<>();
        rows.at(row, values);
        columns.at(column, values);
        outer.at(batch, values);
        return values;
    }

    private void finish(List<Stmt> body, Var[][] sums) {
        if (nodes(contraction.epilogue()) * own * own <= MOST_COPIED) {
            for (int r = 0; r < own; r++) {
                for (int c = 0; c < own; c++) {
                    body.add(
                            finish(
                                    sums[r][c],
                                    result(firstRow, down, r),
                                    result(firstColumn, across, c)));
                }
            }
            return;
        }
        Array buffer = new Array("sums", Scalar.F32, Space.PRIVATE);
        body.add(new Stmt.Allocate(buffer, Const.i32(own * own), Site.NONE));
        for (int r = 0; r < own; r++) {
            for (int c = 0; c < own; c++) {
                body.add(new Stmt.Store(buffer, Const.i32(r * own + c), sums[r][c], Site.NONE));
            }
        }
        Var r = new Var("r", Type.I32);
        Var c = new Var("c", Type.I32);
        Expr sum = new Expr.Load(buffer, plus(times(r, own), c), Type.F32, Site.NONE);
        Stmt one = finish(sum, result(firstRow, down, r), result(firstColumn, across, c));
        body.add(loop(r, own, Run.SEQUENTIAL, loop(c, own, Run.SEQUENTIAL, one)));
    }

    private static Expr result(Var first, Var part, Var i) {
        Expr far = times(binary(BinaryOp.USHR, i, 2), SMALL);
        Expr near = binary(BinaryOp.AND, i, LANES - 1);
        return plus(first, plus(times(part, LANES), plus(far, near)));
    }

    /** What happens with a sum, where its place is one of the contraction's. */
    private Stmt finish(Expr sum, Expr rowPlace, Expr columnPlace) {
        Var row = new Var("row", Type.I32);
        Var column = new Var("column", Type.I32);
        Var own = new Var("sum", Type.F32);
        Map<Var, Expr> values = places(row, column);
        values.put(contraction.sum(), own);
        List<Stmt> body = new ArrayList<>(contraction.prologue());
        Var marker = contraction.sum();
        body.add(new Stmt.Assign(marker, sum));
        body.addAll(contraction.epilogue());
        Stmt inside = Relabel.of(Clone.of(new Stmt.Sequence(body), values));
        Expr isIn =
                new Expr.Binary(
                        BinaryOp.AND,
                        binary(BinaryOp.LT, row, (int) rows.extent()),
                        binary(BinaryOp.LT, column, (int) columns.extent()));
        return new Stmt.Sequence(
                List.of(
                        new Stmt.Assign(row, rowPlace),
                        new Stmt.Assign(column, columnPlace),
                        new Stmt.If(isIn, inside, Stmt.Sequence.EMPTY)));
    }
}
