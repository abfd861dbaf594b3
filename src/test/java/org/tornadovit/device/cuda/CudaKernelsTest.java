package org.tornadovit.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.testing.RequiresDevice;
import org.tornadovit.testing.TestRun;

/**
 * The tests of kernels and of the runtime pass on device {@code cuda}, with a driver that stands in
 * for NVIDIA's and runs the PTX instruction by instruction.
 */
@RequiresDevice("gcc")
class CudaKernelsTest {
    private static final List<String> TESTS =
            List.of(
                    "codegen.CudaOperatorsTest",
                    "codegen.CudaFunctionsTest",
                    "codegen.CudaControlFlowTest",
                    "codegen.CudaWorkItemsTest",
                    "runtime.ArrayLengthsTest",
                    "runtime.AtomicsTest",
                    "runtime.BatchTest",
                    "runtime.EarlyReturnTest",
                    "runtime.ExecutionTest",
                    "runtime.FieldsTest",
                    "runtime.FormsTest",
                    "runtime.MatrixFragmentsTest",
                    "runtime.ObjectArraysTest",
                    "runtime.OptionsTest",
                    "runtime.ProfileTest",
                    "runtime.ProgramsTest",
                    "runtime.ReduceTest",
                    "runtime.ResourcesTest",
                    "runtime.SegmentsTest",
                    "runtime.VectorsOnDevicesTest",
                    "runtime.WrongUseTest",
                    "library.LibraryTest",
                    "programs.CasesTest",
                    "programs.ProgramsOnDevicesTest",
                    "programs.SurfaceKernelsTest");

    @TempDir Path folder;

    @Test
    void testsPass() throws Exception {
        String[] classes =
                TESTS.stream().map(name -> "org.tornadovit." + name).toArray(String[]::new);
        String output = new StandIn(folder).java("13000:90", TestRun.class, classes);
        assertThat(output).contains(" passed, 0 failed, ").doesNotContain("FAILED");
    }
}
