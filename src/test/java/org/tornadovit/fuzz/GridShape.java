package org.tornadovit.fuzz;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;

/**
 * The sizes of a launch of work-items.
 *
 * @param global items in x, y and z
 * @param group items of a group in x, y and z
 */
record GridShape(int[] global, int[] group) {
    /** {@return what the field {@code GRID} of a class says; without one, what is usual} */
    static GridShape of(Class<?> type) {
        int[] sizes =
                Stream.of(type.getDeclaredFields())
                        .filter(f -> f.getName().equals("GRID"))
                        .findFirst()
                        .map(GridShape::sizes)
                        .orElse(new int[] {RandomKernels.SIZE, 1, 1, RandomItems.GROUP, 1, 1});
        return new GridShape(Arrays.copyOf(sizes, 3), Arrays.copyOfRange(sizes, 3, 6));
    }

    private static int[] sizes(Field field) {
        try {
            field.setAccessible(true);
            return (int[]) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    int groupItems() {
        return group[0] * group[1] * group[2];
    }

    int[] groupCounts() {
        return new int[] {global[0] / group[0], global[1] / group[1], global[2] / group[2]};
    }

    int groups() {
        return global[0] * global[1] * global[2] / groupItems();
    }

    /** {@return where number {@code n} is in a box of these sizes, x first} */
    int[] place(int[] sizes, int n) {
        return new int[] {n % sizes[0], n / sizes[0] % sizes[1], n / sizes[0] / sizes[1]};
    }

    WorkerGrid grid() {
        WorkerGrid grid = new WorkerGrid3D(global[0], global[1], global[2]);
        grid.setLocalWork(group[0], group[1], group[2]);
        return grid;
    }
}
