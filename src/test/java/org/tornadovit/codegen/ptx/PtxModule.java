package org.tornadovit.codegen.ptx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module of one kernel as it is read, its declarations and its instructions. */
final class PtxModule {
    private static final Pattern TABLE =
            Pattern.compile("\\.const \\.align 8 \\.u64 (\\w+)\\[(\\d+)] = \\{([^}]*)};");
    private static final Pattern PARAMETER = Pattern.compile("\\.param \\.([a-z]\\d+) (\\w+)");
    private static final Pattern STORAGE =
            Pattern.compile("\\.(shared|local) \\.align (\\d+) \\.b8 (\\w+)\\[(\\d+)];");
    private static final Pattern REGISTERS = Pattern.compile("\\.reg \\.(\\w+) (%\\w+?)<(\\d+)>;");
    private static final Pattern GROUP = Pattern.compile("\\.reqntid (\\d+), (\\d+), (\\d+)");

    private static final int MOST_STEPS = 100_000_000;

    private final Map<String, Integer> registers = new HashMap<>();
    private final Map<String, Long> symbols = new HashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<Integer> parameterSizes = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Machine machine;
    private int[] group = {};
    private long shared;
    private long own;

    PtxModule(String text, Machine machine) {
        this.machine = machine;
        Matcher table = TABLE.matcher(text);
        while (table.find()) {
            symbols.put(table.group(1), machine.add(words(table.group(3))));
        }
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            parameters.add(parameter.group(2));
            parameterSizes.add(Integer.parseInt(parameter.group(1).substring(1)) / Byte.SIZE);
        }
        Matcher required = GROUP.matcher(text);
        if (required.find()) {
            group = new int[3];
            for (int i = 0; i < 3; i++) {
                group[i] = Integer.parseInt(required.group(i + 1));
            }
        }
        Matcher storage = STORAGE.matcher(text);
        while (storage.find()) {
            long bytes = Long.parseLong(storage.group(4));
            boolean isShared = storage.group(1).equals("shared");
            long at = Math.ceilDiv(isShared ? shared : own, 16) * 16;
            symbols.put(storage.group(3), at);
            if (isShared) {
                shared = at + bytes;
            } else {
                own = at + bytes;
            }
        }
        Matcher bank = REGISTERS.matcher(text);
        while (bank.find()) {
            for (int n = 0; n < Integer.parseInt(bank.group(3)); n++) {
                registers.put(bank.group(2) + n, registers.size());
            }
        }
        String body = text.substring(text.indexOf("\n{") + 2, text.lastIndexOf('}'));
        for (String line : body.lines().map(String::strip).toList()) {
            if (line.endsWith(":")) {
                labels.put(line.substring(0, line.length() - 1), lines.size());
            } else if (!line.isEmpty() && !line.startsWith(".") && !line.startsWith("//")) {
                lines.add(line);
            }
        }
        Decoder decoder = new Decoder(registers, symbols, parameters, labels, machine);
        lines.forEach(line -> instructions.add(decoder.decode(line)));
    }

    private static MemorySegment words(String text) {
        String[] words = text.split(",");
        MemorySegment memory = Arena.ofAuto().allocate(8L * words.length, 8);
        for (int i = 0; i < words.length; i++) {
            long word = Long.parseUnsignedLong(words[i].strip().substring(2), 16);
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, word);
        }
        return memory;
    }

    /** {@return the sizes of the parameters in bytes} */
    List<Integer> parameterSizes() {
        return parameterSizes;
    }

    /** Runs the kernel, the items of a group by turns between barriers. */
    void run(long[] arguments, int[] global, int[] size) {
        if (group.length > 0 && !java.util.Arrays.equals(group, size)) {
            throw new IllegalStateException("the kernel runs with other groups");
        }
        int[] count = {global[0] / size[0], global[1] / size[1], global[2] / size[2]};
        for (int n = 0; n < count[0] * count[1] * count[2]; n++) {
            int[] number = {n % count[0], n / count[0] % count[1], n / count[0] / count[1]};
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(Math.max(16, shared), 16);
                memory.fill((byte) 0x5a);
                runGroup(new Item.Group(number, size, count, memory, arguments), arena);
            }
        }
    }

    private void runGroup(Item.Group of, Arena arena) {
        List<Item> items = new ArrayList<>();
        int[] size = of.size();
        for (int n = 0; n < size[0] * size[1] * size[2]; n++) {
            int[] local = {n % size[0], n / size[0] % size[1], n / size[0] / size[1]};
            MemorySegment memory = arena.allocate(Math.max(16, own), 16);
            memory.fill((byte) 0x5a);
            items.add(new Item(registers.size(), local, of, memory));
        }
        while (!items.getFirst().done) {
            items.forEach(this::runToBarrier);
            Item first = items.getFirst();
            for (Item item : items) {
                if (item.done != first.done || !item.done && item.at != first.at) {
                    throw new IllegalStateException("not all items meet at the barrier");
                }
            }
        }
    }

    private void runToBarrier(Item item) {
        item.waits = false;
        int steps = 0;
        while (!item.done && !item.waits) {
            int at = item.at++;
            if (steps++ > MOST_STEPS) {
                throw new IllegalStateException("the kernel does not end: " + lines.get(at));
            }
            try {
                instructions.get(at).run(item);
            } catch (RuntimeException e) {
                throw new IllegalStateException(lines.get(at) + ": " + e.getMessage(), e);
            }
        }
    }
}
