package org.tornadovit.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.LabException;

class MachineTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void thePeakOfMemoryFollowsWhatIsTouched() {
        long peak;
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(256L << 20).fill((byte) 1);
            assertThat(PeakMemory.reset()).isTrue();
            peak = PeakMemory.bytes().orElseThrow();
        }
        assertThat(PeakMemory.bytes().orElseThrow()).isGreaterThan(peak - (4L << 20));
        PeakMemory.reset();
        assertThat(PeakMemory.bytes().orElseThrow()).isLessThan(peak - (200L << 20));
    }

    @Test
    void theHostDescribesItself(@TempDir Path folder) {
        assertThat(Machine.jdk()).startsWith("2");
        assertThat(Machine.processor()).isNotBlank();
        assertThat(Machine.memoryMib()).isPositive();
        assertThat(Machine.commit(folder)).isNotBlank();
    }

    @Test
    void aFailureIsOneSentence() {
        assertThat(Failure.sentence(new LabException("This\n  is so."))).isEqualTo("This is so.");
        assertThat(Failure.sentence(new IllegalStateException("odd")))
                .isEqualTo("IllegalStateException: odd.");
        assertThat(Failure.sentence(new NullPointerException())).isEqualTo("NullPointerException.");
        assertThat(Failure.sentence(new OutOfMemoryError("Java heap space"))).contains("-Xmx");
    }

    @Test
    void theRegistersAreFasterThanAnyLoopOverMemory() {
        assertThat(VectorPeak.gflopPerSecond()).isGreaterThan(1);
    }

    @Test
    void theLoadOfOthersIsAShareWithoutThisProcess() {
        HostLoad load = HostLoad.begin();
        long sum = 0;
        for (long end = System.nanoTime() + 100_000_000; System.nanoTime() < end; ) {
            sum += load.hashCode();
        }
        assertThat(sum).isNotZero();
        OptionalDouble share = load.shareOfOthers();
        assertThat(share.isPresent()).isEqualTo(Files.isReadable(Path.of("/proc/stat")));
        assertThat(share.orElse(0)).isBetween(0.0, 1.0);
    }
}
