package org.tornadovit.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the textual form, one after the other. */
final class Tokens {
    private static final Pattern WORD =
            Pattern.compile(
                    "\\s*(?:(?<string>\"[^\"]*\")"
                            + "|(?<number>-?(?:0x[0-9a-f]+|\\d+(?:\\.\\d+)?(?:E-?\\d+)?|Infinity))"
                            + "|(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*)"
                            + "|(?<symbol>>>>|<<|>>|==|!=|<=|>=|[-+*/%&|^<>!~=()\\[\\]{},:@]))");

    /** The kinds of words. */
    enum Kind {
        STRING,
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    private record Token(Kind kind, String text, int line) {}

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        Matcher matcher = WORD.matcher(text);
        int at = 0;
        String stripped = text.stripTrailing();
        while (at < stripped.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new MalformedKernelException(
                        "line " + lineOf(text, at) + ": no word of a kernel here");
            }
            Kind kind =
                    matcher.group("string") != null
                            ? Kind.STRING
                            : matcher.group("number") != null
                                    ? Kind.NUMBER
                                    : matcher.group("name") != null ? Kind.NAME : Kind.SYMBOL;
            tokens.add(new Token(kind, matcher.group().strip(), lineOf(text, matcher.end())));
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "end of text", lineOf(text, text.length())));
    }

    private static int lineOf(String text, int at) {
        return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }

    Kind kind() {
        return tokens.get(next).kind();
    }

    String peek() {
        return tokens.get(next).text();
    }

    /** {@return the word {@code ahead} words behind the next one} */
    String peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1)).text();
    }

    String take() {
        String text = peek();
        if (kind() == Kind.END) {
            throw wrong("more text");
        }
        next++;
        return text;
    }

    /** {@return whether the next word is {@code text}; then it is taken} */
    boolean accept(String text) {
        boolean found = kind() != Kind.STRING && peek().equals(text);
        next += found ? 1 : 0;
        return found;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw wrong("'" + text + "'");
        }
    }

    long integer() {
        String text = take();
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            next--;
            throw wrong("an integer");
        }
    }

    MalformedKernelException wrong(String wanted) {
        return new MalformedKernelException(
                "line "
                        + tokens.get(next).line()
                        + ": "
                        + wanted
                        + " expected, not '"
                        + peek()
                        + "'");
    }
}
