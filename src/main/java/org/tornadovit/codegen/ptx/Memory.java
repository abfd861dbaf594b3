package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;

/** Loads and stores of array elements. */
final class Memory {
    /** Where an element lies: a register and a number of bytes. */
    record Address(String base, long offset) {
        /** {@return the text of the address so many bytes on} */
        String plus(long bytes) {
            long at = offset + bytes;
            return "[" + base + (at == 0 ? "" : (at > 0 ? "+" : "") + at) + "]";
        }
    }

    /** The largest distance that an address may name beside its register. */
    private static final long FARTHEST = 1 << 22;

    private final Body body;
    private final Values values;
    private final Map<Array, String> bases = new HashMap<>();
    private final Map<List<Object>, String> addresses = new HashMap<>();

    Memory(Body body, Values values) {
        this.body = body;
        this.values = values;
    }

    /** Makes an array known by the register that holds its address. */
    void define(Array array, String base) {
        bases.put(array, base);
    }

    /** {@return how many arrays are known} */
    int count() {
        return bases.size();
    }

    /** Forgets addresses: what they were made of changes, or another block begins. */
    void forget() {
        addresses.clear();
    }

    /** {@return the space as instructions name it} */
    static String space(Array array) {
        return switch (array.space()) {
            case GLOBAL -> "global";
            case LOCAL -> "shared";
            case PRIVATE -> "local";
        };
    }

    /**
     * {@return the address of an element}
     *
     * @param index an int or a long; not a sum that may have wrapped
     * @param further elements behind it
     */
    Address address(Array array, Value index, long further) {
        String base = bases.get(array);
        if (base == null) {
            throw new IllegalArgumentException("array '" + array + "' is never allocated");
        }
        int size = array.element().bytes();
        long bytes = further * size;
        boolean isNear = Math.abs(bytes) < FARTHEST;
        String at = index.scalar();
        boolean isLong = index.type().scalar() == Scalar.I64;
        if (!at.startsWith("%")) {
            long place = Long.decode(at) * size + bytes;
            return Math.abs(place) < FARTHEST
                    ? new Address(base, place)
                    : new Address(sum(array, base, Long.toString(place)), 0);
        }
        String scaled =
                addresses.computeIfAbsent(
                        List.of(array, at), _ -> scaled(array, base, at, isLong, size));
        return isNear
                ? new Address(scaled, bytes)
                : new Address(sum(array, scaled, Long.toString(bytes)), 0);
    }

    private String sum(Array array, String base, String bytes) {
        return array.space() == Space.GLOBAL
                ? body.rd("add.s64", base, bytes)
                : body.r("add.s32", base, bytes);
    }

    private String scaled(Array array, String base, String at, boolean isLong, int size) {
        String factor = Integer.toString(size);
        if (array.space() == Space.GLOBAL) {
            return body.rd(isLong ? "mad.lo.s64" : "mad.wide.s32", at, factor, base);
        }
        String place = isLong ? body.r("cvt.u32.u64", at) : at;
        return body.r("mad.lo.s32", place, factor, base);
    }

    /** {@return the elements from an address on} */
    Value load(Array array, Address address, Type type) {
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < type.lanes(); i++) {
            lanes.add(load(array, address.plus((long) i * array.element().bytes())));
        }
        return new Value(type, lanes);
    }

    /** {@return whether elements may be read by one instruction, where they are aligned} */
    boolean isWide(Array array, Type type) {
        return array.space() == Space.LOCAL && array.element() == Scalar.F32 && type.lanes() == 4;
    }

    /** {@return elements that are aligned to their size together, for which {@link #isWide}} */
    Value loadWide(Array array, Address address, Type type) {
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < type.lanes(); i++) {
            lanes.add(body.register(Bank.FLOAT));
        }
        String list = "{" + String.join(", ", lanes) + "}";
        body.run("ld." + space(array) + ".v4.f32", list, address.plus(0));
        return new Value(type, lanes);
    }

    private String load(Array array, String address) {
        String ld = "ld." + space(array) + ".";
        return switch (array.element()) {
            case BOOL -> body.p("setp.ne.s32", body.r(ld + "u8", address), "0");
            case I8 -> body.r(ld + "s8", address);
            case I16 -> body.r(ld + "s16", address);
            case U16 -> body.r(ld + "u16", address);
            case I32 -> body.r(ld + "b32", address);
            case I64 -> body.rd(ld + "b64", address);
            case F16 -> body.f("cvt.f32.f16", body.emit(Bank.BITS16, ld + "b16", address));
            case BF16 -> {
                String bits = body.r(ld + "u16", address);
                yield body.f("mov.b32", body.r("shl.b32", bits, Integer.toString(Short.SIZE)));
            }
            case F32 -> body.f(ld + "f32", address);
            case F64 -> body.fd(ld + "f64", address);
        };
    }

    /** Writes the elements from an address on. */
    void store(Array array, Address address, Value value) {
        for (int i = 0; i < value.type().lanes(); i++) {
            String at = address.plus((long) i * array.element().bytes());
            store(array, at, Values.lane(value, i));
        }
    }

    private void store(Array array, String address, String value) {
        String st = "st." + space(array) + ".";
        switch (array.element()) {
            case BOOL -> body.run(st + "u8", address, body.r("selp.b32", "1", "0", value));
            case I8 -> body.run(st + "u8", address, values.register(value));
            case I16, U16 -> body.run(st + "u16", address, values.register(value));
            case I32 -> body.run(st + "b32", address, value);
            case I64 -> body.run(st + "b64", address, value);
            case F16 -> body.run(st + "b16", address, values.conversions().half(value));
            case BF16 -> {
                Value bits = values.conversions().bits(Value.of(Type.of(Scalar.BF16), value));
                body.run(st + "u16", address, bits.scalar());
            }
            case F32 -> body.run(st + "f32", address, value);
            case F64 -> body.run(st + "f64", address, value);
        }
    }

    /** Fills so many bytes of a private array with zeros. */
    void clear(Array array, long bytes) {
        String base = bases.getOrDefault(array, "");
        String at = body.r("mov.u32", base);
        String end = body.r("add.s32", base, Long.toString(bytes));
        String next = body.label();
        body.place(next);
        body.run("st.local.b64", "[" + at + "]", "0");
        body.into(at, "add.s32", at, Integer.toString(Long.BYTES));
        String goesOn = body.p("setp.lt.u32", at, end);
        body.branchIf(goesOn, next);
    }

    /** {@return a name of PTX that resembles one of a kernel} */
    static String identifier(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .forEach(c -> {
                    boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_');
                    text.append(
                            plain ? Character.toString(c) : String.format(Locale.ROOT, "u%04x", c));
                });
        return text.toString();
    }
}
