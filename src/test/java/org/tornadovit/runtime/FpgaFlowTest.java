package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.fpga.Configuration;
import org.tornadovit.device.opencl.StandInCompiler;
import org.tornadovit.testing.RequiresDevice;
import uk.ac.manchester.tornado.api.AccessorParameters;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * From a task to a file that a driver loads and runs, with a compiler that stands in for those of
 * FPGAs.
 */
@RequiresDevice("opencl")
class FpgaFlowTest {
    @TempDir Path folder;

    private void configure(String compiler, String device) throws IOException {
        Path file = folder.resolve("fpga.conf");
        Files.writeString(
                file,
                """
                # Configure the fields for FPGA compilation & execution
                DEVICE_NAME = %s
                COMPILER = %s
                FLAGS = -O3 -v # for the stand-in
                DIRECTORY_BITSTREAM = %s # where files go
                """
                        .formatted(device, compiler, folder.resolve("made")));
        TornadoRuntimeProvider.setProperty(Configuration.PROPERTY, file.toString());
    }

    private void standIn(String name) throws IOException {
        configure(StandInCompiler.script(folder.resolve(name)).toString(), "board");
    }

    @AfterEach
    void clear() {
        TornadoRuntimeProvider.setProperty(Configuration.PROPERTY, "");
        TornadoRuntimeProvider.setProperty(Precompiled.PROPERTY, "");
        TornadoRuntimeProvider.setProperty(org.tornadovit.device.fpga.Mode.PROPERTY, "");
    }

    /** Adds 1 to each of some numbers on a device that has compiled nothing yet. */
    private static void increment(FpgaVendor vendor, int size) throws Exception {
        IntArray a = new IntArray(size);
        a.init(5);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::increment, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(FpgaDevices.fresh(vendor)).execute();
        }
        assertThat(a.toHeapArray()).containsOnly(6);
    }

    private List<Path> made(String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("made"))) {
            return files.filter(f -> f.toString().endsWith(end)).sorted().toList();
        }
    }

    private long runs(String compiler) throws IOException {
        return Files.readAllLines(folder.resolve(compiler + ".runs")).size();
    }

    @ParameterizedTest
    @CsvSource({"aoc, aocx, INTEL, 1", "aocl-ioc64, aocx, INTEL, 1", "v++, xclbin, AMD, 2"})
    void aKernelIsCompiledOnceLoadedAndRun(
            String compiler, String end, FpgaVendor vendor, int commands) throws Exception {
        standIn(compiler);
        increment(vendor, 40);
        assertThat(runs(compiler)).isEqualTo(commands);
        increment(vendor, 40);
        assertThat(runs(compiler)).as("the file is there").isEqualTo(commands);
        List<Path> files = made("." + end);
        assertThat(files).hasSize(1);
        String entry = files.getFirst().getFileName().toString().replace("." + end, "");
        assertThat(files.getFirst().resolveSibling(entry + ".cl"))
                .content()
                .contains("void " + entry + "(");
        assertThat(made(".failed")).isEmpty();
        increment(vendor, 41);
        assertThat(runs(compiler)).as("another size").isEqualTo(2L * commands);
    }

    @Test
    void aFileOfTheUserNeedsNoCompiler() throws Exception {
        standIn("aoc");
        increment(FpgaVendor.INTEL, 40);
        Path file = Files.copy(made(".aocx").getFirst(), folder.resolve("lookupBufferAddress"));
        configure("no-such-compiler", "board");
        String task = ",g.t.device=" + FpgaDevices.BACKEND + ":0";
        TornadoRuntimeProvider.setProperty(Precompiled.PROPERTY, file + task);
        increment(FpgaVendor.INTEL, 40);
        assertThatThrownBy(() -> increment(FpgaVendor.INTEL, 41))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("has no kernel 'k_increment_")
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> increment(FpgaVendor.AMD, 40))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("task g.t on device 9:0, but it runs on 9:1 (fpga:0:0)");
        Files.writeString(file, "no bitstream");
        assertThatThrownBy(() -> increment(FpgaVendor.INTEL, 40))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("lookupBufferAddress is not for this device");
        Files.writeString(file, "");
        assertThatThrownBy(() -> increment(FpgaVendor.INTEL, 40))
                .hasMessageContaining("lookupBufferAddress is empty");
        Files.delete(file);
        assertThatThrownBy(() -> increment(FpgaVendor.INTEL, 40))
                .hasMessageContaining("Cannot read the bitstream")
                .hasMessageContaining("lookupBufferAddress");
    }

    @Test
    void aPrebuiltTaskMayBeSuchAFile() throws Exception {
        standIn("aoc");
        increment(FpgaVendor.INTEL, 16);
        Path file = made(".aocx").getFirst();
        String entry = file.getFileName().toString().replace(".aocx", "");
        IntArray a = new IntArray(16);
        AccessorParameters parameters = new AccessorParameters(1);
        parameters.set(0, a, Access.READ_WRITE);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .prebuiltTask("t", entry, file.toString(), parameters)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
        WorkerGrid1D one = new WorkerGrid1D(1);
        one.setLocalWork(1, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(FpgaDevices.fresh(FpgaVendor.INTEL))
                    .withGridScheduler(new GridScheduler("g.t", one))
                    .execute();
        }
        assertThat(a.toHeapArray()).containsOnly(1);
    }

    @Test
    void reportsOnlyAreSaidToBeSo() throws Exception {
        standIn("v++");
        TornadoRuntimeProvider.setProperty(org.tornadovit.device.fpga.Mode.PROPERTY, "report");
        assertThatThrownBy(() -> increment(FpgaVendor.AMD, 40))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("task g.t: Reports of kernel 'k_increment_")
                .hasMessageContaining("leave out -Dtornadovit.fpga.mode=report");
        assertThat(runs("v++")).isEqualTo(1);
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThat(Precompiled.parse("a,s0.t0.device=0:1,s0.t1.device=0:1,b,s1.t0.device=1:0"))
                .containsOnlyKeys("s0.t0", "s0.t1", "s1.t0")
                .containsEntry("s0.t1", new Precompiled(Path.of("a"), "0:1"))
                .containsEntry("s1.t0", new Precompiled(Path.of("b"), "1:0"));
        for (String text : List.of("a", "s0.t0.device=0:1", "a,b,s0.t0.device=0:1", "a,", ",")) {
            assertThatThrownBy(() -> Precompiled.parse(text))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("write FILE,GRAPH.TASK.device=BACKEND:DEVICE");
        }
    }
}
