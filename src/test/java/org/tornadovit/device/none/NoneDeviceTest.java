package org.tornadovit.device.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;

/**
 * The device that compiles only takes all commands, checks them, does nothing and has no results.
 */
class NoneDeviceTest {
    private final Device device = new NoneDevice();

    @Test
    void takesEverythingAndHasNoResults() {
        byte[] host = {1, 2, 3};
        try (Buffer buffer = device.allocate(1L << 39);
                Program program = device.load(new Code.Text("k", "anything", "no code"));
                Queue queue = device.newQueue()) {
            Program.Launch launch =
                    program.bind(List.of(new Program.Argument.OfBuffer(buffer)), Range.SINGLE);
            queue.profile(true);
            assertThat(queue.write(MemorySegment.ofArray(host), buffer, 5)).isSameAs(Event.NONE);
            assertThat(queue.launch(launch)).isSameAs(Event.NONE);
            queue.copy(buffer, 0, buffer, 10, 10);
            assertThatThrownBy(() -> queue.read(buffer, 5, MemorySegment.ofArray(host)))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("Device none only compiles");
            queue.finish();
        }
        assertThat(host).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatNoDeviceTakes() {
        Buffer buffer = device.allocate(8);
        Buffer foreign = new NoneDevice().allocate(8);
        Queue queue = device.newQueue();
        MemorySegment host = MemorySegment.ofArray(new byte[9]);
        assertThatThrownBy(() -> queue.write(host, buffer, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> queue.read(foreign, 0, host.asSlice(0, 8)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("does not belong");
        Program program = device.load(new Code.Text("k", "opencl-c", ""));
        Program.Launch launch =
                program.bind(List.of(new Program.Argument.OfBuffer(buffer)), Range.SINGLE);
        buffer.close();
        assertThatThrownBy(() -> queue.launch(launch)).hasMessageContaining("after it was closed");
        assertThatThrownBy(() -> device.allocate(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
