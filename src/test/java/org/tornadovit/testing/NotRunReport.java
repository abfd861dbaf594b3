package org.tornadovit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code target/not-run.txt} when a run ends: the devices and tools found, and the tests
 * that did not run, by reason. {@code scripts/test} prints it.
 */
public final class NotRunReport implements TestExecutionListener {
    private final Map<String, ConcurrentSkipListSet<String>> notRun = new ConcurrentSkipListMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Path file = Path.of("target", "not-run.txt");
        if (Files.isDirectory(file.getParent())) {
            try {
                Files.writeString(file, text());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }
    }

    private void add(TestIdentifier test, String reason) {
        String sentence = reason.replaceFirst("^Assumption failed: ", "").strip();
        notRun.computeIfAbsent(sentence, _ -> new ConcurrentSkipListSet<>()).add(name(test));
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(source ->
                        switch (source) {
                            case MethodSource m ->
                                    simple(m.getClassName()) + "." + m.getMethodName();
                            case ClassSource c -> simple(c.getClassName());
                            default -> test.getDisplayName();
                        })
                .orElse(test.getDisplayName());
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    String text() {
        StringBuilder text = new StringBuilder("Devices and tools:\n");
        for (Equipment equipment : Equipment.values()) {
            text.append("  %-12s %s%n".formatted(equipment.label(), state(equipment)));
        }
        if (notRun.isEmpty()) {
            return text.append("Every test was run.\n").toString();
        }
        text.append("Tests that did not run:\n");
        new TreeMap<>(notRun)
                .forEach((reason, tests) ->
                        text.append("  ")
                                .append(reason)
                                .append(":\n    ")
                                .append(String.join(", ", List.copyOf(tests)))
                                .append('\n'));
        return text.toString();
    }

    private static String state(Equipment equipment) {
        return equipment.found().map(what -> "found: " + what).orElse("not found");
    }
}
