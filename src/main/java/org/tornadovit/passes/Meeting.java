package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for numbers that make a sum of products 0: {@code constant + sum of factor * number}, each
 * number from its own progression. The search gives up after some steps, so that it may miss what
 * there is, but never finds what there is not.
 */
final class Meeting {
    private static final int MOST_STEPS = 3000;

    /** A product of the sum. */
    record Term(long factor, Progression numbers) {
        private long least() {
            return Math.min(factor * numbers.first(), factor * numbers.last());
        }

        private long most() {
            return Math.max(factor * numbers.first(), factor * numbers.last());
        }
    }

    private final List<Term> terms;
    private final List<Integer> order;
    private final Predicate<long[]> isWanted;
    private final long[] numbers;
    private int steps;

    private Meeting(List<Term> terms, Predicate<long[]> isWanted) {
        this.terms = terms;
        this.isWanted = isWanted;
        this.numbers = new long[terms.size()];
        this.order = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingLong(i -> -Math.abs(terms.get(i).factor())));
    }

    /**
     * {@return the numbers, in the order of the terms}
     *
     * @param isWanted what else must hold of the numbers
     */
    static Optional<long[]> find(List<Term> terms, long constant, Predicate<long[]> isWanted) {
        Meeting meeting = new Meeting(terms, isWanted);
        return meeting.search(0, -constant) ? Optional.of(meeting.numbers) : Optional.empty();
    }

    private boolean search(int place, long wanted) {
        if (place == order.size()) {
            return wanted == 0 && isWanted.test(numbers);
        }
        long least = 0;
        long most = 0;
        for (int i = place + 1; i < order.size(); i++) {
            least += terms.get(order.get(i)).least();
            most += terms.get(order.get(i)).most();
        }
        Term term = terms.get(order.get(place));
        Progression range = term.numbers();
        long number = first(term, wanted, least, most);
        for (; number <= range.last() && steps < MOST_STEPS; number += range.step()) {
            steps++;
            long rest = wanted - term.factor() * number;
            if (least <= rest && rest <= most) {
                numbers[order.get(place)] = number;
                if (search(place + 1, rest)) {
                    return true;
                }
            } else if (term.factor() > 0 ? rest < least : rest > most) {
                return false; // the larger the number, the further away
            }
        }
        return false;
    }

    /** The least number with which the other terms can make up what is wanted. */
    private static long first(Term term, long wanted, long least, long most) {
        Progression range = term.numbers();
        if (term.factor() == 0) {
            return range.first();
        }
        long limit =
                term.factor() > 0
                        ? Math.ceilDiv(wanted - most, term.factor())
                        : Math.ceilDiv(wanted - least, term.factor());
        long steps = Math.max(0, Math.ceilDiv(limit - range.first(), range.step()));
        return range.first() + steps * range.step();
    }
}
