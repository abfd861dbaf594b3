package org.tornadovit.codegen.ptx;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Lines of PTX as instructions. */
final class Decoder {
    private final Map<String, Integer> registers;
    private final Map<String, Long> symbols;
    private final List<String> parameters;
    private final Map<String, Integer> labels;
    private final Machine machine;

    Decoder(
            Map<String, Integer> registers,
            Map<String, Long> symbols,
            List<String> parameters,
            Map<String, Integer> labels,
            Machine machine) {
        this.registers = registers;
        this.symbols = symbols;
        this.parameters = parameters;
        this.labels = new HashMap<>();
        this.labels.putAll(labels);
        this.machine = machine;
    }

    Instruction decode(String line) {
        String text = line.substring(0, line.length() - 1);
        if (text.startsWith("@")) {
            boolean negated = text.startsWith("@!");
            int space = text.indexOf(' ');
            int predicate = index(text.substring(negated ? 2 : 1, space));
            int target = label(text.substring(space + 1));
            return item -> {
                if ((item.registers[predicate] != 0) != negated) {
                    item.at = target;
                }
            };
        }
        int space = text.indexOf(' ');
        String opcode = space < 0 ? text : text.substring(0, space);
        String[] operands = space < 0 ? new String[0] : text.substring(space + 1).split(", ");
        String[] parts = opcode.split("\\.");
        return switch (parts[0]) {
            case "ret" -> item -> item.done = true;
            case "bra" -> {
                int target = label(text);
                yield item -> item.at = target;
            }
            case "barrier" -> item -> item.waits = true;
            case "ld" -> parts[2].equals("v4") ? loadFour(parts, text) : load(parts, operands);
            case "st" -> store(parts, operands);
            case "atom" -> atomic(parts, operands);
            default -> value(opcode, parts, operands);
        };
    }

    private int label(String jump) {
        Integer target = labels.get(jump.substring(jump.lastIndexOf(' ') + 1));
        if (target == null) {
            throw new IllegalArgumentException("no label for " + jump);
        }
        return target;
    }

    private int index(String register) {
        Integer index = registers.get(register);
        if (index == null) {
            throw new IllegalArgumentException("no register " + register);
        }
        return index;
    }

    /** Cuts a value to its register: 32 bits are kept as ints, 16 without sign. */
    private static long cut(String register, long value) {
        return register.startsWith("%rd") || register.startsWith("%fd")
                ? value
                : register.startsWith("%p")
                        ? value & 1
                        : register.startsWith("%h") ? value & 0xffff : (int) value;
    }

    private ToLongFunction<Item> operand(String text) {
        if (text.startsWith("0f")) {
            long bits = Integer.parseUnsignedInt(text.substring(2), 16);
            return _ -> (int) bits;
        }
        if (text.startsWith("0d")) {
            long bits = Long.parseUnsignedLong(text.substring(2), 16);
            return _ -> bits;
        }
        if (text.startsWith("0x")) {
            long bits = Long.parseUnsignedLong(text.substring(2), 16);
            return _ -> bits;
        }
        if (text.startsWith("%") && text.contains(".")) {
            return special(text);
        }
        if (text.startsWith("%")) {
            int index = index(text);
            return item -> item.registers[index];
        }
        Long symbol = symbols.get(text);
        long value = symbol != null ? symbol : Long.parseLong(text);
        return _ -> value;
    }

    private static ToLongFunction<Item> special(String text) {
        int axis = text.charAt(text.length() - 1) - 'x';
        return switch (text.substring(0, text.indexOf('.'))) {
            case "%tid" -> item -> item.local[axis];
            case "%ctaid" -> item -> item.group.number()[axis];
            case "%ntid" -> item -> item.group.size()[axis];
            case "%nctaid" -> item -> item.group.count()[axis];
            default -> throw new IllegalArgumentException("no register " + text);
        };
    }

