package org.tornadovit.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parser of the Python dictionary in a NumPy header, such as {@code {'descr': '<f4',
 * 'fortran_order': False, 'shape': (3, 4), }}.
 */
final class NpyLiteral {
    private final String place;
    private final String text;
    private int at;

    private NpyLiteral(String place, String text) {
        this.place = place;
        this.text = text;
    }

    /** {@return the header of {@code length} bytes that {@code text} describes} */
    static NpyHeader parse(String place, String text, int length) {
        return new NpyLiteral(place, text).header(length);
    }

    private NpyHeader header(int length) {
        String descr = "";
        boolean fortranOrder = false;
        long[] shape = {};
        Set<String> seen = new HashSet<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> descr = peek() == '[' ? list() : string();
                case "fortran_order" -> fortranOrder = bool();
                case "shape" -> shape = tuple();
                default -> throw broken();
            }
            if (!seen.add(key) || (!accept(',') && peek() != '}')) {
                throw broken();
            }
        }
        skipSpace();
        if (seen.size() != 3 || at != text.length()) {
            throw broken();
        }
        return new NpyHeader(descr, fortranOrder, shape, length);
    }

    private String string() {
        char quote = peek();
        int end = text.indexOf(quote, at + 1);
        if ((quote != '\'' && quote != '"') || end < 0) {
            throw broken();
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    /** A record type: only its text is kept, for the message. */
    private String list() {
        int start = at;
        int depth = 0;
        do {
            char c = peek();
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            at++;
        } while (depth > 0);
        return text.substring(start, at);
    }

    private boolean bool() {
        for (String word : List.of("True", "False")) {
            peek();
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw broken();
    }

    private long[] tuple() {
        List<Long> extents = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            extents.add(integer());
            if (!accept(',') && peek() != ')') {
                throw broken();
            }
        }
        return extents.stream().mapToLong(Long::longValue).toArray();
    }

    private long integer() {
        peek();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > 18) {
            throw broken();
        }
        long value = Long.parseLong(text, start, at, 10);
        accept('L'); // Python 2 wrote long integers so
        return value;
    }

    private char peek() {
        skipSpace();
        if (at >= text.length()) {
            throw broken();
        }
        return text.charAt(at);
    }

    private boolean accept(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw broken();
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private CheckpointException broken() {
        return new CheckpointException(
                "%s has a broken NumPy header at character %d.".formatted(place, at));
    }
}
