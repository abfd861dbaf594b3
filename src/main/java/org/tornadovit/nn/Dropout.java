package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Dropout and stochastic depth: an element, or the branch of an image, is set to 0 at random, and
 * what stays is multiplied by 1 / (1 - share).
 *
 * <p>Places are those of Dosovitskiy et al. 2021 (appendix B.1): behind the position embeddings,
 * behind every linear layer but that of queries, keys and values, so behind the projection of
 * attention and both layers of the MLP. Branches are skipped where they are added (Huang et al.
 * 2016).
 *
 * <p>What is left out is a function of counters ({@link Threefry}) and never stored. Key: the seed
 * and the number of the place in the model; counters: the element, or the image, in the batch, and
 * {@code turn}, int32 [1], the number of the batch. Below 0 it says that the model is evaluated and
 * nothing is left out. The way back multiplies by the same factors. All is exact but for the
 * product and the sum, rounded once each.
 */
public final class Dropout {
    /** Bits of a number that are compared with the share. */
    private static final int BITS = 24;

    private Dropout() {}

    /** Factor of the element or image {@code counter}. */
    private static float factor(
            int key0, int key1, int counter, int turn, int threshold, float scale) {
        int drawn = Threefry.bits(key0, key1, counter, turn) >>> 8;
        float kept = drawn < threshold ? 0.0f : scale;
        return turn < 0 ? 1.0f : kept;
    }

    /** {@code x *= factor}, float32 [count]; also the way back, on the gradient of {@code x}. */
    public static void drop(
            FloatArray x,
            IntArray turn,
            int key0,
            int key1,
            int threshold,
            float scale,
            int count) {
        for (@Parallel int i = 0; i < count; i++) {
            float factor = factor(key0, key1, i, turn.get(0), threshold, scale);
            x.set(i, x.get(i) * factor);
        }
    }

    /**
     * {@code y = residual + factor · branch}.
     *
     * @param branch float32 [rows, columns]
     * @param residual as {@code branch}
     * @param y as {@code branch}
     * @param across by how much the counter grows from row to row
     * @param along by how much from column to column; 0 for one factor a row
     */
    public static void dropAdd(
            FloatArray branch,
            FloatArray residual,
            FloatArray y,
            IntArray turn,
            int key0,
            int key1,
            int threshold,
            float scale,
            int rows,
            int columns,
            int across,
            int along) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int k = 0; k < columns; k++) {
                int counter = i * across + k * along;
                float factor = factor(key0, key1, counter, turn.get(0), threshold, scale);
                int at = i * columns + k;
                y.set(at, residual.get(at) + branch.get(at) * factor);
            }
        }
    }

    /** {@code dbranch = factor · dy}, the way back through {@link #dropAdd}. */
    public static void dropGradient(
            FloatArray dy,
            FloatArray dbranch,
            IntArray turn,
            int key0,
            int key1,
            int threshold,
            float scale,
            int rows,
            int columns,
            int across,
            int along) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int k = 0; k < columns; k++) {
                int counter = i * across + k * along;
                float factor = factor(key0, key1, counter, turn.get(0), threshold, scale);
                int at = i * columns + k;
                dbranch.set(at, dy.get(at) * factor);
            }
        }
    }

    /**
     * A place where something is left out.
     *
     * @param key0 of its counters
     * @param key1 of its counters
     * @param threshold numbers of 24 bits below it are left out
     * @param scale of what stays
     */
    record Place(int key0, int key1, int threshold, float scale) {
        /** Place {@code number} of a model, from 0 in the order of the pass. */
        static Place of(long seed, int number, float share) {
            int threshold = Math.round(share * (1 << BITS));
            return new Place(
                    Threefry.bits((int) seed, (int) (seed >>> 32), number, 0),
                    Threefry.bits((int) seed, (int) (seed >>> 32), number, 1),
                    threshold,
                    (float) ((1 << BITS) / (double) ((1 << BITS) - threshold)));
        }
    }

    /** Adds a task that drops elements of {@code x}, where the pass is one that does so. */
    public static void elements(Forward forward, Section section, String id, FloatArray x) {
        float share = forward.noise().dropout();
        if (share == 0) {
            return;
        }
        Place place = forward.place(share);
        IntArray turn = forward.turn();
        int count = x.getSize();
        section.task(
                        id,
                        Dropout::drop,
                        x,
                        turn,
                        place.key0,
                        place.key1,
                        place.threshold,
                        place.scale,
                        count)
                .adjoint((gradients, to, task) -> {
                    if (gradients.needs(x)) {
                        to.task(
                                task + "_dx",
                                Dropout::drop,
                                gradients.of(x),
                                turn,
                                place.key0,
                                place.key1,
                                place.threshold,
                                place.scale,
                                count);
                    }
                });
    }

    /**
     * Adds tasks for {@code y = residual + branch} with elements of the branch dropped and, in a
     * share of the images, all of it.
     *
     * @param branch float32 [batch, …], used for nothing else; its content is lost
     * @param residual as {@code branch}
     * @param y as {@code branch}
     * @param skipped share of the images
     */
    static void add(
            Forward forward,
            Section section,
            String id,
            FloatArray branch,
            FloatArray residual,
            FloatArray y,
            float skipped) {
        int size = branch.getSize() / forward.batch();
        if (skipped > 0) {
            elements(forward, section, id + "_drop", branch);
            add(forward, section, id + "_add", branch, residual, y, forward.place(skipped), 1, 0);
        } else {
            Place place = forward.place(forward.noise().dropout());
            add(forward, section, id + "_add", branch, residual, y, place, size, 1);
        }
    }

    private static void add(
            Forward forward,
            Section section,
            String id,
            FloatArray branch,
            FloatArray residual,
            FloatArray y,
            Place place,
            int across,
            int along) {
        IntArray turn = forward.turn();
        int rows = forward.batch();
        int columns = branch.getSize() / rows;
        section.task(
                        id,
                        Dropout::dropAdd,
                        branch,
                        residual,
                        y,
                        turn,
                        place.key0,
                        place.key1,
                        place.threshold,
                        place.scale,
                        rows,
                        columns,
                        across,
                        along)
                .adjoint((gradients, to, task) -> {
                    if (gradients.needs(branch)) {
                        to.task(
                                task + "_dx",
                                Dropout::dropGradient,
                                gradients.of(y),
                                gradients.only(branch),
                                turn,
                                place.key0,
                                place.key1,
                                place.threshold,
                                place.scale,
                                rows,
                                columns,
                                across,
                                along);
                    }
                    gradients.pass(to, task + "_dresidual", y, residual);
                });
    }
}