    private Instruction value(String opcode, String[] parts, String[] operands) {
        String target = operands[0];
        int to = index(target);
        List<ToLongFunction<Item>> from =
                Arrays.stream(operands).skip(1).map(this::operand).toList();
        Arithmetic.Operation operation = Arithmetic.of(opcode, parts);
        ToLongFunction<Item> a = from.get(0);
        ToLongFunction<Item> b = from.size() > 1 ? from.get(1) : _ -> 0;
        ToLongFunction<Item> c = from.size() > 2 ? from.get(2) : _ -> 0;
        return item ->
                item.registers[to] =
                        cut(
                                target,
                                operation.apply(
                                        a.applyAsLong(item),
                                        b.applyAsLong(item),
                                        c.applyAsLong(item)));
    }

    /** Where an access goes, in which memory. */
    private record Place(String space, ToLongFunction<Item> address, Machine machine) {
        MemorySegment memory(Item item) {
            return switch (space) {
                case "shared" -> item.group.shared();
                case "local" -> item.own;
                default -> machine.at(address.applyAsLong(item));
            };
        }

        long at(Item item) {
            return Machine.place(address.applyAsLong(item));
        }
    }

    private Place place(String space, String text) {
        String inner = text.substring(1, text.length() - 1);
        int sign = Math.max(inner.indexOf('+'), inner.indexOf('-'));
        ToLongFunction<Item> base = operand(sign < 0 ? inner : inner.substring(0, sign));
        long offset = sign < 0 ? 0 : Long.parseLong(inner.substring(sign));
        return new Place(space, item -> base.applyAsLong(item) + offset, machine);
    }

    private static int bytes(String type) {
        return Integer.parseInt(type.substring(1)) / Byte.SIZE;
    }

    private static long extended(String type, long bits) {
        return switch (type) {
            case "s8" -> (byte) bits;
            case "s16" -> (short) bits;
            default -> bits;
        };
    }

    private Instruction load(String[] parts, String[] operands) {
        String type = parts[2];
        String target = operands[0];
        int to = index(target);
        if (parts[1].equals("param")) {
            int number = parameters.indexOf(operands[1].substring(1, operands[1].length() - 1));
            return item ->
                    item.registers[to] =
                            cut(target, extended(type, item.group.parameters()[number]));
        }
        Place place = place(parts[1], operands[1]);
        int bytes = bytes(type);
        return item -> {
            long bits = Machine.read(place.memory(item), place.at(item), bytes);
            item.registers[to] = cut(target, extended(type, bits));
        };
    }

    /** Four elements, which must be aligned together. */
    private Instruction loadFour(String[] parts, String text) {
        String[] targets = text.substring(text.indexOf('{') + 1, text.indexOf('}')).split(", ");
        int[] to = Arrays.stream(targets).mapToInt(this::index).toArray();
        Place place = place(parts[1], text.substring(text.indexOf('[')));
        int bytes = bytes(parts[3]);
        return item -> {
            long at = place.at(item);
            if (at % ((long) to.length * bytes) != 0) {
                throw new IllegalStateException("four elements at " + at);
            }
            for (int i = 0; i < to.length; i++) {
                long bits = Machine.read(place.memory(item), at + (long) i * bytes, bytes);
                item.registers[to[i]] = cut(targets[i], bits);
            }
        };
    }

    private Instruction store(String[] parts, String[] operands) {
        Place place = place(parts[1], operands[0]);
        ToLongFunction<Item> value = operand(operands[1]);
        int bytes = bytes(parts[2]);
        return item ->
                Machine.write(place.memory(item), place.at(item), bytes, value.applyAsLong(item));
    }

    private Instruction atomic(String[] parts, String[] operands) {
        String type = parts[3];
        String target = operands[0];
        int to = index(target);
        Place place = place(parts[1], operands[1]);
        ToLongFunction<Item> a = operand(operands[2]);
        ToLongFunction<Item> b = operand(operands[operands.length - 1]);
        int bytes = bytes(type);
        boolean swaps = parts[2].equals("cas");
        Arithmetic.Operation operation =
                swaps
                        ? (old, expected, wanted) -> old == expected ? wanted : old
                        : Arithmetic.of("", new String[] {parts[2], type});
        return item -> {
            long before = Machine.read(place.memory(item), place.at(item), bytes);
            long old = bytes == 4 ? (int) before : before;
            long after = operation.apply(old, a.applyAsLong(item), b.applyAsLong(item));
            Machine.write(place.memory(item), place.at(item), bytes, after);
            item.registers[to] = cut(target, old);
        };
    }
}
