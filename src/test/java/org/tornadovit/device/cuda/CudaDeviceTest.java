package org.tornadovit.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.codegen.ptx.StandInKernels;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Discovery;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.testing.RequiresDevice;

/**
 * The CUDA driver is called as its header says, errors say what to do, and nothing is left behind,
 * held by a driver that stands in for the real one.
 */
@RequiresDevice("gcc")
class CudaDeviceTest {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    @TempDir Path folder;

    @Test
    void everyCommandReachesTheDriver() throws Exception {
        assertThat(new StandIn(folder, QUICK).java("12040:90", Run.class, "commands"))
                .contains("Stand-in of NVIDIA, 132 units, sm_90, CUDA driver 12.4, 49152 shared")
                .contains("[10, 11, 12, 13, 14, 15, 6, 7]")
                .contains("[0, 0]")
                .contains("large copies are equal: true")
                .contains("took time: true")
                .contains("ended before the next began: true")
                .contains("CUDA_ERROR_INVALID_PTX (218); the driver's compiler refuses")
                .contains("ptxas fatal   : Missing .version directive")
                .contains("The PTX has no kernel 'k_other'")
                .contains("no room for a buffer of 2,147,483,648 bytes")
                .contains("takes 2 arguments, not 0")
                .contains("does not belong")
                .contains("is used after it was closed")
                .contains("takes ptx, not spirv")
                .contains("does not take the flags '-O3' at '-O3'")
                .contains("use other work sizes")
                .contains("bytes 8 to 40 do not lie in a buffer of 32 bytes")
                .contains("open: 0, live: 0");
    }

    @Test
    void aLostDeviceSaysWhatToDo() throws Exception {
        assertThat(new StandIn(folder, QUICK).java("12040:90", Run.class, "lost"))
                .contains("CUDA_ERROR_ILLEGAL_ADDRESS (700); a kernel used memory outside")
                .contains("CUDA_ERROR_LAUNCH_TIMEOUT (702); a kernel ran longer than the limit")
                .contains("open: 0, live: 0");
    }

    @Test
    void anOldDriverTakesWhatItCanOrSaysWhatItLacks() throws Exception {
        StandIn driver = new StandIn(folder, QUICK);
        assertThat(driver.java("11000:90", Run.class, "found")).contains("[cuda:0] sm_80");
        assertThat(driver.java("13000:121", Run.class, "found")).contains("[cuda:0] sm_120");
        assertThat(driver.java("13000:61", Run.class, "found"))
                .contains("[] Stand-in (sm_61) with a driver of CUDA 13.0 takes no PTX")
                .contains("needs sm_75 and CUDA 10.0 or newer");
        assertThat(driver.java("13000:0", Run.class, "found"))
                .contains("[] The CUDA driver refused cuInit: CUDA_ERROR_NO_DEVICE (100); the")
                .contains("nvidia-smi");
        assertThat(driver.java("11000:80", Run.class, "newer"))
                .contains("the driver is older than the version of the PTX: update the driver");
    }

    /** Uses a device; the main class of a process whose driver is the stand-in. */
    static final class Run {
        private static final String ADD =
                """
                .version 6.3
                .target sm_75
                .address_size 64
                .visible .entry k_add(
                    .param .u64 elements,
                    .param .s32 summand
                )
                {
                    .reg .b32 %r<7>;
                    .reg .b64 %rd<4>;
                    ld.param.u64 %rd1, [elements];
                    cvta.to.global.u64 %rd2, %rd1;
                    ld.param.b32 %r6, [summand];
                    mov.u32 %r1, %ctaid.x;
                    mov.u32 %r2, %ntid.x;
                    mov.u32 %r3, %tid.x;
                    mad.lo.s32 %r4, %r1, %r2, %r3;
                    mad.wide.s32 %rd3, %r4, 4, %rd2;
                    ld.global.b32 %r5, [%rd3];
                    add.s32 %r5, %r5, %r6;
                    st.global.b32 [%rd3], %r5;
                    ret;
                }
                """;

        private Run() {}

