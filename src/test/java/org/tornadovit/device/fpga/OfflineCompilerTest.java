package org.tornadovit.device.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.FpgaVendor;

/** Compilers of FPGAs that do well, fail, hang or are not there. */
class OfflineCompilerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Code CODE = new Code.Text("k_x", "opencl-c", "kernel void k_x() {}\n");

    @TempDir Path folder;

    /** A compiler that is a shell script; the name of its result is the last word but none. */
    private OfflineCompiler script(String body, Duration limit) throws IOException {
        Path program = folder.resolve("aoc");
        Files.writeString(program, "#!/bin/sh\necho run >> '" + program + ".runs'\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return compiler(program.toString(), Mode.FULL, limit);
    }

    private OfflineCompiler compiler(String program, Mode mode, Duration limit) {
        Configuration configuration =
                new Configuration("", program, List.of("-v"), folder.resolve("made"));
        return new OfflineCompiler(FpgaVendor.INTEL, configuration, mode, limit);
    }

    private List<String> made() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("made"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Code code) {
        return new String(((Code.Binary) code).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aWholeFileIsMadeOnce() throws IOException {
        OfflineCompiler compiler = script("cat k_x.cl > k_x.aocx; echo said", LONG);
        assertThat(compiler.isDone(CODE)).isFalse();
        assertThat(text(compiler.compile(CODE))).isEqualTo(CODE.text());
        assertThat(compiler.isDone(CODE)).isTrue();
        assertThat(text(compiler.compile(CODE))).isEqualTo(CODE.text());
        assertThat(folder.resolve("aoc.runs")).content().isEqualTo("run\n");
        assertThat(made()).hasSize(1).allMatch(name -> name.matches("k_x-[0-9a-f]{12}"));
        Path own = compiler.folder(CODE);
        assertThat(own.resolve("output.log")).content().isEqualTo("said\n");
        assertThat(own.resolve("commands.sh")).content().isEqualTo(compiler.script(CODE));
        assertThat(own.resolve("k_x.cl")).content().isEqualTo(CODE.text());
    }

    @Test
    void anotherSourceOrCommandIsAnotherFile() throws IOException {
        OfflineCompiler compiler = script("cat k_x.cl > k_x.aocx", LONG);
        compiler.compile(CODE);
        Code other = new Code.Text("k_x", "opencl-c", CODE.text() + "// changed\n");
        assertThat(compiler.isDone(other)).isFalse();
        assertThat(text(compiler.compile(other))).endsWith("// changed\n");
        String program = compiler.configuration().compiler();
        assertThat(compiler(program, Mode.EMULATION, LONG).isDone(CODE)).isFalse();
        assertThat(compiler(program, Mode.FULL, Duration.ofSeconds(5)).isDone(CODE)).isTrue();
    }

    @Test
    void aCompilerThatIsNotThereIsNamed() {
        OfflineCompiler nobody = compiler("no-such-aoc", Mode.FULL, LONG);
        assertThatThrownBy(() -> nobody.compile(CODE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("There is no offline compiler no-such-aoc for kernel 'k_x'")
                .hasMessageContaining("COMPILER in the file of -Dtornado.fpga.conf.file");
    }

    @Test
    void aCompilerThatFailsLeavesNothingToLoad() throws IOException {
        OfflineCompiler failing = script("echo half > k_x.aocx; echo 'no fit' >&2; exit 3", LONG);
        assertThatThrownBy(() -> failing.compile(CODE))
                .isInstanceOf(CompileException.class)
                .hasMessageContaining("aoc ended with 3 at kernel 'k_x':")
                .hasMessageContaining("no fit")
                .extracting(e -> ((CompileException) e).source())
                .isEqualTo(CODE.text());
        assertThat(failing.isDone(CODE)).isFalse();
        assertThat(made()).hasSize(1).allMatch(name -> name.endsWith(".failed"));
        assertThatThrownBy(() -> failing.compile(CODE)).isInstanceOf(CompileException.class);
        assertThat(made()).hasSize(1);
        assertThat(text(script("cat k_x.cl > k_x.aocx", LONG).compile(CODE)))
                .isEqualTo(CODE.text());
    }

    @Test
    void aCompilerThatDoesNotEndIsEnded() throws IOException {
        OfflineCompiler slow = script("echo half > k_x.aocx; sleep 90", Duration.ofMillis(300));
        assertThatThrownBy(() -> slow.compile(CODE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("does not end within 0 s at kernel 'k_x'")
                .hasMessageContaining("-Dtornadovit.fpga.timeout=SECONDS");
        assertThat(slow.isDone(CODE)).isFalse();
    }

    @Test
    void aCompilerThatLeavesNoFileIsFound() throws IOException {
        for (String body : List.of("true", "touch k_x.aocx")) {
            OfflineCompiler empty = script(body, LONG);
            assertThatThrownBy(() -> empty.compile(CODE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("ended well at kernel 'k_x' but left no k_x.aocx");
            assertThat(empty.isDone(CODE)).isFalse();
        }
    }

    @Test
    void severalAtOnceGetTheSame() throws Exception {
        OfflineCompiler compiler = script("sleep 0.2; cat k_x.cl > k_x.aocx", LONG);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<String> compile = () -> text(compiler.compile(CODE));
            for (Future<String> one : threads.invokeAll(List.of(compile, compile, compile))) {
                assertThat(one.get()).isEqualTo(CODE.text());
            }
        }
        assertThat(made()).containsExactly(compiler.folder(CODE).getFileName().toString());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("made"), "a file");
        assertThatThrownBy(() -> script("true", LONG).compile(CODE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("made")
                .hasMessageContaining("DIRECTORY_BITSTREAM");
    }

    private static String lines(String program, FpgaVendor vendor, Mode mode, String device) {
        Configuration configuration =
                new Configuration(device, program, List.of("-v", "a b"), Path.of("made"));
        return new OfflineCompiler(vendor, configuration, mode, LONG).script(CODE);
    }

    @Test
    void commandLinesAreThoseOfEachTool() {
        FpgaVendor intel = FpgaVendor.INTEL;
        assertThat(lines("aoc", intel, Mode.FULL, "p385a"))
                .isEqualTo("aoc -board=p385a -v 'a b' k_x.cl -o k_x.aocx\n");
        assertThat(lines("aoc", intel, Mode.EMULATION, "p385a"))
                .isEqualTo("aoc -march=emulator -v 'a b' k_x.cl -o k_x.aocx\n");
        assertThat(lines("/opt/bin/aoc", intel, Mode.SIMULATION, ""))
                .isEqualTo("/opt/bin/aoc -march=simulator -v 'a b' k_x.cl -o k_x.aocx\n");
        assertThat(lines("aoc", intel, Mode.REPORT, ""))
                .isEqualTo("aoc -rtl -report -v 'a b' k_x.cl -o k_x.aocr\n");
        assertThat(lines("aocl-ioc64", intel, Mode.FULL, ""))
                .isEqualTo(
                        "aocl-ioc64 -device=fpga_fast_emu -v 'a b' -input=k_x.cl -ir=k_x.aocx\n");
        String both = "v++ -t %s --platform u50 -v 'a b' ";
        String compile = both + "--compile -k k_x -o k_x.xo k_x.cl\n";
        String link = both + "--link -o k_x.xclbin k_x.xo\n";
        List<Mode> whole = List.of(Mode.FULL, Mode.EMULATION, Mode.SIMULATION);
        List<String> targets = List.of("hw", "sw_emu", "hw_emu");
        for (int i = 0; i < whole.size(); i++) {
            assertThat(lines("v++", FpgaVendor.AMD, whole.get(i), "u50"))
                    .isEqualTo((compile + link).formatted(targets.get(i), targets.get(i)));
        }
        assertThat(lines("v++", FpgaVendor.AMD, Mode.REPORT, "u50"))
                .isEqualTo(compile.formatted("hw"));
        assertThat(lines("xocc", FpgaVendor.AMD, Mode.FULL, "u50")).startsWith("xocc -t hw ");
        assertThat(lines("my-own", FpgaVendor.AMD, Mode.FULL, "u50")).contains("--link");
        assertThatThrownBy(() -> lines("v++", FpgaVendor.AMD, Mode.FULL, ""))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("DEVICE_NAME");
    }

    @Test
    void modesAreNamedOrTheDriversOwn() {
        assertThat(Mode.of(" Report ", Map.of())).isEqualTo(Mode.REPORT);
        assertThat(Mode.of("", Map.of())).isEqualTo(Mode.FULL);
        assertThat(Mode.of("", Map.of("XCL_EMULATION_MODE", "sw_emu"))).isEqualTo(Mode.EMULATION);
        assertThat(Mode.of("", Map.of("XCL_EMULATION_MODE", "hw_emu"))).isEqualTo(Mode.SIMULATION);
        assertThat(Mode.of("", Map.of("CL_CONTEXT_EMULATOR_DEVICE_INTELFPGA", "1")))
                .isEqualTo(Mode.EMULATION);
        assertThatThrownBy(() -> Mode.of("fast", Map.of()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("full, emulation, simulation, report");
    }

    @Test
    void aFileOfSettingsIsThatOfTornadoVm() throws IOException {
        Path file = folder.resolve("fpga.conf");
        Files.writeString(
                file,
                """
                # Configure the fields for FPGA compilation & execution
                # [device]
                DEVICE_NAME = p385a_sch_ax115
                # [compiler]
                COMPILER = aoc
                # [options]
                FLAGS = -v -report # Configure the compilation flags
                DIRECTORY_BITSTREAM = fpga-source-comp/ # Specify the directory
                """);
        assertThat(Configuration.read(file, FpgaVendor.INTEL))
                .isEqualTo(
                        new Configuration(
                                "p385a_sch_ax115",
                                "aoc",
                                List.of("-v", "-report"),
                                Path.of("fpga-source-comp")));
        List<String> wrong = new ArrayList<>(List.of("COMPILER aoc", "BOARD = x", "= x"));
        for (String line : wrong) {
            Files.writeString(file, "FLAGS = -v\n" + line + "\n");
            assertThatThrownBy(() -> Configuration.read(file, FpgaVendor.INTEL))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("fpga.conf, line 2: '" + line + "'")
                    .hasMessageContaining("DIRECTORY_BITSTREAM");
        }
        assertThatThrownBy(() -> Configuration.read(folder.resolve("none"), FpgaVendor.AMD))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("-Dtornado.fpga.conf.file");
        assertThat(Configuration.usual(FpgaVendor.AMD).compiler()).isEqualTo("v++");
    }
}
