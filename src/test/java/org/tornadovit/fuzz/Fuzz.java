package org.tornadovit.fuzz;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.frontend.RandomPrograms;
import org.tornadovit.frontend.UnsupportedKernelException;
import org.tornadovit.runtime.OnDevices;

/**
 * Random kernels as Java, on the interpreter and on every device, compared bit for bit.
 *
 * <p>A difference is made smaller and written to {@code target/fuzz} as a Java file whose first
 * line says what differs. The last line of the output is {@code N kernels, M mismatches}.
 */
public final class Fuzz {
    private static final int METHODS = 10;
    private static final int SECONDS = 20;

    private final Trial trial = new Trial(OnDevices.all());
    private final Path folder;
    private int kernels;
    private int refused;
    private int mismatches;

    private Fuzz(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs for some minutes.
     *
     * @param arguments {@code --minutes N --seed S}; numbers may be fractions. {@code --grids true}
     *     tries {@link RandomGrids} too, of which PoCL makes wrong loops now and then.
     */
    public static void main(String[] arguments) throws IOException {
        List<String> list = List.of(arguments);
        double minutes = Double.parseDouble(option(list, "--minutes", "2"));
        long seed = Long.parseLong(option(list, "--seed", "1"));
        boolean grids = Boolean.parseBoolean(option(list, "--grids", "false"));
        Fuzz fuzz = new Fuzz(Path.of("target", "fuzz"));
        long end = System.nanoTime() + (long) (minutes * 60e9);
        System.out.println("seed " + seed + ", " + OnDevices.all().size() + " devices");
        for (long s = seed; System.nanoTime() < end; s++) {
            fuzz.sources(s, end);
            if (grids) {
                String name = "Fuzz" + s;
                fuzz.source(name, RandomGrids.source(name, s, METHODS), s, end);
            }
        }
        System.out.println(fuzz.refused + " refused");
        System.out.println(fuzz.summary());
        System.exit(fuzz.mismatches == 0 ? 0 : 1);
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : otherwise;
    }

    private String summary() {
        return kernels + " kernels, " + mismatches + " mismatches";
    }

    /** {@return the last line after the kernels of one seed} */
    static String once(long seed, Path folder) throws IOException {
        Fuzz fuzz = new Fuzz(folder);
        fuzz.sources(seed, Long.MAX_VALUE);
        return fuzz.summary();
    }

    private void sources(long seed, long end) throws IOException {
        String name = "Fuzz" + seed;
        source(name, RandomKernels.source(name, seed, METHODS), seed, end);
        source(name, RandomPrograms.source(name, seed, METHODS), seed, end);
        source(name, RandomItems.source(name, seed, METHODS), seed, end);
        source(name, RandomTypes.source(name, seed, METHODS), seed, end);
    }

    private void source(String name, String source, long seed, long end) throws IOException {
        for (Method method : methods(Trial.compile(name, source))) {
            if (System.nanoTime() >= end) {
                return;
            }
            kernels++;
            Optional<String> failure = failure(method, seed);
            if (failure.isPresent()) {
                mismatches++;
                report(name, source, method.getName(), seed, failure.get());
            }
        }
    }

    private static List<Method> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(m -> m.getName().matches("k\\d+"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private Optional<String> failure(Method method, long seed) {
        try {
            return trial.run(method, seed);
        } catch (UnsupportedKernelException e) {
            refused++;
            System.out.println("refused: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void report(String name, String source, String method, long seed, String failure)
            throws IOException {
        Trial there = trial.where(failure);
        String place = failure.substring(0, failure.indexOf(':') + 1);
        Shrinking shrinking =
                new Shrinking(text -> fails(there, name, text, method, seed, place), SECONDS);
        String small = shrinking.of(source);
        Files.createDirectories(folder);
        Path file = folder.resolve(name + "_" + method + ".java");
        Files.writeString(file, "// seed " + seed + ", " + failure + "\n" + small);
        System.out.println(name + "." + method + ": " + failure + " (" + file + ")");
    }

    private static boolean fails(
            Trial trial, String name, String text, String method, long seed, String place) {
        try {
            for (Method m : methods(Trial.compile(name, text))) {
                if (m.getName().equals(method)) {
                    return trial.run(m, seed).filter(f -> f.startsWith(place)).isPresent();
                }
            }
            return false;
        } catch (RuntimeException e) { // it does not compile any more, or is refused
            return false;
        }
    }
}
