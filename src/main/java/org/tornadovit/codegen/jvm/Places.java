package org.tornadovit.codegen.jvm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Where arrays are: the addresses and lengths of array parameters and the address of the scratch
 * memory are variables like others, private and local arrays have a place in the scratch memory.
 */
final class Places {
    private static final long ALIGNMENT = 64;

    private final Var scratch = new Var("scratch", Type.I64);
    private final Map<Array, Var> addresses = new LinkedHashMap<>();
    private final Map<Array, Var> lengths = new LinkedHashMap<>();
    private final Map<Array, Const> constantLengths = new LinkedHashMap<>();
    private final Map<Array, Long> offsets = new LinkedHashMap<>();
    private long scratchBytes;

    private Places() {}

    static Places of(Kernel kernel) {
        Places places = new Places();
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfArray(var array)) {
                places.addresses.put(array, new Var(array.name(), Type.I64));
                places.lengths.put(array, new Var(array.name() + "Length", Type.I32));
            }
        }
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.Allocate(var array, var length, var site)) {
                    if (!(length instanceof Const c)) {
                        throw new IllegalArgumentException(
                                "the length of array "
                                        + array
                                        + " at "
                                        + site
                                        + " is not constant");
                    }
                    places.reserve(array, c);
                }
            }
        }.walk(kernel.body());
        return places;
    }

    private void reserve(Array array, Const length) {
        constantLengths.put(array, length);
        if (!offsets.containsKey(array)) {
            offsets.put(array, reserve(length.bits() * array.element().bytes()));
        }
    }

    /** {@return the offset in the scratch memory of {@code bytes} bytes that nobody else has} */
    long reserve(long bytes) {
        long offset = scratchBytes;
        scratchBytes += (Math.max(bytes, 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return offset;
    }

    long scratchBytes() {
        return scratchBytes;
    }

    Var scratch() {
        return scratch;
    }

    /** {@return the variable whose value is the address of {@code array} minus its offset} */
    Var base(Array array) {
        return array.space() == Space.GLOBAL ? global(addresses, array) : scratch;
    }

    /** {@return the distance of the array from its base} */
    long offset(Array array) {
        return array.space() == Space.GLOBAL ? 0 : global(offsets, array);
    }

    /** {@return the number of elements} */
    org.tornadovit.ir.Expr length(Array array) {
        return array.space() == Space.GLOBAL
                ? global(lengths, array)
                : global(constantLengths, array);
    }

    private static <T> T global(Map<Array, T> map, Array array) {
        T found = map.get(array);
        if (found == null) {
            throw new IllegalArgumentException("array " + array + " has no memory");
        }
        return found;
    }
}
