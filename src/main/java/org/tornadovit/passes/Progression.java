package org.tornadovit.passes;

import java.util.Optional;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Stmt;

/**
 * The integers {@code first, first + step, ..., last}, what a loop counts through.
 *
 * @param step greater than 0
 * @param last not less than {@code first}
 */
record Progression(long first, long last, long step) {
    /** {@return the values of a loop's variable, nothing when not known or none} */
    static Optional<Progression> of(Stmt.For f) {
        if (!(f.start() instanceof Const start) || !(f.bound() instanceof Const bound)) {
            return Optional.empty();
        }
        long trips = Stmt.For.trips(start.bits(), bound.bits(), f.step());
        long end = start.bits() + (trips - 1) * f.step();
        return trips < 1
                ? Optional.empty()
                : Optional.of(
                        new Progression(
                                Math.min(start.bits(), end),
                                Math.max(start.bits(), end),
                                Math.abs(f.step())));
    }

    /** {@return the values of which {@code op} holds, compared with a limit} */
    Optional<Progression> where(BinaryOp op, long limit) {
        return switch (op) {
            case LT -> within(first, limit - 1);
            case LE -> within(first, limit);
            case GT -> within(limit + 1, last);
            case GE -> within(limit, last);
            case EQ -> within(limit, limit);
            default -> Optional.empty();
        };
    }

    private Optional<Progression> within(long low, long high) {
        long from = low <= first ? first : first + Math.ceilDiv(low - first, step) * step;
        long to = high >= last ? last : first + Math.floorDiv(high - first, step) * step;
        return from > to ? Optional.empty() : Optional.of(new Progression(from, to, step));
    }
}
