package org.tornadovit.passes;

import java.util.ArrayList;
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
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Runs a kernel's outermost parallel loop a piece at a time, with the part of the arrays that the
 * piece touches.
 *
 * <p>An array of which iteration i touches only elements {@code share * i} to {@code share * (i +
 * 1) - 1} is cut along the loop; any other array stays whole.
 */
public final class Slice {
    private final Kernel kernel;
    private final Stmt.For loop;
    private final Footprint footprint;
    private final Map<Array, Long> shares;

    private Slice(Kernel kernel, Stmt.For loop, Footprint footprint, Map<Array, Long> shares) {
        this.kernel = kernel;
        this.loop = loop;
        this.footprint = footprint;
        this.shares = shares;
    }

    /**
     * {@return the slices of a kernel, or nothing when it is not one parallel loop from 0 to a
     * constant}
     *
     * @param scalars the value of every scalar parameter
     * @param lengths the number of elements of every array parameter
     */
    public static Optional<Slice> of(
            Kernel kernel, Map<Var, Const> scalars, Map<Array, Integer> lengths) {
        Kernel known =
                Simplify.apply(
                        Forward.apply(Simplify.apply(Specialise.apply(kernel, scalars, lengths))));
        List<Stmt> body =
                known.body() instanceof Stmt.Sequence(var list) ? list : List.of(known.body());
        if (known.form() != Kernel.Form.LOOPS
                || body.isEmpty()
                || !(body.getLast() instanceof Stmt.For f)
                || !f.run().equals(org.tornadovit.ir.Run.PARALLEL)
                || !Nest.isPlain(f)
                || !body.subList(0, body.size() - 1).stream().allMatch(Nest::isRepeatable)) {
            return Optional.empty();
        }
        Footprint footprint = new Footprint(f);
        Map<Array, Long> shares = new LinkedHashMap<>();
        Set<Array> special = special(f);
        for (Array array : known.arrays()) {
            long share = footprint.share(array);
            Integer length = lengths.get(array);
            if (share > 0
                    && length != null
                    && share * Nest.extent(f) <= length
                    && !special.contains(array)) {
                shares.put(array, share);
            }
        }
        return Optional.of(new Slice(known, f, footprint, shares));
    }

    /** Arrays with accesses that a footprint does not see in full. */
    private static Set<Array> special(Stmt.For loop) {
        Set<Array> special = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load(var array, _, var type, _) && type.isVector()) {
                    special.add(array);
                }
            }

            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Atomic a -> special.add(a.array());
                    case Stmt.Store(var array, _, var value, _) when value.type().isVector() ->
                            special.add(array);
                    default -> {}
                }
            }
        }.walk(loop.body());
        return special;
    }

    /** {@return the number of iterations of the loop} */
    public long trips() {
        return Nest.extent(loop);
    }

    /** {@return what the loop reads and writes} */
    public Accesses accesses() {
        return Accesses.of(kernel);
    }

    /** {@return the arrays that can be cut, with the elements that one iteration has} */
    public Map<Array, Long> shares() {
        return Map.copyOf(shares);
    }

    /** {@return whether each iteration writes all elements that it has of an array, for certain} */
    public boolean fills(Array array) {
        return new Coverage(loop, footprint).isFull(array, shares.getOrDefault(array, 0L));
    }

    /**
     * {@return a kernel that runs {@code count} iterations; its last parameter is an array of one
     * {@code i32}, the number of the first of them}
     *
     * @param count at least 1
     * @param cut the arrays of which the kernel gets the iterations' own elements only
     */
    public Kernel piece(long count, Set<Array> cut) {
        Array start = new Array("start", Scalar.I32, Space.GLOBAL);
        Var own = new Var(loop.index().name(), Type.I32);
        Var first = new Var("first", Type.I32);
        Stmt body = new Cut(cut, own).rewrite(loop.body());
        List<Stmt> iteration = new ArrayList<>();
        if (reads(body)) {
            Expr load = new Expr.Load(start, Const.i32(0), Type.I32, Site.NONE);
            iteration.add(new Stmt.Assign(first, load));
            iteration.add(new Stmt.Assign(loop.index(), new Expr.Binary(BinaryOp.ADD, first, own)));
        }
        iteration.add(body);
        List<Stmt> all =
                new ArrayList<>(
                        kernel.body() instanceof Stmt.Sequence(var list)
                                ? list.subList(0, list.size() - 1)
                                : List.of());
        all.add(
                new Stmt.For(
                        loop.label(),
                        own,
                        Const.i32(0),
                        Const.i32(Math.toIntExact(count)),
                        1,
                        loop.run(),
                        new Stmt.Sequence(iteration)));
        List<Param> params = new ArrayList<>(kernel.params());
        params.add(new Param.OfArray(start));
        return new Kernel(
                kernel.name(), params, new Stmt.Sequence(all), kernel.form(), kernel.source());
    }

    private boolean reads(Stmt body) {
        Set<Expr> read = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e == loop.index()) {
                    read.add(e);
                }
            }
        }.walk(body);
        return !read.isEmpty();
    }

    /** Lets the indices of cut arrays start at the piece's first element. */
    private final class Cut extends Rewriter {
        private final Set<Array> arrays;
        private final Var own;

        Cut(Set<Array> arrays, Var own) {
            this.arrays = arrays;
            this.own = own;
        }

        @Override
        protected Expr visit(Expr e) {
            return e instanceof Expr.Load(var array, var index, var type, var site)
                            && arrays.contains(array)
                    ? new Expr.Load(array, moved(index), type, site)
                    : e;
        }

        @Override
        protected Stmt visit(Stmt s) {
            return switch (s) {
                case Stmt.Store(var array, var index, var value, var site)
                        when arrays.contains(array) ->
                        new Stmt.Store(array, moved(index), value, site);
                default -> s;
            };
        }

        private Expr moved(Expr index) {
            return new Rewriter() {
                @Override
                protected Expr visit(Expr e) {
                    return e == loop.index() ? own : e;
                }
            }.rewrite(footprint.expand(index));
        }
    }
}
