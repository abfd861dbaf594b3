package org.tornadovit.passes;

import static org.tornadovit.passes.IndexArithmetic.loop;
import static org.tornadovit.passes.IndexArithmetic.plus;
import static org.tornadovit.passes.IndexArithmetic.times;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Rewrites a {@link Contraction} for a device with vector registers: register tiles of rows x
 * vectors, the column factor packed into panels that are read with unit stride.
 *
 * <p>Each sum keeps the order of its terms; only the rounding of {@code a * b + c} may differ, and
 * only where the target fuses it.
 */
final class Tile {
    private final Kernel kernel;
    private final Contraction contraction;
    private final Target target;
    private final Tiling tiling;
    private final Stmt.For row;
    private final List<Stmt.For> outer;
    private final long rows;
    private final long columns;
    private final boolean overlaps;

    private Tile(Kernel kernel, Contraction contraction, Target target, Stmt.For row) {
        this.kernel = kernel;
        this.contraction = contraction;
        this.target = target;
        this.row = row;
        this.rows = Nest.extent(row);
        this.columns = Nest.extent(contraction.lane());
        this.tiling = Tiling.choose(target, rows, columns);
        this.overlaps =
                rows >= tiling.rows() && columns >= tiling.columns() && isRepeatable(contraction);
        this.outer =
                contraction.parallel().stream()
                        .filter(l -> l != row && l != contraction.lane())
                        .toList();
    }

    /**
     * Tiles a kernel.
     *
     * @param constants arrays that do not change between executions
     * @return the stages, or nothing when the kernel is no contraction or would not gain
     */
    static Optional<Lowering> apply(Kernel kernel, Target target, Set<Array> constants) {
        if (target.lanes() < 2) {
            return Optional.empty();
        }
        return Contraction.of(kernel)
                .flatMap(c -> new Tile(kernel, c, target, rowOf(c, target)).lower(constants));
    }

    /**
     * The loop over rows: one that only the row factor depends on, at the least cost; a loop of one
     * row when there is none.
     */
    private static Stmt.For rowOf(Contraction c, Target target) {
        Set<Var> inRow = Contraction.variables(c.row());
        Set<Var> inColumn = Contraction.variables(c.column());
        Stmt.For best = loop(new Var("row", Type.I32), 1, Run.PARALLEL, Stmt.Sequence.EMPTY);
        double least = Double.MAX_VALUE;
        for (Stmt.For loop : c.parallel()) {
            if (loop == c.lane()
                    || !inRow.contains(loop.index())
                    || inColumn.contains(loop.index())) {
                continue;
            }
            long extent = Nest.extent(loop);
            int r = Tiling.choose(target, extent, Nest.extent(c.lane())).rows();
            double cost = (double) Math.ceilDiv(extent, r) / extent;
            if (cost <= least) { // of equals the innermost, whose rows lie closest
                least = cost;
                best = loop;
            }
        }
        return best;
    }

