package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Runs each work-group of a work-item kernel on one thread: a grid loop over the groups, and in it,
 * for the code between two barriers, a loop over the items of the group.
 *
 * <p>A loop or choice around a barrier stays around the loops over the items, since all items take
 * the same way there. What an item keeps in variables and private arrays from one side of a barrier
 * to the other is kept in arrays of the group, an element an item. An item that returns is left out
 * of the loops that follow.
 */
public final class FissionBarriers {
    private static final Label GROUP = new Label("group");
    private static final Label ITEM = new Label("item");

    private final Kernel kernel;
    private final GroupItems items;
    private final Convergent convergent;
    private final boolean returns;
    private final List<Stmt> locals = new ArrayList<>();
    private final Array gone = new Array("gone", Scalar.BOOL, Space.LOCAL);
    private final Var goneCount = new Var("goneCount", Type.I32);
    private final Map<Var, Array> kept = new LinkedHashMap<>();
    private final Map<Array, Array> keptArrays = new LinkedHashMap<>();
    private final Map<Array, Expr> lengths = new HashMap<>();

    private FissionBarriers(Kernel kernel, GroupItems items, Convergent convergent) {
        this.kernel = kernel;
        this.items = items;
        this.convergent = convergent;
        this.returns = has(kernel.body(), Stmt.Return.class);
    }

    /**
     * {@return a kernel of loops that does what {@code kernel} does for every item of the grid}
     *
     * @param grid work-items along x, y, z
     * @param group items of a group along x, y, z, each a divisor; 0 leaves the choice
     * @throws UnsupportedBarrierException when not all items of a group would meet at a barrier
     */
    public static Kernel apply(Kernel kernel, List<Long> grid, List<Long> group) {
        if (kernel.form() != Kernel.Form.WORK_ITEM) {
            return kernel;
        }
        List<Long> chosen =
                Groups.matter(kernel)
                        ? Groups.chosen(grid, group, Groups.USUAL)
                        : List.of(1L, 1L, 1L);
        GroupItems items = new GroupItems(grid, chosen);
        Kernel ending = EndItems.apply(kernel, chosen);
        Convergent convergent = Convergent.of(ending, chosen);
        Stmt body = new FissionBarriers(ending, items, convergent).group();
        return Simplify.apply(
                new Kernel(
                        kernel.name(),
                        kernel.params(),
                        items.overGroups(body),
                        Kernel.Form.LOOPS,
                        kernel.source()));
    }

