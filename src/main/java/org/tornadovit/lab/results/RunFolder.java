package org.tornadovit.lab.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.lab.LabException;
import tools.jackson.core.JacksonException;

/**
 * The folder of a run: {@code run.jsonl}, {@code env.json}, {@code table.csv}, {@code table.md} and
 * plots. Files but the journal are replaced as a whole or not at all.
 */
public final class RunFolder implements AutoCloseable {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String JOURNAL = "run.jsonl";
    private static final String ENVIRONMENT = "env.json";

    private final Path path;
    private final Environment environment;
    private final Journal journal;

    private RunFolder(Path path, Environment environment, Journal journal) {
        this.path = path;
        this.environment = environment;
        this.journal = journal;
    }

    /**
     * The folder of a new run of a task.
     *
     * @param results folder of all results
     * @param task name of the task
     * @param now time of the start
     * @return {@code results/task/yyyyMMdd-HHmmss}, in UTC
     */
    public static Path named(Path results, String task, Instant now) {
        return results.resolve(task).resolve(RUN.format(now));
    }

    /**
     * The last run of a task.
     *
     * @param results folder of all results
     * @param task name of the task
     * @return the folder, if the task was ever run
     * @throws LabException when the folder cannot be listed
     */
    public static Optional<Path> latest(Path results, String task) {
        Path runs = results.resolve(task);
        if (!Files.isDirectory(runs)) {
            return Optional.empty();
        }
        try (Stream<Path> list = Files.list(runs)) {
            return list.filter(run -> Files.exists(run.resolve(JOURNAL)))
                    .max(Comparator.comparing(run -> String.valueOf(run.getFileName())));
        } catch (IOException e) {
            throw new LabException("Cannot list " + runs + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Begins a run.
     *
     * @param path folder without a run; made when there is none
     * @param environment what is measured, where
     * @return the run
     * @throws LabException when there is a run already or nothing can be written
     */
    public static RunFolder begin(Path path, Environment environment) {
        if (isBegun(path)) {
            throw new LabException(
                    path
                            + " already holds a run; add --resume to finish it or choose another"
                            + " --out.");
        }
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new LabException("Cannot make the folder " + path + ": a file is there.", e);
        } catch (IOException e) {
            throw new LabException(
                    "Cannot make the folder " + path + ": " + e.getMessage() + ".", e);
        }
        AtomicFile.writeText(path.resolve(ENVIRONMENT), environment.json());
        return new RunFolder(path, environment, Journal.open(path.resolve(JOURNAL)));
    }

    /**
     * Goes on with a run.
     *
     * @param path folder of a run that was begun
     * @param environment what is measured, where; it must be what the run was begun with
     * @return the run, with the entries measured so far
     * @throws LabException when there is none or it was begun with something else
     */
    public static RunFolder resume(Path path, Environment environment) {
        Environment begun;
        try {
            begun = Environment.parse(Files.readString(path.resolve(ENVIRONMENT)));
        } catch (IOException e) {
            throw new LabException(path + " holds no run to resume; leave out --resume.", e);
        } catch (JacksonException e) {
            throw new LabException(
                    path.resolve(ENVIRONMENT) + " cannot be read; start a new run.", e);
        }
        var differences = environment.differences(begun);
        if (!differences.isEmpty()) {
            throw new LabException(
                    "Cannot resume %s: %s changed since; start a new run."
                            .formatted(path, String.join(", ", differences)));
        }
        return new RunFolder(path, begun, Journal.open(path.resolve(JOURNAL)));
    }

    /** {@return whether {@code path} holds a run, finished or not} */
    public static boolean isBegun(Path path) {
        return Files.exists(path.resolve(JOURNAL));
    }

    /** {@return the folder} */
    public Path path() {
        return path;
    }

    /** {@return where the run was begun} */
    public Environment environment() {
        return environment;
    }

    /** {@return the lines measured so far} */
    public Journal journal() {
        return journal;
    }

    /**
     * Writes a text file of the run.
     *
     * @param name name of the file
     * @param text its whole content
     */
    public void write(String name, String text) {
        AtomicFile.writeText(path.resolve(name), text);
    }

    @Override
    public void close() {
        journal.close();
    }
}
