package org.tornadovit.codegen.spirv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Instructions one after the other. */
final class Words {
    private int[] words = new int[256];
    private int count;

    /** Adds an instruction. */
    void add(Op op, int... operands) {
        reserve(operands.length + 1);
        words[count++] = operands.length + 1 << 16 | op.number();
        System.arraycopy(operands, 0, words, count, operands.length);
        count += operands.length;
    }

    /** Adds other instructions behind these. */
    void add(Words others) {
        reserve(others.count);
        System.arraycopy(others.words, 0, words, count, others.count);
        count += others.count;
    }

    /** {@return a copy of the words} */
    int[] toArray() {
        return Arrays.copyOf(words, count);
    }

    /** {@return a text as operands: UTF-8, ended by zeros, four bytes a word} */
    static int[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] words = new int[bytes.length / Integer.BYTES + 1];
        for (int i = 0; i < bytes.length; i++) {
            words[i / Integer.BYTES] |= (bytes[i] & 0xff) << Byte.SIZE * (i % Integer.BYTES);
        }
        return words;
    }

    /** {@return lists of operands as one} */
    static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private void reserve(int more) {
        if (count + more > words.length) {
            words = Arrays.copyOf(words, Math.max(2 * words.length, count + more));
        }
    }
}
