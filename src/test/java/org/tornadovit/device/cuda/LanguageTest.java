package org.tornadovit.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Range;

/** What is known about processors, drivers and kernels without asking the driver. */
class LanguageTest {
    /** The version of PTX that the renderer writes is one that the driver of the table takes. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void theRendererWritesWhatTheDriverTakes(Language language) {
        double version = Double.parseDouble(Architecture.of(language.text()).version());
        double driver = Double.parseDouble(cuda(language.driver()));
        double newest = driver < 11 ? 6.3 : driver < 12 ? driver - 4 : driver - 4 - 0.1;
        assertThat(version).isLessThanOrEqualTo(newest + 1e-9);
    }

    private static String cuda(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    @ParameterizedTest
    @CsvSource({
        "75, 10000, SM_75",
        "90, 13000, SM_90",
        "90, 11070, SM_87",
        "89, 12040, SM_89",
        "103, 12080, SM_100"
    })
    void theNewestThatBothTake(int capability, int driver, Language expected) {
        assertThat(Language.of(capability, driver)).contains(expected);
    }

    @Test
    void whatIsTooOldHasNone() {
        assertThat(Language.of(70, 13000)).isEmpty();
        assertThat(Language.of(90, 9020)).isEmpty();
    }

    @Test
    void parametersAreThoseOfTheText() {
        String text =
                """
                .visible .entry other() { ret; }
                .visible .entry k(
                    .param .u64 .ptr .global .align 16 a,
                    .param .u8 b,
                    .param .align 8 .b8 c[24],
                    .param .f64 d
                )
                .entry plain { ret; }
                """;
        assertThat(Signature.of(text, "k").sizes()).isEqualTo(List.of(8, 1, 24, 8));
        assertThat(Signature.of(text, "other").sizes()).isEmpty();
        assertThat(Signature.of(text, "plain").sizes()).isEmpty();
        assertThatThrownBy(() -> Signature.of(text, "oth"))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no kernel 'oth'");
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 1, 1, 16, 1, 1, 256, 1, 1",
        "100, 64, 1, 1, 32, 1, 100, 2, 1",
        "7, 3, 5, 1, 1, 1, 7, 3, 5",
        "1021, 1, 1, 1021, 1, 1, 1, 1, 1"
    })
    void groupsDivideTheRange(
            long x, long y, long z, int countX, int countY, int countZ, int a, int b, int c) {
        DeviceInfo info = info();
        assertThat(Groups.of(Range.of(x, y, z), info, 1024, "k"))
                .containsExactly(countX, countY, countZ, a, b, c);
    }

    @Test
    void groupsThatCannotRunAreRefused() {
        assertThat(Groups.of(new Range(64, 4, 1, 32, 0, 0), info(), 1024, "k"))
                .containsExactly(2, 4, 1, 32, 1, 1);
        assertThatThrownBy(() -> Groups.of(new Range(512, 1, 1, 512, 1, 1), info(), 256, "k"))
                .hasMessageContaining("up to 256 work-items");
        assertThatThrownBy(() -> Groups.of(new Range(1, 70000, 1, 1, 1, 1), info(), 256, "k"))
                .hasMessageContaining("65535 groups along y");
    }

    @Test
    void flagsArePairs() {
        JitOptions options =
                JitOptions.parse(" CU_JIT_MAX_REGISTERS 64  cu_jit_optimization_level 4");
        assertThat(options.numbers()).containsExactly(0, 7);
        assertThat(options.values()).containsExactly(64L, 4L);
        assertThat(JitOptions.parse(" ")).isEqualTo(JitOptions.NONE);
        for (String wrong :
                List.of("CU_JIT_MAX_REGISTERS", "CU_JIT_TARGET 90", "CU_JIT_MAX_REGISTERS x")) {
            assertThatThrownBy(() -> JitOptions.parse(wrong))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining(wrong);
        }
    }

    private static DeviceInfo info() {
        return Devices.found().stream()
                .filter(d -> d.name().equals("none:cuda"))
                .findFirst()
                .orElseThrow();
    }
}
