package org.tornadovit.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.testing.RequiresDevice;

/** A loader without a driver is no error: the other devices are there, and a reason is given. */
@RequiresDevice("opencl")
class NoDriverTest {
    @TempDir Path empty;

    @Test
    void theReasonSaysWhatToInstall() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listing.class.getName());
        builder.environment().put("OCL_ICD_VENDORS", empty.toString());
        builder.environment().remove("OCL_ICD_FILENAMES");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("SPIRV [] The OpenCL loader knows no driver")
                .contains("llvm-spirv-15")
                .contains("OPENCL [] The OpenCL loader knows no driver")
                .contains("pocl-opencl-icd")
                .contains(
                        "There is no device 'opencl'; found are jvm, none, none:spirv, none:cuda,"
                                + " none:cuda:sm_75, none:cuda:sm_80, none:cuda:sm_90,"
                                + " none:cuda:sm_90a, none:fpga, none:fpga:intel, none:fpga:amd. The"
                                + " OpenCL loader");
    }

    /** Prints the devices of a process. */
    static final class Listing {
        private Listing() {}

        public static void main(String[] arguments) {
            for (Discovery discovery : Devices.discover()) {
                System.out.println(
                        discovery.backend()
                                + " "
                                + discovery.devices().stream().map(DeviceInfo::name).toList()
                                + " "
                                + discovery.reason());
            }
            try {
                Devices.open("opencl").close();
            } catch (DeviceException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
