package org.tornadovit.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what someone may have meant who asked for a name that there is not. */
public final class Nearest {
    /** A name may differ in a third of its letters and still be meant. */
    private static final int SHARE = 3;

    private Nearest() {}

    /**
     * The names that are most like another.
     *
     * @param asked the name asked for
     * @param known the names there are
     * @param count how many at most
     * @return the closest first, by the number of letters to change, add or drop
     */
    public static List<String> of(String asked, Collection<String> known, int count) {
        return known.stream()
                .sorted(Comparator.comparingInt(other -> distance(asked, other)))
                .limit(count)
                .toList();
    }

    /**
     * A question to be put after a complaint about an unknown name.
     *
     * @param asked the name asked for
     * @param known the names there are
     * @return such as {@code " Did you mean ViT-B/16?"}; empty when no name is close
     */
    public static String question(String asked, Collection<String> known) {
        return of(asked, known, 1).stream()
                .filter(name -> distance(asked, name) <= Math.max(1, asked.length() / SHARE))
                .map(name -> " Did you mean " + name + "?")
                .findFirst()
                .orElse("");
    }

    /** {@return the Levenshtein distance of {@code a} and {@code b}, whatever their case} */
    private static int distance(String a, String b) {
        String x = a.toLowerCase(Locale.ROOT);
        String y = b.toLowerCase(Locale.ROOT);
        int[] row = new int[y.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[y.length()];
    }
}
