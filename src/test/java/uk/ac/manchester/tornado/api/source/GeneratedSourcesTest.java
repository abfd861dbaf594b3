package uk.ac.manchester.tornado.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The checked-in families are what the templates give, up to comments, the order of imports and
 * white space.
 */
class GeneratedSourcesTest {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    @TestFactory
    Iterable<DynamicTest> checkedInSources() {
        return GenerateSources.sources().entrySet().stream()
                .map(e ->
                        DynamicTest.dynamicTest(
                                e.getKey(), () -> compare(e.getKey(), e.getValue())))
                .toList();
    }

    private static void compare(String path, String generated) throws IOException {
        String checkedIn = Files.readString(Path.of("src/main/java").resolve(path));
        assertThat(words(checkedIn)).isEqualTo(words(generated));
    }

    private static String words(String source) {
        String code = COMMENT.matcher(source).replaceAll("");
        String imports = code.lines().filter(l -> l.startsWith("import")).sorted().toList() + "";
        String rest = code.replaceAll("(?m)^import.*$", "");
        return (imports + rest).replaceAll("\\s+", "");
    }
}