    /** Whether computing a result twice changes nothing: what is stored is loaded nowhere. */
    private static boolean isRepeatable(Contraction c) {
        List<Stmt> around = new ArrayList<>(c.prologue());
        around.addAll(c.epilogue());
        Set<Array> stored = new HashSet<>();
        Set<Array> loaded = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load load) {
                    loaded.add(load.array());
                }
            }

            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Store store) {
                    stored.add(store.array());
                }
            }
        }.walk(new Stmt.Sequence(around));
        return stored.stream().noneMatch(loaded::contains);
    }

    /**
     * {@return where tile {@code number} of {@code size} begins; the last one lies at the end, over
     * the one before}
     */
    private Expr first(Expr number, long size, long extent) {
        Expr begin = times(number, size);
        return overlaps && extent % size != 0
                ? new Expr.Binary(BinaryOp.MIN, begin, Const.i32((int) (extent - size)))
                : begin;
    }

    private Optional<Lowering> lower(Set<Array> constants) {
        List<Lowering.Stage> stages = new ArrayList<>();
        Map<Array, Long> scratch = new LinkedHashMap<>();
        Optional<Panels> panels = Optional.empty();
        if (!isReadableInPlace()) {
            panels = Panels.of(contraction, outer, tiling);
            if (panels.isEmpty()) {
                return Optional.empty();
            }
            scratch.put(panels.get().array(), panels.get().elements());
            boolean constant = constants.containsAll(Contraction.arrays(contraction.column()));
            Kernel pack = MapParallel.apply(pack(panels.get()));
            stages.add(
                    new Lowering.Stage(
                            pack,
                            MapParallel.grid(pack, 1),
                            constant ? Lowering.When.ON_NEW_CONSTANTS : Lowering.When.ALWAYS));
        }
        Kernel tiled = tiled(panels);
        stages.add(new Lowering.Stage(tiled, MapParallel.grid(tiled, 1), Lowering.When.ALWAYS));
        return Optional.of(new Lowering(stages, scratch));
    }

    /** Whether panels can be read where the column factor lies: unit stride and no ragged end. */
    private boolean isReadableInPlace() {
        return (overlaps || columns % tiling.columns() == 0)
                && contraction.column() instanceof Expr.Load(var array, var index, _, _)
                && array.element() == Scalar.F32
                && Affine.of(index)
                        .map(a -> a.coefficient(contraction.lane().index()) == 1)
                        .orElse(false);
    }

    private Kernel pack(Panels panels) {
        Var panel = new Var("panel", Type.I32);
        boolean ragged = columns % tiling.columns() != 0 && !overlaps;
        Expr first = first(panel, tiling.columns(), columns);
        return panels.pack(kernel, panel, first, ragged ? Optional.of(columns) : Optional.empty());
    }

    // ---- the tiles

    private Kernel tiled(Optional<Panels> panels) {
        Var panel = new Var("panel", Type.I32);
        Var tile = new Var("tile", Type.I32);
        int width = tiling.columns();
        long fullPanels = overlaps ? Math.ceilDiv(columns, (long) width) : columns / width;
        int restColumns = overlaps ? 0 : (int) (columns % width);
        long fullTiles = overlaps ? Math.ceilDiv(rows, tiling.rows()) : rows / tiling.rows();
        int restRows = overlaps ? 0 : (int) (rows % tiling.rows());
        Expr firstRow = first(tile, tiling.rows(), rows);
        Expr firstColumn = first(panel, width, columns);

        Stmt full =
                rowTiles(panels, tile, fullTiles, restRows, firstRow, panel, firstColumn, width);
        Stmt body = full;
        if (restColumns > 0) {
            Stmt rest =
                    rowTiles(
                            panels,
                            tile,
                            fullTiles,
                            restRows,
                            firstRow,
                            panel,
                            firstColumn,
                            restColumns);
            Expr isFull = new Expr.Binary(BinaryOp.LT, panel, Const.i32((int) fullPanels));
            body = fullPanels == 0 ? rest : new Stmt.If(isFull, full, rest);
        }
        List<Stmt.For> loops = new ArrayList<>();
        boolean sharedPanels = panels.map(p -> p.batch().isEmpty()).orElse(false);
        Stmt.For overPanels =
                loop(panel, fullPanels + (restColumns > 0 ? 1 : 0), Run.PARALLEL, body);
        Stmt.For overTiles = loop(tile, fullTiles + (restRows > 0 ? 1 : 0), Run.PARALLEL, body);
        if (sharedPanels) {
            loops.add(overPanels); // a panel stays in the cache for all rows
            loops.addAll(outer);
        } else {
            loops.addAll(outer);
            loops.add(overPanels);
        }
        loops.add(overTiles);
        for (Stmt.For l : loops.reversed()) {
            body = Split.withBody(l, body);
        }
        List<Param> params = new ArrayList<>(kernel.params());
        params.removeIf(p ->
                panels.isPresent() && p instanceof Param.OfArray(var a) && !isUsedOutsideColumn(a));
        panels.ifPresent(p -> params.add(new Param.OfArray(p.array())));
        Kernel whole = new Kernel(kernel.name(), params, body, Kernel.Form.LOOPS, kernel.source());
        return MapParallel.apply(Simplify.apply(whole));
    }

    private boolean isUsedOutsideColumn(Array array) {
        Set<Array> used = new HashSet<>(Contraction.arrays(contraction.row()));
        List<Stmt> around = new ArrayList<>(contraction.prologue());
        around.addAll(contraction.epilogue());
        new org.tornadovit.ir.Walker() {
            @Override
            protected void visit(Expr e) {
                switch (e) {
                    case Expr.Load(var a, _, _, _) -> used.add(a);
                    case Expr.Length(var a) -> used.add(a);
                    default -> {}
                }
            }

            @Override
            protected void visit(Stmt s) {
                if (s instanceof Stmt.Store(var a, _, _, _)) {
                    used.add(a);
                }
            }
        }.walk(new Stmt.Sequence(around));
        return used.contains(array);
    }

    private Stmt rowTiles(
            Optional<Panels> panels,
            Var tile,
            long fullTiles,
            int restRows,
            Expr firstRow,
            Var panel,
            Expr firstColumn,
            int width) {
        if (restRows == 0) {
            return tile(panels, tiling.rows(), width, firstRow, panel, firstColumn);
        }
        Stmt rest = tile(panels, restRows, width, firstRow, panel, firstColumn);
        if (fullTiles == 0) {
            return rest;
        }
        Stmt full = tile(panels, tiling.rows(), width, firstRow, panel, firstColumn);
        Expr isFull = new Expr.Binary(BinaryOp.LT, tile, Const.i32((int) fullTiles));
        return new Stmt.If(isFull, full, rest);
    }

    /** One tile of {@code height} rows and {@code width} columns. */
    private Stmt tile(
            Optional<Panels> panels,
            int height,
            int width,
            Expr firstRow,
            Var panel,
            Expr firstColumn) {
        int lanes = tiling.lanes();
        int vectors = Math.ceilDiv(width, lanes);
        Type vector = Type.F32.withLanes(lanes);
        boolean ragged = width % lanes != 0;
        Var[][] sums = new Var[height][vectors];
        for (int r = 0; r < height; r++) {
            for (int v = 0; v < vectors; v++) {
                sums[r][v] = new Var("sum" + r + "_" + v, vector);
            }
        }
        List<Stmt> out = new ArrayList<>();
        List<List<Stmt>> tails = new ArrayList<>();
        boolean vectorised = !ragged;
        List<Stmt> heads = new ArrayList<>();
        for (int r = 0; vectorised && r < height; r++) {
            for (int v = 0; vectorised && v < vectors; v++) {
                Expr column = plus(firstColumn, Const.i32(v * lanes));
                Optional<List<Stmt>> tail =
                        around(heads, sums[r][v], plus(firstRow, Const.i32(r)), column, lanes);
                tail.ifPresent(tails::add);
                vectorised = tail.isPresent();
            }
        }
        if (vectorised && size() * height * vectors > MOST_COPIED) {
            return loopedAround(panels, sums, firstRow, panel, firstColumn);
        }
        if (vectorised) {
            out.addAll(heads);
            out.add(sum(panels, sums, height, vectors, firstRow, panel, firstColumn));
            tails.forEach(out::addAll);
            return new Stmt.Sequence(out);
        }
        return scalarAround(panels, sums, height, vectors, width, firstRow, panel, firstColumn);
    }

    /** Nodes of all copies of prologue and epilogue; more would make a tile's code too long. */
    private static final int MOST_COPIED = 600;

    private int size() {
        List<Stmt> around = new ArrayList<>(contraction.prologue());
        around.addAll(contraction.epilogue());
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                nodes[0]++;
            }
        }.walk(new Stmt.Sequence(around));
        return nodes[0];
    }

    /** Prologue and epilogue as loops over the vectors of the tile, which pass through memory. */
    private Stmt loopedAround(
            Optional<Panels> panels, Var[][] sums, Expr firstRow, Var panel, Expr firstColumn) {
        int height = sums.length;
        int vectors = sums[0].length;
        int lanes = tiling.lanes();
        Array buffer = new Array("sums", Scalar.F32, Space.PRIVATE);
        Var r = new Var("r", Type.I32);
        Var v = new Var("v", Type.I32);
        Var sum = new Var("sum", sums[0][0].type());
        List<Stmt> heads = new ArrayList<>();
        Expr column = plus(firstColumn, times(v, lanes));
        List<Stmt> tail = around(heads, sum, plus(firstRow, r), column, lanes).orElseThrow();
        Expr at = times(plus(times(r, vectors), v), lanes);
        List<Stmt> before = new ArrayList<>(heads);
        before.add(new Stmt.Store(buffer, at, sum, Site.NONE));
        List<Stmt> after = new ArrayList<>(heads);
        after.add(new Stmt.Assign(sum, new Expr.Load(buffer, at, sum.type(), Site.NONE)));
        after.addAll(tail);
        List<Stmt> out = new ArrayList<>();
        Expr length = Const.i32(height * vectors * lanes);
        out.add(new Stmt.Allocate(buffer, length, Site.NONE));
        out.add(eachVector(r, v, height, vectors, before));
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < vectors; j++) {
                Expr element = Const.i32((i * vectors + j) * lanes);
                Expr start = new Expr.Load(buffer, element, sum.type(), Site.NONE);
                out.add(new Stmt.Assign(sums[i][j], start));
            }
        }
        out.add(sum(panels, sums, height, vectors, firstRow, panel, firstColumn));
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < vectors; j++) {
                Expr element = Const.i32((i * vectors + j) * lanes);
                out.add(new Stmt.Store(buffer, element, sums[i][j], Site.NONE));
            }
        }
        out.add(eachVector(r, v, height, vectors, after));
        return new Stmt.Sequence(out);
    }

    private static Stmt eachVector(Var r, Var v, int height, int vectors, List<Stmt> body) {
        Var row = new Var(r.name(), Type.I32);
        Var vector = new Var(v.name(), Type.I32);
        Stmt inner = Clone.of(new Stmt.Sequence(body), Map.of(r, row, v, vector));
        return loop(row, height, Run.SEQUENTIAL, loop(vector, vectors, Run.SEQUENTIAL, inner));
    }

    /**
     * Prologue and epilogue of one accumulator in vectors: appends the prologue to {@code heads}
     * and gives the epilogue.
     */
    private Optional<List<Stmt>> around(
            List<Stmt> heads, Var sum, Expr rowIndex, Expr column, int lanes) {
        Var lane = contraction.lane().index();
        Map<Var, Expr> known = new HashMap<>();
        known.put(row.index(), rowIndex);
        Vectorise before = new Vectorise(lane, column, lanes, target, known);
        Optional<List<Stmt>> head = before.statements(contraction.prologue());
        Optional<Expr> start = before.value(contraction.sum());
        if (head.isEmpty() || start.isEmpty()) {
            return Optional.empty();
        }
        Vectorise after = before.with(contraction.sum(), sum);
        Optional<List<Stmt>> tail = after.statements(contraction.epilogue());
        if (tail.isPresent()) {
            heads.addAll(head.get());
            heads.add(new Stmt.Assign(sum, Vectorise.wide(start.get(), lanes)));
        }
        return tail;
    }

    /** The loops over the terms: sum[r][v] += row factor * panel[v]. */
    private Stmt sum(
            Optional<Panels> panels,
            Var[][] sums,
            int height,
            int vectors,
            Expr firstRow,
            Var panel,
            Expr firstColumn) {
        int lanes = tiling.lanes();
        Type vector = Type.F32.withLanes(lanes);
        List<Stmt> body = new ArrayList<>();
        Var[] column = new Var[vectors];
        for (int v = 0; v < vectors; v++) {
            column[v] = new Var("column" + v, vector);
            body.add(
                    new Stmt.Assign(
                            column[v], load(panels, panel, firstColumn, v * lanes, vector)));
        }
        for (int r = 0; r < height; r++) {
            Var factor = new Var("row" + r, vector);
            Map<Var, Expr> values = Map.of(row.index(), plus(firstRow, Const.i32(r)));
            Expr scalar = Simplify.apply(Clone.of(contraction.row(), values));
            body.add(new Stmt.Assign(factor, new Expr.Broadcast(vector, scalar)));
            for (int v = 0; v < vectors; v++) {
                body.add(new Stmt.Assign(sums[r][v], multiplyAdd(factor, column[v], sums[r][v])));
            }
        }
        Stmt loops = new Stmt.Sequence(body);
        for (Stmt.For l : contraction.reduction().reversed()) {
            loops = Split.withBody(l, loops);
        }
        Map<Var, Expr> own = new HashMap<>();
        for (Stmt.For l : contraction.reduction()) {
            own.put(l.index(), new Var(l.index().name(), Type.I32));
        }
        for (Var[] line : sums) {
            for (Var s : line) {
                own.put(s, s);
            }
        }
        return Relabel.of(Clone.of(loops, own));
    }

    private Expr load(
            Optional<Panels> panels, Var panel, Expr firstColumn, int offset, Type vector) {
        if (panels.isPresent()) {
            Expr element = panels.get().index(panel, Const.i32(offset));
            return new Expr.Load(panels.get().array(), element, vector, Site.NONE);
        }
        Expr.Load column = (Expr.Load) contraction.column();
        Expr first = plus(firstColumn, Const.i32(offset));
        Expr index = Clone.of(column.index(), Map.of(contraction.lane().index(), first));
        return new Expr.Load(column.array(), Simplify.apply(index), vector, column.site());
    }

    private Expr multiplyAdd(Expr x, Expr y, Expr z) {
        return contraction.fused() || target.fusesMultiplyAdd()
                ? new Expr.Call(Function.FMA, List.of(x, y, z))
                : new Expr.Binary(BinaryOp.ADD, z, new Expr.Binary(BinaryOp.MUL, x, y));
    }

    /** Where prologue and epilogue have no vector form: sums go through memory of the work-item. */
    private Stmt scalarAround(
            Optional<Panels> panels,
            Var[][] sums,
            int height,
            int vectors,
            int width,
            Expr firstRow,
            Var panel,
            Expr firstColumn) {
        int pitch = vectors * tiling.lanes();
        Array buffer = new Array("sums", Scalar.F32, Space.PRIVATE);
        List<Stmt> out = new ArrayList<>();
        out.add(new Stmt.Allocate(buffer, Const.i32(height * pitch), Site.NONE));
        out.add(eachElement(buffer, pitch, height, width, firstRow, firstColumn, true));
        for (int r = 0; r < height; r++) {
            for (int v = 0; v < vectors; v++) {
                Expr at = Const.i32(r * pitch + v * tiling.lanes());
                Type type = sums[r][v].type();
                Expr start = new Expr.Load(buffer, at, type, Site.NONE);
                out.add(new Stmt.Assign(sums[r][v], start));
            }
        }
        out.add(sum(panels, sums, height, vectors, firstRow, panel, firstColumn));
        for (int r = 0; r < height; r++) {
            for (int v = 0; v < vectors; v++) {
                Expr at = Const.i32(r * pitch + v * tiling.lanes());
                out.add(new Stmt.Store(buffer, at, sums[r][v], Site.NONE));
            }
        }
        out.add(eachElement(buffer, pitch, height, width, firstRow, firstColumn, false));
        return new Stmt.Sequence(out);
    }

    private Stmt eachElement(
            Array buffer,
            int pitch,
            int height,
            int width,
            Expr firstRow,
            Expr firstColumn,
            boolean starts) {
        Var r = new Var("r", Type.I32);
        Var c = new Var("c", Type.I32);
        Map<Var, Expr> values = new HashMap<>();
        values.put(row.index(), plus(firstRow, r));
        values.put(contraction.lane().index(), plus(firstColumn, c));
        Var sum = new Var("sum", Type.F32);
        values.put(contraction.sum(), sum);
        Expr at = plus(times(r, pitch), c);
        List<Stmt> body = new ArrayList<>();
        body.addAll(contraction.prologue());
        if (starts) {
            body.add(new Stmt.Store(buffer, at, sum, Site.NONE));
        } else {
            body.add(new Stmt.Assign(sum, new Expr.Load(buffer, at, Type.F32, Site.NONE)));
            body.addAll(contraction.epilogue());
        }
        values.put(sum, sum);
        Stmt inner = Clone.of(new Stmt.Sequence(body), values);
        Stmt columnsLoop = loop(c, width, Run.SEQUENTIAL, inner);
        return loop(r, height, Run.SEQUENTIAL, columnsLoop);
    }
}
