package org.tornadovit.device.fpga;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.FpgaVendor;

/**
 * What TornadoVM's file of settings for FPGAs says: lines {@code KEY = value}, with comments behind
 * {@code #}.
 *
 * @param device DEVICE_NAME, the board or platform for the compiler; may be empty
 * @param compiler COMPILER, a program of the search path or a file
 * @param flags FLAGS, more options for it
 * @param folder DIRECTORY_BITSTREAM, where sources and compiled files go
 * @see <a href="https://tornadovm.readthedocs.io/en/latest/fpga-programming.html">TornadoVM, FPGA
 *     Programming</a>
 */
public record Configuration(String device, String compiler, List<String> flags, Path folder) {
    /** TornadoVM's property that names the file. */
    public static final String PROPERTY = "tornado.fpga.conf.file";

    private static final String DEVICE = "DEVICE_NAME";
    private static final String COMPILER = "COMPILER";
    private static final String FLAGS = "FLAGS";
    private static final String FOLDER = "DIRECTORY_BITSTREAM";
    private static final List<String> KEYS = List.of(DEVICE, COMPILER, FLAGS, FOLDER);
    private static final String USUAL_FOLDER = "fpga-source-comp";

    /** Copies the list. */
    public Configuration {
        flags = List.copyOf(flags);
    }

    /** {@return what holds where there is no file} */
    public static Configuration usual(FpgaVendor vendor) {
        return of(Map.of(), vendor);
    }

    /**
     * Reads a file.
     *
     * @param vendor whose compiler it is when the file names none
     * @throws DeviceException when it cannot be read, or says what is not known
     */
    public static Configuration read(Path file, FpgaVendor vendor) {
        try {
            Map<String, String> values = new TreeMap<>();
            int number = 0;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                String said = line.replaceFirst("#.*", "").strip();
                if (!said.isEmpty()) {
                    put(said, values, file + ", line " + number);
                }
            }
            return of(values, vendor);
        } catch (IOException e) {
            throw new DeviceException(
                    "Cannot read %s, which -D%s names (%s)."
                            .formatted(file, PROPERTY, e.getMessage()),
                    e);
        }
    }

    private static void put(String said, Map<String, String> values, String place) {
        int equals = said.indexOf('=');
        String key = equals < 0 ? said : said.substring(0, equals).strip();
        if (equals < 0 || !KEYS.contains(key)) {
            throw new DeviceException(
                    "%s: '%s' is not understood; write KEY = value with one of the keys %s."
                            .formatted(place, said, String.join(", ", KEYS)));
        }
        values.put(key, said.substring(equals + 1).strip());
    }

    private static Configuration of(Map<String, String> values, FpgaVendor vendor) {
        String usual = Tool.usual(vendor).program();
        String flags = values.getOrDefault(FLAGS, "");
        return new Configuration(
                values.getOrDefault(DEVICE, ""),
                program(values.getOrDefault(COMPILER, usual)),
                flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")),
                Path.of(values.getOrDefault(FOLDER, USUAL_FOLDER)));
    }

    /** Commands run in other folders: only names without a folder are looked for. */
    private static String program(String compiler) {
        return compiler.contains("/") ? Path.of(compiler).toAbsolutePath().toString() : compiler;
    }

    /** {@return the same for a board, where no other is named} */
    public Configuration orDevice(String board) {
        return device.isEmpty() ? new Configuration(board, compiler, flags, folder) : this;
    }
}
