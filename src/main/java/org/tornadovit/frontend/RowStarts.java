package org.tornadovit.frontend;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;

/**
 * Where arrays in arrays begin when all that they hold lies one after the other. An array of arrays
 * has the same table as long as the lengths in it stay the same.
 */
final class RowStarts {
    private static final Attached<Integer, int[]> KNOWN = new Attached<>();

    private RowStarts() {}

    /**
     * {@return the number of elements before each array of a level, and of all of them}
     *
     * @param level 1 for the arrays in {@code rows}, 2 for those in these
     */
    static int[] of(Object[] rows, int level) {
        List<Object> arrays = List.of((Object) rows);
        for (int i = 0; i < level; i++) {
            arrays = Binding.inner(arrays);
        }
        int[] starts = new int[arrays.size() + 1];
        for (int i = 0; i < arrays.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], Array.getLength(arrays.get(i)));
        }
        return KNOWN.update(
                rows, level, known -> known.filter(k -> Arrays.equals(k, starts)).orElse(starts));
    }
}
