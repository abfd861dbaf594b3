package org.tornadovit.codegen.spirv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A module as text, as {@code spirv-dis --raw-id} writes it. */
public final class Listing {
    private static final int HEADER_WORDS = 5;
    private static final int INDENT = 15;

    private final int[] words;
    private final StringBuilder text = new StringBuilder();

    /** Number types by id: their bits, negative for floating point. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private int at;

    private Listing(int[] words) {
        this.words = words;
    }

    /** {@return the text of a module} */
    public static String of(int[] words) {
        return new Listing(words).text();
    }

    private String text() {
        text.append("; SPIR-V\n; Version: 1.0\n; Generator: Khronos; 0\n; Bound: ")
                .append(words[3])
                .append("\n; Schema: 0\n");
        at = HEADER_WORDS;
        while (at < words.length) {
            int end = at + (words[at] >>> Short.SIZE);
            Op op = Op.of(words[at] & 0xffff);
            at++;
            instruction(op, end);
        }
        return text.toString();
    }

    private void instruction(Op op, int end) {
        String kinds = op.operands();
        int place = kinds.indexOf('R');
        String head = place < 0 ? "" : "%" + words[at + place] + " = ";
        text.append(" ".repeat(Math.max(0, INDENT - head.length()))).append(head).append(op.text());
        note(op);
        int type = 0;
        for (int k = 0; at < end; k++) {
            char kind = kinds.charAt(Math.min(k, kinds.length() - 1));
            char repeated = kind == '+' ? kinds.charAt(kinds.length() - 2) : kind;
            if (repeated == 'T') {
                type = words[at];
            }
            if (repeated == 'R') {
                at++;
            } else {
                text.append(' ').append(operand(repeated, type, end));
            }
        }
        text.append('\n');
    }

    /** Remembers how constants of a type are written. */
    private void note(Op op) {
        switch (op) {
            case TYPE_INT -> numbers.put(words[at], words[at + 1]);
            case TYPE_FLOAT -> numbers.put(words[at], -words[at + 1]);
            default -> {}
        }
    }

    private String operand(char kind, int type, int end) {
        return switch (kind) {
            case 'T', 'i' -> "%" + words[at++];
            case 'n' -> Integer.toString(words[at++]);
            case 's' -> '"' + string(end).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case 'v' -> number(type);
            case 'x' -> extended(end);
            case 'd' -> decoration();
            case 'p' -> Operand.name(kind, words[at++]) + " " + words[at++];
            default -> Operand.name(kind, words[at++]);
        };
    }

    /** The rest of an extended instruction: most operands are ids, some of some are numbers. */
    private String extended(int end) {
        Extended instruction = Extended.of(words[at++]);
        StringBuilder rest = new StringBuilder(instruction.text());
        while (at < end) {
            boolean last = at + 1 == end;
            rest.append(' ').append(last ? lastOf(instruction) : "%" + words[at]);
            at++;
        }
        return rest.toString();
    }

    private String lastOf(Extended instruction) {
        return switch (instruction) {
            case VLOAD_HALFN -> Integer.toString(words[at]);
            case VSTORE_HALF_R, VSTORE_HALFN_R -> "RTE";
            default -> "%" + words[at];
        };
    }

    private String decoration() {
        int decoration = words[at++];
        String name = Operand.name('d', decoration);
        return switch (decoration) {
            case Operand.BUILT_IN -> name + " " + BuiltIn.of(words[at++]).text();
            case Operand.FP_FAST_MATH_MODE -> {
                at++; // there is but one mode that is used
                yield name + " AllowContractFastINTEL";
            }
            default -> name;
        };
    }

    private String string(int end) {
        byte[] bytes = new byte[(end - at) * Integer.BYTES];
        int count = 0;
        while (true) {
            int next = words[at + count / Integer.BYTES] >>> Byte.SIZE * (count % Integer.BYTES);
            if ((next & 0xff) == 0) {
                break;
            }
            bytes[count++] = (byte) next;
        }
        at += count / Integer.BYTES + 1;
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    private String number(int type) {
        int bits = numbers.getOrDefault(type, 0);
        long low = words[at++] & 0xffffffffL;
        long all = Math.abs(bits) == Long.SIZE ? low | (long) words[at++] << Integer.SIZE : low;
        return switch (bits) {
            case -Float.SIZE -> single(Float.intBitsToFloat((int) all));
            case -Double.SIZE -> twice(Double.longBitsToDouble(all));
            default -> Long.toUnsignedString(all);
        };
    }

    private static String single(float value) {
        return Float.isFinite(value) && (value == 0 || Math.abs(value) >= Float.MIN_NORMAL)
                ? decimal(value, 9)
                : special(
                        value < 0 || Float.floatToRawIntBits(value) < 0,
                        Float.floatToRawIntBits(value) & 0x7fffffL,
                        23,
                        Float.isFinite(value) ? -126 : 128,
                        Float.isFinite(value));
    }

    private static String twice(double value) {
        return Double.isFinite(value) && (value == 0 || Math.abs(value) >= Double.MIN_NORMAL)
                ? decimal(value, 17)
                : special(
                        Double.doubleToRawLongBits(value) < 0,
                        Double.doubleToRawLongBits(value) & 0xfffffffffffffL,
                        52,
                        Double.isFinite(value) ? -1022 : 1024,
                        Double.isFinite(value));
    }

    /** C's {@code %.<digits>g}. */
    private static String decimal(double value, int digits) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(value).round(new MathContext(digits));
        int exponent = exact.precision() - exact.scale() - 1;
        BigDecimal shortest = exact.stripTrailingZeros();
        if (exponent >= -4 && exponent < digits) {
            return shortest.toPlainString();
        }
        String mantissa = shortest.scaleByPowerOfTen(-exponent).toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** What is no normal number: its bits as a hexadecimal fraction. */
    private static String special(
            boolean negative, long fraction, int fractionBits, int exponent, boolean subnormal) {
        long shifted = fraction;
        int power = exponent;
        if (subnormal) {
            do {
                shifted <<= 1;
                power--;
            } while (shifted >>> fractionBits == 0);
            shifted &= (1L << fractionBits) - 1;
        }
        int nibbles = (fractionBits + 3) / 4;
        String digits =
                String.format(
                                Locale.ROOT,
                                "%0" + nibbles + "x",
                                shifted << (nibbles * 4 - fractionBits))
                        .replaceFirst("0+$", "");
        return (negative ? "-" : "")
                + "0x1"
                + (digits.isEmpty() ? "" : "." + digits)
                + "p"
                + (power < 0 ? "" : "+")
                + power;
    }
}
