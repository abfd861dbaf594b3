package org.tornadovit.device.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;
import org.tornadovit.testing.RequiresDevice;

/** The program that makes bitcode of SPIR-V is chosen by the driver's version of LLVM. */
class TranslatorTest {
    private static final Code NO_MODULE = new Code.Binary("k_x", "spirv", "; text", new byte[8]);

    @Test
    @RequiresDevice("llvm-spirv-14")
    void itsBitcodeIsNotNewerThanTheDriver() {
        String version = "OpenCL 3.0 PoCL 3.1+debian  Linux, RELOC, SPIR, LLVM 14.0.6, SLEEF";
        assertThat(Translator.forDriver(version)).map(Translator::name).hasValue("llvm-spirv-14");
    }

    @Test
    @RequiresDevice("llvm-spirv")
    void aModuleThatIsNoneIsRefusedWithItsText() {
        Translator translator = Translator.forDriver("LLVM 15.0.6").orElseThrow();
        assertThatThrownBy(() -> translator.bitcode(NO_MODULE, new byte[8]))
                .isInstanceOf(CompileException.class)
                .hasMessageContaining("'k_x'")
                .extracting(e -> ((CompileException) e).source())
                .isEqualTo("; text");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        Translator nobody = new Translator(Path.of("no-such-folder", "llvm-spirv"));
        assertThatThrownBy(() -> nobody.bitcode(NO_MODULE, new byte[8]))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no-such-folder")
                .hasMessageContaining("install");
    }

    /** A program that does not end. */
    private static Translator endless(Path folder, Duration limit) throws IOException {
        Path program = Files.writeString(folder.resolve("endless"), "#!/bin/sh\nexec sleep 90\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new Translator(program, limit);
    }

    @Test
    void aProgramThatDoesNotEndIsEnded(@TempDir Path folder) throws IOException {
        Translator slow = endless(folder, Duration.ofMillis(20));
        assertThatThrownBy(() -> slow.bitcode(NO_MODULE, new byte[8]))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("endless does not end within 20 ms at kernel 'k_x'")
                .hasMessageContaining("-Dtornadovit.llvm-spirv=");
    }

    @Test
    void anInterruptEndsTheProgram(@TempDir Path folder) throws IOException {
        Translator slow = endless(folder, Duration.ofMinutes(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> slow.bitcode(NO_MODULE, new byte[8]))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("interrupted while");
        assertThat(Thread.interrupted()).isTrue();
    }
}
