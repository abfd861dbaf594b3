package org.tornadovit.device.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tornadovit.device.DeviceException;

/**
 * Options for the driver's compiler, written as names and values: {@code CU_JIT_MAX_REGISTERS 64
 * CU_JIT_OPTIMIZATION_LEVEL 4}.
 *
 * @param numbers what the driver calls each option, in {@code CUjit_option}
 * @param values the value of each
 */
record JitOptions(List<Integer> numbers, List<Long> values) {
    /** No options. */
    static final JitOptions NONE = new JitOptions(List.of(), List.of());

    private static final Map<String, Integer> KNOWN =
            Map.of(
                    "CU_JIT_MAX_REGISTERS", 0,
                    "CU_JIT_OPTIMIZATION_LEVEL", 7,
                    "CU_JIT_GENERATE_DEBUG_INFO", 11,
                    "CU_JIT_LOG_VERBOSE", 12,
                    "CU_JIT_GENERATE_LINE_INFO", 13,
                    "CU_JIT_CACHE_MODE", 14);

    JitOptions {
        numbers = List.copyOf(numbers);
        values = List.copyOf(values);
    }

    /**
     * {@return the options that a text names; it may be empty}
     *
     * @throws DeviceException when it names an option that is not known, or gives no number
     */
    static JitOptions parse(String flags) {
        if (flags.isBlank()) {
            return NONE;
        }
        String[] words = flags.strip().split("\\s+");
        List<Integer> numbers = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            Integer number = KNOWN.get(words[i].toUpperCase(Locale.ROOT));
            if (number == null || i + 1 == words.length || !words[i + 1].matches("\\d{1,9}")) {
                throw new DeviceException(
                        ("The CUDA driver's compiler does not take the flags '%s' at '%s'; it takes"
                                        + " pairs of a name and a number, with the names %s.")
                                .formatted(
                                        flags,
                                        words[i],
                                        KNOWN.keySet().stream().sorted().toList()));
            }
            numbers.add(number);
            values.add(Long.parseLong(words[i + 1]));
        }
        return new JitOptions(numbers, values);
    }
}
