package uk.ac.manchester.tornado.api.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public surface of the TornadoVM 5.2 API, read from the checked-in signature list. */
public final class Signatures {
    static final String ROOT = "uk.ac.manchester.tornado.api";
    private static final Pattern TYPE =
            Pattern.compile(
                    "((?:[a-z-]+ )*)(@interface|class|interface|enum|record) (.*?) T\\d(.*)");
    private static final Pattern MEMBER =
            Pattern.compile(
                    "((?:(?:protected|static|final|default|synchronized) )*)(<[^(]*?> )?"
                            + "(?:([^( ]+(?:<[^(]*>)?(?:\\[])*(?:\\.\\.\\.)?) )?(\\w+)\\((.*?)\\)"
                            + "(?: throws ([\\w,]+))?");
    private static final Pattern FIELD =
            Pattern.compile("((?:(?:protected|static|final) )*)(\\S+(?:<.*>)?) (\\w+)(?: = (.*))?");

    private Signatures() {}

    /** One parameter of a method or constructor. */
    public record Parameter(String type, String name) {}

    /** A constructor (C), method (M), field (F) or the enum constants (E, in {@code value}). */
    public record Member(
            char kind,
            String modifiers,
            String typeParameters,
            String type,
            String name,
            List<Parameter> parameters,
            String thrown,
            String value,
            boolean deprecated) {
        /** {@return the name with the parameter types, as {@code add(Float2,float)}} */
        public String key() {
            return name
                    + "("
                    + String.join(",", parameters.stream().map(Parameter::type).toList())
                    + ")";
        }
    }

    /** A type: package below the root, modifiers, kind, header text and members. */
    public record Type(
            String packageName,
            String modifiers,
            String kind,
            String name,
            String header,
            String annotations,
            List<Member> members) {
        /** {@return the package's full name} */
        public String fullPackage() {
            return packageName.isEmpty() ? ROOT : ROOT + "." + packageName;
        }

        /** {@return the binary name} */
        public String binaryName() {
            return fullPackage() + "." + name.replace('.', '$');
        }
    }

    /** {@return all types by binary name, in the order of the list} */
    public static Map<String, Type> read() {
        Map<String, Type> types = new LinkedHashMap<>();
        String packageName = "";
        List<Member> members = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith("package ")) {
                packageName = line.substring(8).equals(".") ? "" : line.substring(8);
            } else if (line.startsWith("  ")) {
                members.add(member(line.substring(2)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                members = new ArrayList<>();
                Type type = type(packageName, line, members);
                types.put(type.binaryName(), type);
            }
        }
        return types;
    }

    private static List<String> lines() {
        try (InputStream in = Signatures.class.getResourceAsStream("../signatures.txt")) {
            if (in == null) {
                throw new IllegalStateException("signatures.txt is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Type type(String packageName, String line, List<Member> members) {
        Matcher m = TYPE.matcher(line);
        if (!m.matches()) {
            throw new IllegalStateException("not a type line: " + line);
        }
        String header = m.group(3);
        String name = header.split("[ <]", 2)[0];
        return new Type(
                packageName,
                m.group(1).strip(),
                m.group(2),
                name,
                header,
                m.group(4).strip(),
                members);
    }

    private static Member member(String line) {
        char kind = line.charAt(0);
        boolean deprecated = line.endsWith("// @Deprecated");
        String text = line.substring(2).replaceFirst(" *//.*$", "").strip();
        if (kind == 'E') {
            return new Member(kind, "", "", "", "", List.of(), "", text, deprecated);
        }
        if (kind == 'F') {
            Matcher f = FIELD.matcher(text);
            if (!f.matches()) {
                throw new IllegalStateException("not a field line: " + line);
            }
            String value = f.group(4) == null ? "" : f.group(4);
            return new Member(
                    kind,
                    f.group(1).strip(),
                    "",
                    f.group(2),
                    f.group(3),
                    List.of(),
                    "",
                    value,
                    deprecated);
        }
        Matcher m = MEMBER.matcher(text);
        if (!m.matches()) {
            throw new IllegalStateException("not a member line: " + line);
        }
        return new Member(
                kind,
                m.group(1).strip(),
                m.group(2) == null ? "" : m.group(2).strip(),
                m.group(3) == null ? "" : m.group(3),
                m.group(4),
                parameters(m.group(5)),
                m.group(6) == null ? "" : m.group(6),
                "",
                deprecated);
    }

    private static List<Parameter> parameters(String text) {
        List<Parameter> result = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0 && i > from) {
                String one = text.substring(from, i).strip();
                int space = one.lastIndexOf(' ');
                result.add(new Parameter(one.substring(0, space), one.substring(space + 1)));
                from = i + 1;
            }
        }
        return result;
    }
}
