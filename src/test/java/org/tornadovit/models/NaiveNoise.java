package org.tornadovit.models;

import org.tornadovit.nn.Noise;
import org.tornadovit.nn.Threefry;

/**
 * What one image of a batch loses, from the definition: places are numbered in the order of the
 * pass, and each is drawn by the number of the element in the batch, or of the image.
 */
final class NaiveNoise {
    private final Noise noise;
    private final int turn;
    private final int image;
    private int places;

    NaiveNoise(Noise noise, int turn, int image) {
        this.noise = noise;
        this.turn = turn;
        this.image = image;
    }

    float skipped(int block, int blocks) {
        return blocks == 1 ? noise.depth() : noise.depth() * block / (blocks - 1);
    }

    private double factor(int place, int counter, float share) {
        int low = (int) noise.seed();
        int high = (int) (noise.seed() >> 32);
        int key0 = Threefry.bits(low, high, place, 0);
        int key1 = Threefry.bits(low, high, place, 1);
        double drawn = (Threefry.bits(key0, key1, counter, turn) >>> 8) / 0x1p24;
        return drawn < share ? 0 : 1 / (1 - (double) share);
    }

    /** Drops elements of the image's part of an array, in place. */
    void elements(double[][] x) {
        if (noise.dropout() > 0) {
            int place = places++;
            for (int i = 0; i < x.length; i++) {
                for (int k = 0; k < x[i].length; k++) {
                    int counter = (image * x.length + i) * x[i].length + k;
                    x[i][k] *= factor(place, counter, noise.dropout());
                }
            }
        }
    }

    /** {@return a branch with what it loses, in place} */
    double[][] branch(double[][] x, float skipped) {
        elements(x);
        if (skipped > 0) {
            double factor = factor(places++, image, skipped);
            for (double[] row : x) {
                for (int k = 0; k < row.length; k++) {
                    row[k] *= factor;
                }
            }
        }
        return x;
    }
}