    private static boolean has(Stmt body, Class<? extends Stmt> kind) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                found[0] |= kind.isInstance(s);
            }
        }.walk(body);
        return found[0];
    }

    private Stmt group() {
        List<Stmt> pieces = new ArrayList<>();
        lift(
                kernel.body(),
                piece -> {
                    pieces.add(piece);
                    return piece;
                });
        keepVariables(pieces);
        keepArrays(pieces);
        List<Stmt> out = new ArrayList<>(locals);
        kept.forEach((v, a) -> out.add(allocate(a, (long) items.count() * v.type().lanes())));
        keptArrays.forEach((own, all) -> out.add(allocate(all, items.count() * length(own))));
        if (needsGone()) {
            out.add(allocate(gone, items.count()));
            out.add(new Stmt.Assign(goneCount, Const.i32(0)));
            out.add(items.overItems(Run.PARALLEL, gone(false)));
        }
        initialParameters(out);
        out.add(lift(kernel.body(), this::forItems));
        return new Stmt.Labeled(GROUP, new Stmt.Sequence(out));
    }

    private static Stmt allocate(Array array, long length) {
        return new Stmt.Allocate(array, Const.i32(Math.toIntExact(length)), Site.NONE);
    }

    private long length(Array array) {
        if (lengths.get(array) instanceof Const c) {
            return c.bits();
        }
        throw new IllegalStateException("the length of array " + array + " is not constant");
    }

    /** Only items that could come back have to be remembered. */
    private boolean needsGone() {
        return returns && convergent.contains(kernel.body());
    }

    /**
     * Goes down the common part of the kernel.
     *
     * @param piece what becomes of statements between barriers
     */
    private Stmt lift(Stmt stmt, Function<Stmt, Stmt> piece) {
        if (!convergent.contains(stmt)) {
            return piece.apply(stmt);
        }
        return switch (stmt) {
            case Stmt.Sequence(var body) -> new Stmt.Sequence(pieces(body, piece));
            case Stmt.If(var condition, var yes, var no) ->
                    new Stmt.If(answered(condition), lift(yes, piece), lift(no, piece));
            case Stmt.Labeled(var label, var body) -> new Stmt.Labeled(label, lift(body, piece));
            case Stmt.Loop(var label, var body) -> new Stmt.Loop(label, lift(body, piece));
            case Stmt.For f ->
                    new Stmt.For(
                            f.label(),
                            f.index(),
                            answered(f.start()),
                            answered(f.bound()),
                            f.step(),
                            Run.SEQUENTIAL,
                            lift(f.body(), piece));
            case Stmt.Assign(var target, var value) -> new Stmt.Assign(target, answered(value));
            case Stmt.Barrier _ -> Stmt.Sequence.EMPTY; // the end of a loop over the items
            case Stmt.Break _, Stmt.Continue _ -> stmt;
            case Stmt.Store _, Stmt.Atomic _, Stmt.Allocate _, Stmt.Return _, Stmt.Check _ ->
                    throw new IllegalStateException(stmt + " is no common statement");
        };
    }

    private List<Stmt> pieces(List<Stmt> body, Function<Stmt, Stmt> piece) {
        List<Stmt> out = new ArrayList<>();
        List<Stmt> between = new ArrayList<>();
        for (Stmt s : body) {
            if (convergent.contains(s)) {
                if (!between.isEmpty()) {
                    out.add(piece.apply(new Stmt.Sequence(between)));
                    between.clear();
                }
                out.add(lift(s, piece));
            } else {
                between.add(s);
            }
        }
        if (!between.isEmpty()) {
            out.add(piece.apply(new Stmt.Sequence(between)));
        }
        return out;
    }

    private Expr answered(Expr expr) {
        return new Answers().rewrite(expr);
    }

    /** What one piece sets and another, or the same one later, reads. */
    private void keepVariables(List<Stmt> pieces) {
        Set<Var> assigned = new HashSet<>();
        Set<Var> needed = new LinkedHashSet<>();
        for (Stmt piece : pieces) {
            assigned.addAll(targets(piece));
            needed.addAll(Exposed.of(piece));
        }
        for (Var v : needed) {
            if (assigned.contains(v) && !convergent.contains(v)) {
                kept.put(v, new Array(v.name() + "OfItems", v.type().scalar(), Space.LOCAL));
            }
        }
    }

    private static Set<Var> targets(Stmt stmt) {
        Set<Var> targets = new LinkedHashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Assign(var target, _) -> targets.add(target);
                    case Stmt.Atomic a -> targets.add(a.result());
                    default -> {}
                }
            }
        }.walk(stmt);
        return targets;
    }

    /** Local arrays belong to the group; so do private ones that live across barriers. */
    private void keepArrays(List<Stmt> pieces) {
        Map<Array, Set<Stmt>> users = new LinkedHashMap<>();
        for (Stmt piece : pieces) {
            new Walker() {
                private void use(Array array) {
                    if (array.space() == Space.PRIVATE) {
                        users.computeIfAbsent(
                                        array,
                                        _ -> Collections.newSetFromMap(new IdentityHashMap<>()))
                                .add(piece);
                    }
                }

                @Override
                protected void visit(Expr e) {
                    if (e instanceof Expr.Load l) {
                        use(l.array());
                    }
                }

                @Override
                protected void visit(Stmt s) {
                    switch (s) {
                        case Stmt.Store store -> use(store.array());
                        case Stmt.Atomic atomic -> use(atomic.array());
                        case Stmt.Allocate(var array, var length, _) -> {
                            use(array);
                            lengths.put(array, length);
                            if (array.space() == Space.LOCAL) {
                                locals.add(s);
                            }
                        }
                        default -> {}
                    }
                }
            }.walk(piece);
        }
        users.forEach((array, where) -> {
            if (where.size() > 1) {
                String name = array.name() + "OfItems";
                keptArrays.put(array, new Array(name, array.element(), Space.LOCAL));
            }
        });
    }

    /** Parameters that items assign start with what the launch gave. */
    private void initialParameters(List<Stmt> out) {
        List<Stmt> stores = new ArrayList<>();
        for (Param p : kernel.params()) {
            if (p instanceof Param.OfScalar(var v) && kept.containsKey(v)) {
                stores.add(keep(v));
            }
        }
        if (!stores.isEmpty()) {
            out.add(items.overItems(Run.PARALLEL, new Stmt.Sequence(stores)));
        }
    }

    private Expr place(Var v) {
        Expr lanes = Const.i32(v.type().lanes());
        return Simplify.apply(new Expr.Binary(BinaryOp.MUL, items.number(), lanes));
    }

    private Stmt keep(Var v) {
        return new Stmt.Store(keptArray(v), place(v), v, Site.NONE);
    }

    private Stmt recall(Var v) {
        return new Stmt.Assign(v, new Expr.Load(keptArray(v), place(v), v.type(), Site.NONE));
    }

    private Array keptArray(Var v) {
        Array array = kept.get(v);
        if (array == null) {
            throw new IllegalStateException(v + " is not kept");
        }
        return array;
    }

    private Stmt gone(boolean value) {
        return new Stmt.Store(gone, items.number(), Const.bool(value), Site.NONE);
    }

    /** The code between two barriers, for every item that is still there. */
    private Stmt forItems(Stmt piece) {
        List<Stmt> out = new ArrayList<>();
        if (needsGone()) {
            Expr isGone = new Expr.Load(gone, items.number(), Type.BOOL, Site.NONE);
            out.add(new Stmt.If(isGone, new Stmt.Break(ITEM), Stmt.Sequence.EMPTY));
        }
        List<Stmt> whole = new ArrayList<>(List.of(piece));
        targets(piece).stream().filter(kept::containsKey).map(this::keep).forEach(whole::add);
        Stmt body = new Stmt.Sequence(whole); // keeping a variable that it sets sometimes reads it
        Exposed.of(body).stream().filter(kept::containsKey).map(this::recall).forEach(out::add);
        out.add(new Answers().rewrite(body));
        boolean leaves = has(piece, Stmt.Return.class);
        boolean ordered = leaves && needsGone(); // it counts
        Stmt item = new Stmt.Labeled(ITEM, new Stmt.Sequence(out));
        Stmt all = items.overItems(ordered ? Run.SEQUENTIAL : Run.PARALLEL, item);
        if (!ordered) {
            return all;
        }
        Expr nobody = new Expr.Binary(BinaryOp.EQ, goneCount, Const.i32(items.count()));
        Stmt end = new Stmt.If(nobody, new Stmt.Break(GROUP), Stmt.Sequence.EMPTY);
        return new Stmt.Sequence(List.of(all, end));
    }

    /** Puts the loops' indices for the questions of an item, and the group's arrays for its own. */
    private final class Answers extends Rewriter {
        @Override
        protected Expr visit(Expr expr) {
            return switch (expr) {
                case Expr.WorkItem w -> items.answer(w);
                case Expr.Load(var array, var index, var type, var site)
                        when keptArrays.containsKey(array) ->
                        new Expr.Load(of(array), at(array, index), type, site);
                case Expr.Length(var array) when keptArrays.containsKey(array) ->
                        Const.i32((int) length(array));
                default -> expr;
            };
        }

        @Override
        protected Stmt visit(Stmt stmt) {
            return switch (stmt) {
                case Stmt.Store(var array, var index, var value, var site)
                        when keptArrays.containsKey(array) ->
                        new Stmt.Store(of(array), at(array, index), value, site);
                case Stmt.Atomic(var op, var array, var index, var value, var result, var site)
                        when keptArrays.containsKey(array) ->
                        new Stmt.Atomic(op, of(array), at(array, index), value, result, site);
                case Stmt.Allocate a when a.array().space() == Space.LOCAL -> Stmt.Sequence.EMPTY;
                case Stmt.Allocate a when keptArrays.containsKey(a.array()) -> zeros(a.array());
                case Stmt.Return() -> leave();
                default -> stmt;
            };
        }

        private Array of(Array array) {
            return Objects.requireNonNull(keptArrays.get(array));
        }

        private Expr at(Array array, Expr index) {
            Expr first =
                    new Expr.Binary(BinaryOp.MUL, items.number(), Const.i32((int) length(array)));
            Expr wide = index.type().equals(Type.I32) ? first : new Expr.Cast(Type.I64, first);
            return new Expr.Binary(BinaryOp.ADD, wide, index);
        }

        private Stmt zeros(Array array) {
            Var i = new Var("i", Type.I32);
            Expr zero = Const.zero(Type.of(array.element()));
            return new Stmt.For(
                    new Label("zeros"),
                    i,
                    Const.i32(0),
                    Const.i32((int) length(array)),
                    1,
                    Run.PARALLEL,
                    new Stmt.Store(of(array), at(array, i), zero, Site.NONE));
        }

        private Stmt leave() {
            Stmt jump = new Stmt.Break(ITEM);
            if (!needsGone()) {
                return jump;
            }
            Expr more = new Expr.Binary(BinaryOp.ADD, goneCount, Const.i32(1));
            return new Stmt.Sequence(List.of(gone(true), new Stmt.Assign(goneCount, more), jump));
        }
    }
}
