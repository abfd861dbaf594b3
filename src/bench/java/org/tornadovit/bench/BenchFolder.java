package org.tornadovit.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.Machine;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.JsonRows;
import org.tornadovit.lab.results.RunFolder;

/** The folder of a benchmark's results, {@code results/bench/yyyyMMdd-HHmmss}. */
final class BenchFolder {
    private static final Path HOME = Path.of(System.getProperty("tornadovit.home", ""));

    /**
     * Where and with what a benchmark was run: the content of {@code env.json}.
     *
     * @param command what was asked for
     * @param started time of the start, ISO 8601
     * @param commit version of the program
     * @param jdk version and vendor of the Java runtime
     * @param system operating system and architecture
     * @param processor name of the host's processor
     * @param cores processors that everybody may use
     * @param memoryMib memory of the host, in MiB
     * @param devices the devices measured
     */
    record Environment(
            String command,
            String started,
            String commit,
            String jdk,
            String system,
            String processor,
            int cores,
            long memoryMib,
            List<DeviceFacts> devices) {}

    private final Path path;

    private BenchFolder(Path path) {
        this.path = path;
    }

    /** Begins a folder, with what describes this machine and {@code names} of its devices. */
    static BenchFolder begin(String command, Devices devices, List<String> names) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path path = RunFolder.named(HOME.resolve("results"), "bench", now);
        Environment environment =
                new Environment(
                        command,
                        now.toString(),
                        Machine.commit(HOME),
                        Machine.jdk(),
                        Machine.system(),
                        Machine.processor(),
                        Runtime.getRuntime().availableProcessors(),
                        Machine.memoryMib(),
                        names.stream().map(devices::facts).toList());
        AtomicFile.writeText(path.resolve("env.json"), JsonRows.ofRecords(List.of(environment)));
        return new BenchFolder(path);
    }

    /** {@return the folder} */
    Path path() {
        return path;
    }

    /** Writes a table, whole. */
    void write(String name, List<String> header, List<List<String>> records) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(header);
            records.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot be full", e);
        }
        AtomicFile.writeText(path.resolve(name), text.toString());
    }
}