        public static void main(String[] arguments) {
            StandInKernels.install();
            switch (arguments[0]) {
                case "commands" -> commands();
                case "lost" -> lost();
                case "found" -> found();
                case "newer" -> newer();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }

        private static void found() {
            for (Discovery discovery : Devices.discover()) {
                if (discovery.backend() == DeviceInfo.Backend.CUDA) {
                    List<DeviceInfo> devices = discovery.devices();
                    System.out.println(
                            devices.stream().map(DeviceInfo::name).toList()
                                    + " "
                                    + discovery.reason()
                                    + String.join(
                                            "",
                                            devices.stream().map(DeviceInfo::language).toList()));
                }
            }
        }

        private static void newer() {
            try (Device device = Devices.open("cuda")) {
                attempt(() -> device.load(ptx("k_add", ADD.replace("6.3", "7.8"))));
            }
        }

        private static void commands() {
            Device device = Devices.open("cuda:0");
            try (device;
                    Device other = Devices.open("cuda")) {
                describe(device.info());
                Buffer buffer = device.allocate(8 * Integer.BYTES);
                Queue queue = device.newQueue();
                Program program = device.load(ptx("k_add", ADD), "CU_JIT_MAX_REGISTERS 64");
                compute(device, queue, buffer, program);
                copyMuch(device, queue);
                attempt(() -> device.load(ptx("k_add", "hello")));
                attempt(() -> device.load(ptx("k_other", ADD)));
                attempt(() -> device.load(ptx("k_add", ADD), "-O3"));
                attempt(() -> device.load(new Code.Text("k_add", "spirv", "")));
                attempt(() -> device.allocate(1L << 31));
                attempt(() -> program.bind(List.of(), Range.SINGLE));
                attempt(() -> program.bind(values(buffer), new Range(2048, 1, 1, 2048, 1, 1)));
                attempt(() -> queue.copy(other.allocate(4), 0, buffer, 0, 4));
                attempt(() -> queue.copy(buffer, 8, buffer, 0, 32));
                Program.Launch launch = program.bind(values(buffer), Range.SINGLE);
                buffer.close();
                buffer.close();
                attempt(() -> queue.launch(launch));
            }
            System.out.println(
                    "open: " + device.openResources() + ", live: " + StandInKernels.live());
        }

        private static void compute(Device device, Queue queue, Buffer buffer, Program program) {
            queue.profile(true);
            int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7};
            queue.write(MemorySegment.ofArray(numbers), buffer, 0);
            Event first = queue.launch(program.bind(values(buffer), Range.of(6, 1, 1)));
            Event second = queue.launch(program.bind(values(buffer), new Range(6, 1, 1, 3, 1, 1)));
            queue.launch(program.bind(values(buffer), Range.of(0, 1, 1)));
            queue.read(buffer, 0, MemorySegment.ofArray(numbers));
            queue.finish();
            System.out.println(Arrays.toString(numbers));
            System.out.println("took time: " + (first.endNanos() > first.startNanos()));
            System.out.println(
                    "ended before the next began: " + (second.startNanos() >= first.endNanos()));
            queue.profile(false);
            int[] zeros = {1, 1};
            queue.read(device.allocate(8), 0, MemorySegment.ofArray(zeros));
            queue.finish();
            System.out.println(Arrays.toString(zeros));
        }

        /** More than all pieces of pinned memory together, and no multiple of one. */
        private static void copyMuch(Device device, Queue queue) {
            byte[] there = new byte[(int) (6 * Staging.PIECE) + 12345];
            new Random(1).nextBytes(there);
            byte[] back = new byte[there.length];
            Buffer large = device.allocate(there.length);
            Buffer copy = device.allocate(there.length);
            queue.write(MemorySegment.ofArray(there), large, 0);
            queue.copy(large, 0, copy, 0, there.length);
            queue.read(copy, 0, MemorySegment.ofArray(back));
            queue.finish();
            System.out.println("large copies are equal: " + Arrays.equals(there, back));
        }

        private static void lost() {
            Device device = Devices.open("cuda");
            try (device) {
                Buffer buffer = device.allocate(4 * Integer.BYTES);
                Queue queue = device.newQueue();
                Program program = device.load(ptx("k_add", ADD));
                queue.launch(program.bind(values(buffer), Range.of(5, 1, 1)));
                attempt(queue::finish);
                buffer.close();
                StandInKernels.lose(702);
                attempt(queue::finish);
                attempt(queue::close);
            }
            System.out.println(
                    "open: " + device.openResources() + ", live: " + StandInKernels.live());
        }

        private static List<Program.Argument> values(Buffer buffer) {
            return List.of(new Program.Argument.OfBuffer(buffer), new Program.Argument.OfScalar(5));
        }

        private static void describe(DeviceInfo info) {
            System.out.printf(
                    "%s of %s, %d units, %s, %s, %d shared%n",
                    info.model(),
                    info.vendor(),
                    info.computeUnits(),
                    info.language(),
                    info.driver(),
                    info.localMemory());
        }

        private static Code ptx(String entry, String text) {
            return new Code.Text(entry, "ptx", text);
        }

        private static void attempt(Runnable command) {
            try {
                command.run();
                System.out.println("nothing was refused");
            } catch (DeviceException | CompileException | IndexOutOfBoundsException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
