package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.Arithmetic;

/** What arguments of a task hold, for comparing. */
public final class Memory {
    private Memory() {}

    /** {@return the elements of all arrays in {@code arguments}, NaN as one value} */
    public static List<List<Object>> of(Object... arguments) {
        List<List<Object>> all = new ArrayList<>();
        for (Object argument : arguments) {
            Object inside = HostArray.inside(argument);
            if (HostArray.isArray(inside)) {
                HostArray array = HostArray.of(inside);
                array.pack();
                List<Object> elements = new ArrayList<>();
                for (int i = 0; i < array.length(); i++) {
                    elements.add(value(array, i));
                }
                all.add(elements);
            }
        }
        return all;
    }

    private static Object value(HostArray array, int index) {
        long bits = Arithmetic.read(array.memory(), array.element(), index);
        return switch (array.element()) {
            case F32 -> Float.intBitsToFloat((int) bits);
            case F16 -> Float.float16ToFloat((short) bits);
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            case F64 -> Double.longBitsToDouble(bits);
            case BOOL, I8, I16, U16, I32, I64 -> bits;
        };
    }
}
