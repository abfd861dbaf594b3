package org.tornadovit.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Event;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Parser;

class CpuDeviceTest {
    private static final String ADD =
            """
            kernel add(i32[] x, i32 n, i32[] z) loops {
                for i grid0 i32 i = 0 to LENGTH step 1 {
                    check @"Add.add":7 (n > 0) else index i
                    check @"Add.add":8 (i < n) else index i
                    z[i] = (z[i] + x[i])
                }
            }
            """;

    private final CpuDevice device = new CpuDevice(3);
    private final Queue queue = device.newQueue();

    @AfterEach
    void close() {
        queue.close();
        device.close();
    }

    private Program add(int length) {
        String text = ADD.replace("LENGTH", Integer.toString(length));
        return device.load(new JvmVector(0).render(Parser.parse(text)));
    }

    private Buffer filled(int... values) {
        Buffer buffer = device.allocate(4L * values.length);
        queue.write(MemorySegment.ofArray(values), buffer, 0);
        return buffer;
    }

    private int[] contents(Buffer buffer) {
        int[] values = new int[(int) (buffer.bytes() / 4)];
        queue.read(buffer, 0, MemorySegment.ofArray(values));
        queue.finish();
        return values;
    }

    private static List<Program.Argument> arguments(Buffer x, int n, Buffer z) {
        return List.of(
                new Program.Argument.OfBuffer(x),
                new Program.Argument.OfScalar(n),
                new Program.Argument.OfBuffer(z));
    }

    @Test
    void saysWhatItIs() {
        DeviceInfo info = device.info();
        assertThat(info.name()).isEqualTo("jvm");
        assertThat(info.computeUnits()).isEqualTo(3);
        assertThat(info.memory()).isPositive();
        assertThat(info.sharesHostMemory()).isTrue();
        assertThat(info.vectorBits()).isGreaterThanOrEqualTo(128); // tests run with the module
        assertThat(info.model()).isNotBlank();
    }

    @Test
    void memoryIsZeroAndAligned() {
        for (int size : new int[] {1, 63, 1000, 1 << 20}) {
            try (Buffer buffer = device.allocate(size)) {
                byte[] bytes = new byte[size];
                Arrays.fill(bytes, (byte) 1);
                queue.read(buffer, 0, MemorySegment.ofArray(bytes));
                queue.finish();
                assertThat(bytes).containsOnly(0);
                assertThat(((CpuBuffer) buffer).address() % 64).isZero();
            }
        }
    }

    @Test
    void moreMemoryThanThereIsIsRefused() {
        assertThatThrownBy(() -> device.allocate(1L << 50))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessageContaining("jvm")
                .hasMessageContaining(Long.toString(1L << 50));
        device.allocate(100).close();
    }

