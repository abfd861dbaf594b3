package uk.ac.manchester.tornado.api.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/**
 * Writes the API's families from {@code signatures.txt} and the templates of this package:
 *
 * <pre>java … uk.ac.manchester.tornado.api.source.GenerateSources src/main/java</pre>
 *
 * Run the formatter afterwards; {@link GeneratedSourcesTest} compares text without white space.
 */
public final class GenerateSources {
    private GenerateSources() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        for (Map.Entry<String, String> e : sources().entrySet()) {
            Path file = root.resolve(e.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, e.getValue());
        }
    }

    /** {@return the generated sources by path below the source root} */
    static Map<String, String> sources() {
        Map<String, Type> types = Signatures.read();
        Map<String, String> sources = new TreeMap<>();
        for (Type type : types.values()) {
            String text = text(types, type);
            if (!text.isEmpty()) {
                String path = type.binaryName().replace('.', '/') + ".java";
                sources.put(path, SourceFile.of(type.fullPackage(), text));
            }
        }
        return sources;
    }

    private static String text(Map<String, Type> types, Type type) {
        if (NativeArraySource.covers(type)) {
            return NativeArraySource.of(type);
        }
        if (VectorSource.covers(type)) {
            return VectorSource.of(type);
        }
        if (CollectionSource.covers(type)) {
            return CollectionSource.of(type);
        }
        if (ImageSource.covers(type)) {
            return ImageSource.of(type);
        }
        if (MatrixSource.covers(type)) {
            return MatrixSource.of(type);
        }
        return switch (type.name()) {
            case "TornadoFunctions" -> AritySource.functions(types);
            case "TaskGraph", "TaskGraphInterface", "TaskPackage" ->
                    template(type.name()).replace("// ARITIES", AritySource.members(type));
            default -> "";
        };
    }

    /** The hand-written part of a type, which names the place of its generated members. */
    private static String template(String name) {
        String file = name + ".template";
        try (InputStream in = GenerateSources.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
