package org.tornadovit.nn;

/**
 * Random bits that are a function of a key and a counter: Threefry-2x32 of 20 rounds, the generator
 * of the official code too. It adds, rotates and takes exclusive ors of ints, so that every device
 * has the same bits for the same numbers, in any order.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al. 2011, section 3.3</a>
 */
public final class Threefry {
    /** Of Skein's key schedule, for words of 32 bits. */
    private static final int PARITY = 0x1BD11BDA;

    private Threefry() {}

    /** {@return the first word of the block; for use in kernels} */
    public static int bits(int key0, int key1, int counter0, int counter1) {
        int key2 = PARITY ^ key0 ^ key1;
        int a = counter0 + key0;
        int b = counter1 + key1;

        a = a + b;
        b = (b << 13 | b >>> 19) ^ a;
        a = a + b;
        b = (b << 15 | b >>> 17) ^ a;
        a = a + b;
        b = (b << 26 | b >>> 6) ^ a;
        a = a + b;
        b = (b << 6 | b >>> 26) ^ a;
        a = a + key1;
        b = b + key2 + 1;

        a = a + b;
        b = (b << 17 | b >>> 15) ^ a;
        a = a + b;
        b = (b << 29 | b >>> 3) ^ a;
        a = a + b;
        b = (b << 16 | b >>> 16) ^ a;
        a = a + b;
        b = (b << 24 | b >>> 8) ^ a;
        a = a + key2;
        b = b + key0 + 2;

        a = a + b;
        b = (b << 13 | b >>> 19) ^ a;
        a = a + b;
        b = (b << 15 | b >>> 17) ^ a;
        a = a + b;
        b = (b << 26 | b >>> 6) ^ a;
        a = a + b;
        b = (b << 6 | b >>> 26) ^ a;
        a = a + key0;
        b = b + key1 + 3;

        a = a + b;
        b = (b << 17 | b >>> 15) ^ a;
        a = a + b;
        b = (b << 29 | b >>> 3) ^ a;
        a = a + b;
        b = (b << 16 | b >>> 16) ^ a;
        a = a + b;
        b = (b << 24 | b >>> 8) ^ a;
        a = a + key1;
        b = b + key2 + 4;

        a = a + b;
        b = (b << 13 | b >>> 19) ^ a;
        a = a + b;
        b = (b << 15 | b >>> 17) ^ a;
        a = a + b;
        b = (b << 26 | b >>> 6) ^ a;
        a = a + b;
        return a + key2;
    }
}