    @Test
    void copiesPartsBetweenHostAndDevice() {
        Buffer a = filled(1, 2, 3, 4, 5);
        Buffer b = device.allocate(20);
        queue.copy(a, 4, b, 8, 12);
        queue.write(MemorySegment.ofArray(new int[] {9}), b, 4);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(4);
            queue.read(b, 12, one);
            queue.finish();
            assertThat(one.get(ValueLayout.JAVA_INT, 0)).isEqualTo(3);
        }
        assertThat(contents(b)).containsExactly(0, 9, 2, 3, 4);
        assertThatThrownBy(() -> queue.copy(a, 4, b, 8, 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aClosedBufferIsNotUsed() {
        Buffer a = filled(1);
        a.close();
        a.close();
        assertThatThrownBy(() -> queue.copy(a, 0, a, 0, 4))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFirstFailedCheckIsReportedOnce() {
        int length = 100_000;
        Buffer x = device.allocate(4L * length);
        Buffer z = device.allocate(4L * length);
        Program program = add(length);
        for (int n : new int[] {77, 1000, 50_001, 99_999}) {
            queue.launch(program.bind(arguments(x, n, z), Range.of(length, 1, 1)));
            queue.launch(program.bind(arguments(x, length, z), Range.of(length, 1, 1)));
            assertThatThrownBy(queue::finish)
                    .isInstanceOfSatisfying(
                            CheckFailedException.class,
                            e -> {
                                assertThat(e.kernel()).isEqualTo("add");
                                assertThat(e.check()).isEqualTo(1);
                                assertThat(e.value()).isEqualTo(n);
                            });
            queue.finish();
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        Buffer x = filled(1);
        Program program = add(1);
        assertThatThrownBy(() -> program.bind(List.of(), Range.SINGLE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("takes 3 arguments, not 0");
        Program.Argument number = new Program.Argument.OfScalar(1);
        Program.Argument buffer = new Program.Argument.OfBuffer(x);
        assertThatThrownBy(() -> program.bind(List.of(buffer, buffer, buffer), Range.SINGLE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("argument 1 of kernel add must be a number");
        assertThatThrownBy(() -> program.bind(List.of(number, number, buffer), Range.SINGLE))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("argument 0 of kernel add must be a buffer");
    }

    @Test
    void codeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> device.load(new Code.Text("k", "opencl-c", "kernel void k(){}")))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("opencl-c");
        assertThatThrownBy(
                        () -> device.load(new Code.Binary("k", "jvm", "listing", new byte[] {1})))
                .isInstanceOf(CompileException.class);
    }

    @Test
    void profilesOnlyWhenAsked() {
        Buffer a = filled(1, 2, 3);
        assertThat(queue.copy(a, 0, a, 4, 4)).isSameAs(Event.NONE);
        queue.profile(true);
        Event event = queue.copy(a, 0, a, 4, 4);
        queue.finish();
        assertThat(event.endNanos()).isGreaterThanOrEqualTo(event.startNanos());
        assertThat(event.startNanos()).isNotZero();
    }

    @Test
    void severalThreadsRunOneProgram() throws Exception {
        int length = 30_000;
        Program program = add(length);
        int[] ones = new int[length];
        Arrays.fill(ones, 1);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<int[]>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                results.add(
                        threads.submit(() -> {
                            Buffer x = device.allocate(4L * length);
                            Buffer z = device.allocate(4L * length);
                            try (Queue own = device.newQueue()) {
                                own.write(MemorySegment.ofArray(ones), x, 0);
                                Program.Launch launch =
                                        program.bind(
                                                arguments(x, length, z), Range.of(length, 1, 1));
                                start.await();
                                for (int i = 0; i < 50; i++) {
                                    own.launch(launch);
                                }
                                int[] sums = new int[length];
                                own.read(z, 0, MemorySegment.ofArray(sums));
                                own.finish();
                                return sums;
                            }
                        }));
            }
            start.countDown();
            for (Future<int[]> result : results) {
                assertThat(result.get()).containsOnly(50);
            }
        }
    }

    @Test
    void aThousandLaunchesLeaveNothingBehind() {
        int length = 1000;
        Program program = add(length);
        Buffer x = device.allocate(4L * length);
        Buffer z = device.allocate(4L * length);
        Program.Launch launch = program.bind(arguments(x, length, z), Range.of(length, 1, 1));
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        long allocated = 0;
        var bean = (com.sun.management.ThreadMXBean) threadBean();
        for (int i = 0; i < 3000; i++) {
            if (i == 2000) { // once the JVM has compiled what it wants to compile
                allocated = bean.getCurrentThreadAllocatedBytes();
            }
            queue.launch(launch);
            queue.finish();
        }
        assertThat(bean.getCurrentThreadAllocatedBytes() - allocated).isLessThan(100_000);
        assertThat(workers()).isSubsetOf(threads); // others may end meanwhile, none may begin
        assertThat(contents(z)).containsOnly(0);
    }

    private static java.lang.management.ThreadMXBean threadBean() {
        return java.lang.management.ManagementFactory.getThreadMXBean();
    }

    @Test
    void closingTheDeviceEndsItsThreads() throws InterruptedException {
        Set<Thread> others = workers();
        CpuDevice device = new CpuDevice(4);
        Set<Thread> workers = workers();
        workers.removeAll(others);
        assertThat(workers).hasSize(3);
        device.close();
        for (Thread worker : workers) {
            worker.join(5000);
            assertThat(worker.isAlive()).isFalse();
        }
    }

    private static Set<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("tornado-vit jvm"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void aNumberOfThreadsMustBeOne() {
        assertThatThrownBy(() -> new CpuDevice(0))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("-Dtornadovit.threads");
    }
}
