package org.tornadovit.io.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The parts of a data set. */
public enum Split {
    /** What is learned from. */
    TRAIN("train"),
    /** What is only measured on; folders may call it {@code val} as well. */
    TEST("test", "val", "valid", "validation"),
    /** Everything there is. */
    ALL;

    /** Where a data set brings no split of its own, one in so many of a class is for testing. */
    private static final int TEST_EVERY = 5;

    private final Set<String> folders;

    Split(String... folders) {
        this.folders = Set.of(folders);
    }

    /** {@return whether {@code folder} is a usual name of this part} */
    boolean isNamed(String folder) {
        return folders.contains(folder.toLowerCase(java.util.Locale.ROOT));
    }

    /** {@return whether {@code folder} is a usual name of a part} */
    static boolean isAny(String folder) {
        return TRAIN.isNamed(folder) || TEST.isNamed(folder);
    }

    /**
     * {@return the indices of this part of a data set without a split of its own}
     *
     * <p>It is stratified and fixed: of each class the fifth, tenth, ... image is for testing, so
     * that both parts have the classes in equal proportion and never share an image.
     *
     * @param labels of all images, in their fixed order
     */
    int[] of(List<Integer> labels) {
        List<Integer> seen = new ArrayList<>();
        return IntStream.range(0, labels.size())
                .filter(index -> {
                    int label = labels.get(index);
                    while (seen.size() <= label) {
                        seen.add(0);
                    }
                    int rank = seen.get(label) + 1;
                    seen.set(label, rank);
                    boolean test = rank % TEST_EVERY == 0;
                    return this == ALL || test == (this == TEST);
                })
                .toArray();
    }
}
