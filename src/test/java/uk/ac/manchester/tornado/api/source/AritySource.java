package uk.ac.manchester.tornado.api.source;

import java.util.Map;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Parameter;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** The types with a method for each number of arguments: only those members come from here. */
final class AritySource {
    private static final String FUNCTIONS =
            """
            /**
             * The functional interfaces of tasks with 0 to 20 parameters.
             *
             * <p>They are serializable so that a lambda or method reference passed as one can be
             * asked for the method it stands for.
             */
            public final class TornadoFunctions {
            /** Makes an object without use: the class only holds the interfaces. */
            public TornadoFunctions() {}

            MEMBERS
            }
            """;

    private AritySource() {}

    /** {@return the source of {@code TornadoFunctions} with all its nested interfaces} */
    static String functions(Map<String, Type> types) {
        StringBuilder members = new StringBuilder();
        for (Type type : types.values()) {
            if (!type.name().startsWith("TornadoFunctions.")) {
                continue;
            }
            Member apply = type.members().getFirst();
            boolean library = type.name().contains("Library");
            members.append("/** ")
                    .append(library ? "A library call" : "A task")
                    .append(" of ")
                    .append(apply.parameters().size())
                    .append(" parameters. */\n@FunctionalInterface\npublic interface ")
                    .append(type.header().substring("TornadoFunctions.".length()))
                    .append(" extends Serializable {\n/** ")
                    .append(library ? "Describes the call." : "The task's code.")
                    .append(" */\n")
                    .append(SourceFile.declaration(apply).replace("public ", ""))
                    .append(";\n}\n\n");
        }
        return FUNCTIONS.replace("MEMBERS", members.toString());
    }

    /** {@return the members of a type that take a {@code TaskN} or {@code LibraryTaskN}} */
    static String members(Type type) {
        return type.members().stream()
                .filter(AritySource::isArity)
                .map(m -> member(type, m))
                .collect(Collectors.joining());
    }

    private static boolean isArity(Member m) {
        return m.parameters().size() > 1
                && m.parameters().get(1).type().startsWith("TornadoFunctions.");
    }

    private static String member(Type type, Member m) {
        if (type.kind().equals("interface")) {
            return "/** "
                    + (m.name().equals("task")
                            ? "Appends a task of "
                            : "Appends a library call of ")
                    + (m.parameters().size() - 2)
                    + " arguments. */\n"
                    + SourceFile.declaration(m).replace("public ", "")
                    + ";\n\n";
        }
        String arguments =
                m.parameters().stream()
                        .skip(2)
                        .map(Parameter::name)
                        .collect(Collectors.joining(", "));
        String all = arguments.isEmpty() ? "" : ", " + arguments;
        String call =
                m.parameters().stream()
                        .skip(2)
                        .map(Parameter::name)
                        .collect(Collectors.joining(", "));
        return switch (m.name()) {
            case "TaskPackage" ->
                    SourceFile.method(m, "this(id, new Object[] {code" + all + "});", false);
            case "createPackage" ->
                    "/** {@return a task of "
                            + (m.parameters().size() - 2)
                            + " arguments} */\n"
                            + SourceFile.method(
                                    m, "return new TaskPackage(id, code" + all + ");", false);
            case "task" ->
                    SourceFile.method(
                            m,
                            "return addTask(TaskPackage.createPackage(id, code" + all + "));",
                            true);
            case "libraryTask" ->
                    SourceFile.method(
                            m, "return addLibraryTask(id, code.apply(" + call + "));", true);
            default ->
                    throw new IllegalStateException("no body for " + type.name() + "." + m.key());
        };
    }
}
