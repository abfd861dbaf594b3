package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Event;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.testing.RequiresDevice;

/** Memory, programs, queues and errors of an OpenCL device. */
@RequiresDevice("opencl")
class OpenClDeviceTest {
    private static final String ADD_ONE =
            "__kernel void k_add(__global float *x, int n, float by) {"
                    + " int i = get_global_id(0); if (i < n) x[i] += by; }";

    private OpenClDevice device;

    @BeforeEach
    void open() {
        device = (OpenClDevice) Devices.open("opencl");
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void describesItself() {
        DeviceInfo info = device.info();
        assertThat(info.name()).matches("opencl:\\d+:\\d+");
        assertThat(info.backend()).isEqualTo(DeviceInfo.Backend.OPENCL);
        assertThat(info.model()).isNotBlank();
        assertThat(info.vendor()).isNotBlank();
        assertThat(info.language()).startsWith("OpenCL C");
        assertThat(info.computeUnits()).isPositive();
        assertThat(info.memory()).isGreaterThan(1L << 28);
        assertThat(info.maxAllocation()).isBetween(1L << 26, info.memory());
        assertThat(info.localMemory()).isGreaterThanOrEqualTo(16 << 10);
        assertThat(info.maxGroup()).isGreaterThanOrEqualTo(info.maxGroupX());
        if (info.kind() == DeviceInfo.Kind.CPU) {
            assertThat(info.vectorBits()).isIn(64, 128, 256, 512);
            assertThat(info.vectorRegisters()).isIn(16, 32);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 128, 1000, 1 << 20})
    void newMemoryIsZero(long bytes) {
        try (Queue queue = device.newQueue();
                Arena arena = Arena.ofConfined()) {
            for (int round = 0; round < 3; round++) {
                MemorySegment host = arena.allocate(bytes).fill((byte) 7);
                try (Buffer buffer = device.allocate(bytes)) {
                    assertThat(buffer.bytes()).isEqualTo(bytes);
                    queue.read(buffer, 0, host);
                    queue.finish();
                    assertThat(host.mismatch(arena.allocate(bytes))).isEqualTo(-1);
                    queue.write(host.fill((byte) 9), buffer, 0);
                    queue.finish();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1000, 1 << 18, (1 << 20) + 12})
    void copiesHeapAndNativeMemory(int bytes) {
        byte[] data = new byte[bytes];
        new Random(bytes).nextBytes(data);
        byte[] back = new byte[bytes];
        try (Queue queue = device.newQueue();
                Arena arena = Arena.ofShared();
                Buffer one = device.allocate(bytes + 16);
                Buffer two = device.allocate(bytes + 16)) {
            MemorySegment target = arena.allocate(bytes);
            queue.write(MemorySegment.ofArray(data), one, 8);
            queue.copy(one, 8, two, 4, bytes);
            queue.read(two, 4, target);
            queue.finish();
            assertThat(target.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(data);
            queue.write(target, one, 3);
            queue.read(one, 3, MemorySegment.ofArray(back));
            queue.finish();
            assertThat(back).isEqualTo(data);
        }
    }

    @Test
    void nothingHappensForNoBytesAndNoItems() {
        try (Queue queue = device.newQueue();
                Program program = load(ADD_ONE);
                Buffer buffer = device.allocate(16)) {
            queue.profile(true);
            assertThat(queue.write(MemorySegment.ofArray(new byte[0]), buffer, 16))
                    .isSameAs(Event.NONE);
            assertThat(queue.read(buffer, 0, MemorySegment.NULL)).isSameAs(Event.NONE);
            assertThat(queue.launch(program.bind(arguments(buffer, 4), Range.of(0, 1, 1))))
                    .isSameAs(Event.NONE);
            queue.finish();
        }
    }

    @Test
    void commandsRunInOrder() {
        float[] result = new float[64];
        try (Queue queue = device.newQueue();
                Program program = load(ADD_ONE);
                Buffer buffer = device.allocate(256)) {
            Program.Launch launch =
                    program.bind(arguments(buffer, 64), new Range(64, 1, 1, 8, 1, 1));
            for (int i = 0; i < 100; i++) {
                queue.launch(launch);
            }
            queue.read(buffer, 0, MemorySegment.ofArray(result));
            queue.finish();
        }
        assertThat(result).containsOnly(150f);
    }

    @Test
    void oneProgramServesManyThreads() throws InterruptedException {
        try (Program program = load(ADD_ONE)) {
            Thread[] threads = new Thread[4];
            float[][] results = new float[threads.length][256];
            for (int t = 0; t < threads.length; t++) {
                float[] result = results[t];
                threads[t] =
                        Thread.ofPlatform()
                                .start(() -> {
                                    try (Queue queue = device.newQueue();
                                            Buffer buffer = device.allocate(1024)) {
                                        Program.Launch launch =
                                                program.bind(
                                                        arguments(buffer, 256),
                                                        Range.of(256, 1, 1));
                                        for (int i = 0; i < 50; i++) {
                                            queue.launch(launch);
                                        }
                                        queue.read(buffer, 0, MemorySegment.ofArray(result));
                                        queue.finish();
                                    }
                                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (float[] result : results) {
                assertThat(result).containsOnly(75f);
            }
        }
    }

    @Test
    void eventsTellTimesWhenProfiling() {
        try (Queue queue = device.newQueue();
                Program program = load(ADD_ONE);
                Buffer buffer = device.allocate(4 << 20)) {
            Program.Launch launch =
                    program.bind(arguments(buffer, 1 << 20), Range.of(1 << 20, 1, 1));
            assertThat(queue.launch(launch)).isSameAs(Event.NONE);
            queue.profile(true);
            Event write = queue.write(MemorySegment.ofArray(new float[1 << 20]), buffer, 0);
            Event first = queue.launch(launch);
            Event second = queue.launch(launch);
            Event read = queue.read(buffer, 0, MemorySegment.ofArray(new float[100]));
            queue.finish();
            for (Event event : List.of(write, first, second, read)) {
                assertThat(event.endNanos()).isGreaterThan(event.startNanos());
            }
            assertThat(second.startNanos()).isGreaterThanOrEqualTo(first.endNanos());
            assertThat(read.startNanos()).isGreaterThanOrEqualTo(second.endNanos());
            queue.profile(false);
            assertThat(queue.launch(launch)).isSameAs(Event.NONE);
        }
    }

    @Test
    void localMemoryIsAnArgument() {
        String source =
                "__kernel void k_swap(__global int *x, __local int *t) { int i = get_local_id(0);"
                        + " t[i] = x[i]; barrier(CLK_LOCAL_MEM_FENCE);"
                        + " x[i] = t[get_local_size(0) - 1 - i]; }";
        int[] data = {1, 2, 3, 4};
        try (Queue queue = device.newQueue();
                Program program = device.load(new Code.Text("k_swap", "opencl-c", source));
                Buffer buffer = device.allocate(16)) {
            queue.write(MemorySegment.ofArray(data), buffer, 0);
            queue.launch(
                    program.bind(
                            List.of(
                                    new Program.Argument.OfBuffer(buffer),
                                    new Program.Argument.OfLocal(16)),
                            new Range(4, 1, 1, 4, 1, 1)));
            MemorySegment back = Arena.ofAuto().allocate(16);
            queue.read(buffer, 0, back);
            queue.finish();
            assertThat(back.toArray(JAVA_INT)).containsExactly(4, 3, 2, 1);
        }
    }

    @Test
    void wrongCodeIsReportedWithSourceAndLog() {
        String source = "__kernel void k_bad(__global float *x) { x[0] = undeclared; }";
        assertThatThrownBy(() -> device.load(new Code.Text("k_bad", "opencl-c", source)))
                .isInstanceOfSatisfying(
                        CompileException.class,
                        e -> {
                            assertThat(e.source()).isEqualTo(source);
                            assertThat(e.log()).contains("undeclared");
                            assertThat(e.getMessage())
                                    .contains("k_bad")
                                    .contains(device.info().name())
                                    .contains("CL_BUILD_PROGRAM_FAILURE (-11)");
                        });
        assertThat(device.openResources()).isZero();
        assertThatThrownBy(() -> device.load(new Code.Text("k_bad", "ptx", source)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("takes opencl-c, not ptx");
    }

    @Test
    void aWrongEntryIsReported() {
        try (Program program = device.load(new Code.Text("k_sub", "opencl-c", ADD_ONE))) {
            assertThatThrownBy(() -> program.bind(List.of(), Range.SINGLE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("clCreateKernel: CL_INVALID_KERNEL_NAME (-46)");
        }
    }

    @Test
    void wrongArgumentsAreReported() {
        try (Program program = load(ADD_ONE);
                Buffer buffer = device.allocate(16);
                Device other = Devices.open("opencl");
                Buffer foreign = other.allocate(16)) {
            assertThatThrownBy(() -> program.bind(List.of(), Range.SINGLE))
                    .hasMessageContaining("takes 3 arguments, not 0");
            assertThatThrownBy(() -> program.bind(arguments(foreign, 4), Range.SINGLE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("does not belong to device");
            List<Program.Argument> wide =
                    List.of(
                            new Program.Argument.OfBuffer(buffer),
                            new Program.Argument.OfScalar(4L),
                            new Program.Argument.OfScalar(1.5f));
            assertThatThrownBy(() -> program.bind(wide, Range.SINGLE))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("Argument 1 of kernel 'k_add'");
            Range huge = new Range(1 << 20, 1, 1, 1 << 20, 1, 1);
            assertThatThrownBy(() -> program.bind(arguments(buffer, 4), huge))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("groups of 1048576x1x1");
        }
    }

    @Test
    void placesOutsideOfABufferAreReported() {
        try (Queue queue = device.newQueue();
                Buffer buffer = device.allocate(100)) {
            MemorySegment host = MemorySegment.ofArray(new byte[50]);
            assertThatThrownBy(() -> queue.write(host, buffer, 51))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("51 to 101")
                    .hasMessageContaining("100 bytes");
            assertThatThrownBy(() -> queue.read(buffer, -1, host))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> queue.copy(buffer, 0, buffer, 60, 50))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void tooMuchMemoryIsReported() {
        DeviceInfo info = device.info();
        assertThatThrownBy(() -> device.allocate(info.maxAllocation() + 1))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessageContaining(info.name())
                .hasMessageContaining("smaller batch");
        assertThat(device.openResources()).isZero();
    }

    @Test
    void whatIsClosedIsNotUsed() {
        Program program = load(ADD_ONE);
        Buffer buffer = device.allocate(16);
        Queue queue = device.newQueue();
        Program.Launch launch = program.bind(arguments(buffer, 4), Range.SINGLE);
        buffer.close();
        buffer.close();
        assertThatThrownBy(() -> queue.launch(launch))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("after it was closed");
        program.close();
        program.close();
        assertThatThrownBy(() -> program.bind(List.of(), Range.SINGLE))
                .hasMessageContaining("was closed");
        queue.close();
        queue.close();
        assertThatThrownBy(queue::finish).hasMessageContaining("after it was closed");
        device.close();
        device.close();
        assertThatThrownBy(() -> device.allocate(1)).hasMessageContaining("was closed");
    }

    @Test
    void closingTheDeviceReleasesEverything() {
        Buffer buffer = device.allocate(1 << 20);
        Program program = load(ADD_ONE);
        Queue queue = device.newQueue();
        queue.launch(program.bind(arguments(buffer, 256), Range.of(256, 1, 1)));
        assertThat(device.openResources()).isEqualTo(4);
        device.close();
        assertThat(device.openResources()).isZero();
        assertThatThrownBy(() -> queue.launch(new Program.Launch() {}))
                .isInstanceOf(DeviceException.class);
    }

    @Test
    void closedLaunchesAreGivenBack() {
        try (Queue queue = device.newQueue();
                OpenClProgram program = (OpenClProgram) load(ADD_ONE);
                Buffer buffer = device.allocate(16)) {
            for (int i = 0; i < 100; i++) {
                try (Program.Launch launch =
                        program.bind(arguments(buffer, 4), Range.of(4, 1, 1))) {
                    queue.launch(launch);
                    assertThat(program.openLaunches()).isEqualTo(1);
                }
            }
            assertThat(program.openLaunches()).isZero();
            float[] result = new float[4];
            queue.read(buffer, 0, MemorySegment.ofArray(result));
            queue.finish();
            assertThat(result).containsOnly(150f);
            Program.Launch launch = program.bind(arguments(buffer, 4), Range.SINGLE);
            program.close();
            assertThatThrownBy(() -> queue.launch(launch)).hasMessageContaining("was closed");
        }
    }

    @Test
    void repeatedUseKeepsNothing() {
        for (int i = 0; i < 200; i++) {
            try (Queue queue = device.newQueue();
                    Buffer buffer = device.allocate(8 << 20)) {
                queue.profile(true);
                queue.write(MemorySegment.ofArray(new float[] {i}), buffer, 4);
                queue.finish();
            }
        }
        assertThat(device.openResources()).isZero();
        // More than the device has, if the buffers above were not given back.
        long large = device.info().maxAllocation();
        device.allocate(Math.min(large, 256 << 20)).close();
    }

    @Test
    void scalarsOfEverySizeAreArguments() {
        String source =
                "__kernel void k_all(__global float *x, char a, short b, int c, long d, float e) {"
                        + " x[0] = a; x[1] = b; x[2] = c; x[3] = d; x[4] = e; }";
        try (Queue queue = device.newQueue();
                Program program = device.load(new Code.Text("k_all", "opencl-c", source));
                Buffer buffer = device.allocate(20);
                Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(20);
            List<Program.Argument> arguments = new java.util.ArrayList<>();
            arguments.add(new Program.Argument.OfBuffer(buffer));
            for (Number n : List.<Number>of((byte) -1, (short) -2, -3, -4L, -5.5f)) {
                arguments.add(new Program.Argument.OfScalar(n));
            }
            queue.launch(program.bind(arguments, Range.SINGLE));
            queue.read(buffer, 0, host);
            queue.finish();
            assertThat(host.toArray(JAVA_FLOAT)).containsExactly(-1, -2, -3, -4, -5.5f);
        }
    }

    private Program load(String source) {
        return device.load(new Code.Text("k_add", "opencl-c", source));
    }

    private static List<Program.Argument> arguments(Buffer buffer, int n) {
        return List.of(
                new Program.Argument.OfBuffer(buffer),
                new Program.Argument.OfScalar(n),
                new Program.Argument.OfScalar(1.5f));
    }
}
