package org.tornadovit.codegen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Identifiers of OpenCL C for the names of a kernel, unique in the kernel and free of keywords,
 * type names, macros and the built-in functions that generated code calls.
 */
final class OpenClNames {
    private static final Set<String> KEYWORDS =
            Set.of(
                    "auto",
                    "break",
                    "case",
                    "const",
                    "continue",
                    "default",
                    "do",
                    "else",
                    "enum",
                    "extern",
                    "for",
                    "goto",
                    "if",
                    "inline",
                    "register",
                    "restrict",
                    "return",
                    "signed",
                    "sizeof",
                    "static",
                    "struct",
                    "switch",
                    "typedef",
                    "union",
                    "unsigned",
                    "void",
                    "volatile",
                    "while",
                    "asm",
                    "typeof",
                    "bool",
                    "true",
                    "false",
                    "kernel",
                    "global",
                    "local",
                    "constant",
                    "private",
                    "generic",
                    "read_only",
                    "write_only",
                    "read_write",
                    "uniform",
                    "pipe",
                    "complex",
                    "imaginary",
                    "event_t",
                    "sampler_t",
                    "size_t",
                    "ptrdiff_t",
                    "intptr_t",
                    "uintptr_t",
                    "queue_t",
                    "clk_event_t",
                    "reserve_id_t",
                    "linux",
                    "unix",
                    "main",
                    "barrier",
                    "isnan",
                    "status",
                    "class",
                    "template",
                    "this",
                    "new",
                    "delete",
                    "namespace",
                    "operator",
                    "virtual",
                    "try",
                    "catch",
                    "throw");

    private static final Pattern TYPES =
            Pattern.compile(
                    "(u?(char|short|int|long)|float|double|half|quad|bool|image\\w*)"
                            + "(2|3|4|8|16)?(x(2|3|4|8|16))?");

    /** Conversions, memory and atomic functions, and {@code get_…}: called by generated code. */
    private static final Pattern FUNCTIONS =
            Pattern.compile("(convert|as|atomic|atom|get|tv|cl|k)_\\w*|v(load|store)\\w*");

    /** Macros are written in capitals. */
    private static final Pattern MACROS = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private final Set<String> called;

    /** Creates names that also differ from these built-in functions. */
    OpenClNames(Set<String> called) {
        this.called = called;
    }

    /** {@return the entry of a kernel of that name: no keyword and no built-in function} */
    static String entry(String kernel) {
        return "k_" + identifier(kernel);
    }

    /** {@return a name of its own that resembles {@code wish}} */
    String unique(String wish) {
        String name = identifier(wish);
        if (isReserved(name)) {
            name += "_";
        }
        String result = name;
        while (!taken.add(result)) {
            result = name + "_" + lastNumber.merge(name, 2, (n, _) -> n + 1);
        }
        return result;
    }

    private boolean isReserved(String name) {
        return KEYWORDS.contains(name)
                || called.contains(name)
                || TYPES.matcher(name).matches()
                || FUNCTIONS.matcher(name).matches()
                || MACROS.matcher(name).matches() && name.length() > 1
                || name.startsWith("_");
    }

    private static String identifier(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .forEach(c -> {
                    if (c < 128 && (Character.isLetterOrDigit(c) || c == '_')) {
                        text.appendCodePoint(c);
                    } else {
                        text.append(c == '$' ? "_" : "u%04x".formatted(c));
                    }
                });
        if (text.isEmpty() || Character.isDigit(text.charAt(0)) || text.charAt(0) == '_') {
            text.insert(0, 'v');
        }
        return text.toString();
    }
}
