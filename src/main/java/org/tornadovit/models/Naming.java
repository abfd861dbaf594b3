package org.tornadovit.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a code base gives to the weights of its checkpoints, as rules from canonical
 * names.
 *
 * @param name the code base, for messages
 * @param prefixes that all its keys may start with; the first that fits is taken
 * @param numerics the conventions of the code base
 * @param rules tried in order
 */
record Naming(String name, List<String> prefixes, Numerics numerics, List<Rule> rules) {

    /**
     * Where to find weights of a form.
     *
     * @param canonical what the canonical name must match in full
     * @param layout of the file's arrays
     * @param keys joined to the weight; {@code {1}} is the first group of the name, {@code {1+1}}
     *     one more, {@code {2*1+1}} one more than its double, {@code {1+1:02}} with two digits; a
     *     key {@code a#{1}} is slice {1} of array a
     */
    record Rule(Pattern canonical, Layout layout, List<String> keys) {
        private static final Pattern HOLE = Pattern.compile("\\{(2\\*)?(\\d)([+-]\\d)?(:02)?}");

        static Rule of(String canonical, Layout layout, String... keys) {
            return new Rule(Pattern.compile(canonical), layout, List.of(keys));
        }

        Optional<Source> source(String weight, String prefix) {
            Matcher matcher = canonical.matcher(weight);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            MatchResult groups = matcher.toMatchResult();
            List<Key> found = new ArrayList<>();
            for (String key : keys) {
                String text = prefix + HOLE.matcher(key).replaceAll(hole -> fill(hole, groups));
                int slice = text.indexOf('#');
                found.add(
                        slice < 0
                                ? new Key(text, Key.WHOLE)
                                : new Key(
                                        text.substring(0, slice),
                                        Integer.parseInt(text.substring(slice + 1))));
            }
            return Optional.of(new Source(layout, found));
        }

        private static String fill(MatchResult hole, MatchResult groups) {
            String value = groups.group(Integer.parseInt(hole.group(2)));
            if (hole.group(1) == null && hole.group(3) == null) {
                return Matcher.quoteReplacement(value);
            }
            int number = Integer.parseInt(value) * (hole.group(1) == null ? 1 : 2);
            number += hole.group(3) == null ? 0 : Integer.parseInt(hole.group(3));
            return hole.group(4) == null ? "" + number : "%02d".formatted(number);
        }
    }

    /**
     * An array of a file, or a slice of its first axis.
     *
     * @param name key of the file
     * @param slice index of the slice, or {@link #WHOLE}
     */
    record Key(String name, int slice) {
        static final int WHOLE = -1;
    }

    /** Arrays of a file, and how they become a weight. */
    record Source(Layout layout, List<Key> keys) {}

    /** Rules for all of {@code canonical}'s endings in one: weight and bias alike. */
    static Rule same(String canonical, String... keys) {
        return Rule.of(canonical, Layout.SAME, keys);
    }

    /** {@return the first source of {@code weight} all of whose arrays exist} */
    Optional<Source> source(String weight, String prefix, Predicate<String> exists) {
        return candidates(weight, prefix).stream()
                .filter(source -> source.keys().stream().allMatch(key -> exists.test(key.name())))
                .findFirst();
    }

    /** {@return every place where {@code weight} may be, most usual first} */
    List<Source> candidates(String weight, String prefix) {
        return rules.stream().flatMap(rule -> rule.source(weight, prefix).stream()).toList();
    }

    /** Joins tables of rules. */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    static List<Rule> join(List<Rule>... tables) {
        return Arrays.stream(tables).flatMap(List::stream).toList();
    }
}
