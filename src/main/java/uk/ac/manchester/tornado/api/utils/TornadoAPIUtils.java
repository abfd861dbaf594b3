package uk.ac.manchester.tornado.api.utils;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Formats of sizes, times and objects for messages. */
public final class TornadoAPIUtils {
    /** Bytes of a GiB. */
    public static final int ONE_GIGABYTE = 1024 * 1024 * 1024;

    /** Bytes of a MiB. */
    public static final int ONE_MEGABYTE = 1024 * 1024;

    /** Bytes of a KiB. */
    public static final int ONE_KILOBYTE = 1024;

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMG]?)B?");
    private static final Map<Class<?>, Class<?>> UNBOXED =
            Map.of(
                    Boolean.class, boolean.class,
                    Byte.class, byte.class,
                    Character.class, char.class,
                    Short.class, short.class,
                    Integer.class, int.class,
                    Long.class, long.class,
                    Float.class, float.class,
                    Double.class, double.class);

    private TornadoAPIUtils() {}

    /** {@return bytes of a size such as {@code 512MB}; units are powers of 1024} */
    public static long parseSize(String size) {
        Matcher m = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT));
        if (!m.matches()) {
            throw new TornadoRuntimeException(
                    "'" + size + "' is no size; write bytes as a number and KB, MB or GB");
        }
        long unit =
                switch (m.group(2)) {
                    case "K" -> ONE_KILOBYTE;
                    case "M" -> ONE_MEGABYTE;
                    case "G" -> ONE_GIGABYTE;
                    default -> 1;
                };
        return Math.multiplyExact(Long.parseLong(m.group(1)), unit);
    }

    /** {@return nanoseconds as seconds} */
    public static double elapsedTimeInSeconds(long start, long end) {
        return (end - start) * 1e-9;
    }

    /** {@return bytes as text, in units of 1024} */
    public static String formatBytes(long bytes) {
        return humanReadableByteCount(bytes, false);
    }

    /** {@return a rate as text} */
    public static String formatBytesPerSecond(double bytes) {
        return humanReadableByteCount((long) bytes, false) + "/s";
    }

    /** {@return bytes as text, in units of 1000 if {@code si}, else of 1024} */
    public static String humanReadableByteCount(long bytes, boolean si) {
        return scaled(bytes, si ? 1000 : 1024, si ? "" : "i", "B");
    }

    /** {@return MHz as text} */
    public static String humanReadableFreq(int freq) {
        return scaled(freq * 1_000_000L, 1000, "", "Hz");
    }

    private static String scaled(long value, int base, String infix, String unit) {
        double scaled = value;
        int power = 0;
        while (scaled >= base && power < 6) {
            scaled /= base;
            power++;
        }
        String prefix = power == 0 ? "" : " KMGTPE".charAt(power) + infix;
        String format = power == 0 ? "%.0f %s%s" : "%.1f %s%s";
        return String.format(Locale.ROOT, format, scaled, prefix, unit);
    }

    /** {@return the first elements of an array as text} */
    public static String formatArray(Object object) {
        int length = Array.getLength(object);
        StringJoiner text = new StringJoiner(", ", "[", length > 16 ? ", ...]" : "]");
        for (int i = 0; i < Math.min(16, length); i++) {
            text.add(String.valueOf(Array.get(object, i)));
        }
        return text.toString();
    }

    /** {@return whether an object is a boxed primitive} */
    public static boolean isBoxedPrimitive(Object obj) {
        return isBoxedPrimitiveClass(obj.getClass());
    }

    /** {@return whether a class boxes a primitive} */
    public static boolean isBoxedPrimitiveClass(Class<?> clazz) {
        return UNBOXED.containsKey(clazz);
    }

    /** {@return whether a class is a primitive's or boxes one} */
    public static boolean isPrimitive(Class<?> type) {
        return type.isPrimitive() || isBoxedPrimitiveClass(type);
    }

    /** {@return whether a class is an array of primitives} */
    public static boolean isPrimitiveArray(Class<?> type) {
        return type.isArray() && type.componentType().isPrimitive();
    }

    /** {@return the primitive a class boxes, or the class} */
    public static Class<?> toUnboxedPrimitiveClass(Class<?> clazz) {
        return UNBOXED.getOrDefault(clazz, clazz);
    }

    /** Prints a buffer's bytes, sixteen a line. */
    public static void printBuffer(ByteBuffer buffer) {
        printBuffer(buffer, 0, buffer.limit());
    }

    /** Prints some of a buffer's bytes, sixteen a line. */
    public static void printBuffer(ByteBuffer buffer, int start, int len) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        byte[] bytes = new byte[16];
        for (int at = start; at < start + len; at += 16) {
            int count = Math.min(16, start + len - at);
            buffer.get(at, bytes, 0, count);
            System.out.println(at + ": " + hex.formatHex(bytes, 0, count));
        }
    }
}
