package org.tornadovit.device.none;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.DeviceInfo.Kind;
import org.tornadovit.device.Event;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;

/**
 * A device without hardware, named {@code none}, or {@code none:} and the language that code for it
 * is in, for {@code none:cuda} with the architecture, as in {@code none:cuda:sm_90}, and for {@code
 * none:fpga} with the vendor. It accepts any code, checks every command as other devices do, and
 * does nothing; what would be results cannot be read from it.
 *
 * <p>It describes itself as a processor with 32 vector registers of 512 bits, so that code made for
 * it is the same on every machine.
 */
public final class NoneDevice implements Device {
    private static final long MEMORY = 1L << 40;
    private static final int GROUP = 1024;
    private static final long LOCAL_MEMORY = 64 << 10;

    /** What a kernel for CUDA may declare without asking for more at launch. */
    private static final long CUDA_LOCAL_MEMORY = 48 << 10;

    private static final List<DeviceInfo> ALL =
            List.of(
                    info("none", Backend.NONE, "any"),
                    info("none:spirv", Backend.SPIRV, "any"),
                    info("none:cuda", Backend.CUDA, "sm_90"),
                    info("none:cuda:sm_75", Backend.CUDA, "sm_75"),
                    info("none:cuda:sm_80", Backend.CUDA, "sm_80"),
                    info("none:cuda:sm_90", Backend.CUDA, "sm_90"),
                    info("none:cuda:sm_90a", Backend.CUDA, "sm_90a"),
                    info("none:fpga", Backend.FPGA, FpgaVendor.INTEL.language()),
                    info("none:fpga:intel", Backend.FPGA, FpgaVendor.INTEL.language()),
                    info("none:fpga:amd", Backend.FPGA, FpgaVendor.AMD.language()));

    private final DeviceInfo info;

    /** Opens the device called {@code none}. */
    public NoneDevice() {
        this(description());
    }

    private NoneDevice(DeviceInfo info) {
        this.info = info;
    }

    private static DeviceInfo info(String name, Backend backend, String language) {
        return new DeviceInfo(
                name,
                backend,
                Kind.NONE,
                "tornado-vit",
                "no device: compiles only",
                "none",
                language,
                1,
                0,
                MEMORY,
                MEMORY,
                backend == Backend.CUDA ? CUDA_LOCAL_MEMORY : LOCAL_MEMORY,
                GROUP,
                GROUP,
                GROUP,
                GROUP,
                512,
                32,
                true,
                EnumSet.allOf(Feature.class));
    }

    /** {@return what the device called {@code none} is, without opening it} */
    public static DeviceInfo description() {
        return ALL.getFirst();
    }

    /** {@return what the devices are, without opening them; first the one called {@code none}} */
    public static List<DeviceInfo> descriptions() {
        return ALL;
    }

    /**
     * Opens a device.
     *
     * @param name {@code none}, or as in {@code none:spirv}
     * @throws DeviceException when there is no such device
     */
    public static NoneDevice open(String name) {
        return ALL.stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .map(NoneDevice::new)
                .orElseThrow(() ->
                        new DeviceException("There is no language '" + name + "' to compile to."));
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public Buffer allocate(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a buffer has at least 1 byte, not " + bytes);
        }
        return new NoneBuffer(this, bytes);
    }

    @Override
    public Program load(Code code) {
        return new NoneProgram();
    }

    @Override
    public Queue newQueue() {
        return new NoneQueue();
    }

    @Override
    public void close() {}

    private NoneBuffer own(Buffer buffer) {
        if (buffer instanceof NoneBuffer own && own.device == this) {
            if (own.closed) {
                throw new DeviceException("A buffer of device none is used after it was closed.");
            }
            return own;
        }
        throw new DeviceException("The buffer does not belong to device none.");
    }

    private static final class NoneBuffer implements Buffer {
        private final NoneDevice device;
        private final long bytes;
        private volatile boolean closed;

        NoneBuffer(NoneDevice device, long bytes) {
            this.device = device;
            this.bytes = bytes;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record NoneLaunch(NoneDevice device, List<Buffer> buffers) implements Program.Launch {}

    private final class NoneProgram implements Program {
        @Override
        public Launch bind(List<Argument> arguments, Range range) {
            List<Buffer> buffers =
                    arguments.stream()
                            .filter(Argument.OfBuffer.class::isInstance)
                            .map(a -> ((Argument.OfBuffer) a).buffer())
                            .toList();
            buffers.forEach(NoneDevice.this::own);
            return new NoneLaunch(NoneDevice.this, buffers);
        }

        @Override
        public void close() {}
    }

    private final class NoneQueue implements Queue {
        @Override
        public void profile(boolean on) {}

        @Override
        public Event write(MemorySegment source, Buffer target, long offset) {
            return checked(target, offset, source.byteSize());
        }

        @Override
        public Event read(Buffer source, long offset, MemorySegment target) {
            checked(source, offset, target.byteSize());
            throw new DeviceException(
                    "Device %s only compiles: no results can be read from it. Run on another device."
                            .formatted(info.name()));
        }

        @Override
        public Event copy(
                Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
            checked(source, sourceOffset, bytes);
            return checked(target, targetOffset, bytes);
        }

        @Override
        public Event launch(Program.Launch launch) {
            if (!(launch instanceof NoneLaunch own) || own.device != NoneDevice.this) {
                throw new DeviceException("The kernel was bound on a device that is not none.");
            }
            own.buffers.forEach(NoneDevice.this::own);
            return Event.NONE;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}

        private Event checked(Buffer buffer, long offset, long size) {
            long bytes = own(buffer).bytes();
            if (offset < 0 || size < 0 || offset > bytes - size) {
                throw new IndexOutOfBoundsException(
                        "bytes %d to %d do not lie in a buffer of %d bytes"
                                .formatted(offset, offset + size, bytes));
            }
            return Event.NONE;
        }
    }
}
