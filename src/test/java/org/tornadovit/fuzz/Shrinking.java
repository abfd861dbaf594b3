package org.tornadovit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing source text smaller: lines, and blocks with their braces, go one by one. */
final class Shrinking {
    private final Predicate<String> fails;
    private final long end;

    /**
     * Creates a search.
     *
     * @param fails whether a text still shows the failure; false for one that does not compile
     * @param seconds how long to search
     */
    Shrinking(Predicate<String> fails, int seconds) {
        this.fails = fails;
        this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** {@return the smallest failing text found} */
    String of(String source) {
        List<String> lines = new ArrayList<>(source.lines().toList());
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            int i = 0;
            while (i < lines.size() && System.nanoTime() < end) {
                int last = end(lines, i);
                List<String> without = new ArrayList<>(lines.subList(0, i));
                without.addAll(lines.subList(last, lines.size()));
                if (fails.test(String.join("\n", without) + "\n")) {
                    lines = without;
                    smaller = true;
                } else {
                    i++;
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** {@return where the block that starts at a line ends; the next line if none does} */
    private static int end(List<String> lines, int start) {
        int open = 0;
        for (int i = start; i < lines.size(); i++) {
            String line = lines.get(i);
            open += (int) line.chars().filter(c -> c == '{').count();
            open -= (int) line.chars().filter(c -> c == '}').count();
            if (open <= 0) {
                return i + 1;
            }
        }
        return start + 1;
    }
}
