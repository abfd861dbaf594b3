package org.tornadovit.codegen.ptx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;

/** Runs PTX instruction by instruction, the part of it that the project's renderer writes. */
public final class PtxDevice implements Device {
    private final Machine machine = new Machine();
    private final DeviceInfo info;

    /** A device that understands PTX of an architecture. */
    public PtxDevice(String architecture) {
        info =
                new DeviceInfo(
                        "ptx:" + architecture,
                        DeviceInfo.Backend.CUDA,
                        DeviceInfo.Kind.GPU,
                        "test",
                        "interpreter of PTX",
                        "none",
                        architecture,
                        1,
                        0,
                        1L << 30,
                        1L << 30,
                        48 << 10,
                        1024,
                        1024,
                        1024,
                        64,
                        0,
                        0,
                        true,
                        EnumSet.allOf(DeviceInfo.Feature.class));
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    private record Memory(MemorySegment segment, long address) implements Buffer {
        @Override
        public long bytes() {
            return segment.byteSize();
        }

        @Override
        public void close() {}
    }

    @Override
    public Buffer allocate(long bytes) {
        MemorySegment segment = Arena.ofAuto().allocate(bytes, 64);
        return new Memory(segment, machine.add(segment));
    }

    private record Run(PtxModule module, long[] arguments, Range range) implements Program.Launch {}

    @Override
    public Program load(Code code) {
        PtxModule module = new PtxModule(code.text(), machine);
        return new Program() {
            @Override
            public Launch bind(List<Argument> arguments, Range range) {
                List<Integer> sizes = module.parameterSizes();
                if (sizes.size() != arguments.size()) {
                    throw new IllegalArgumentException(
                            arguments.size() + " arguments instead of " + sizes.size());
                }
                long[] bits = new long[arguments.size()];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = bits(arguments.get(i), sizes.get(i));
                }
                return new Run(module, bits, range);
            }

            @Override
            public void close() {}
        };
    }

    private static long bits(Program.Argument argument, int size) {
        return switch (argument) {
            case Program.Argument.OfBuffer(var buffer) -> ((Memory) buffer).address();
            case Program.Argument.OfLocal _ -> throw new IllegalArgumentException("local");
            case Program.Argument.OfScalar(var number) -> {
                long bits =
                        switch (number) {
                            case Float f -> Float.floatToRawIntBits(f);
                            case Double d -> Double.doubleToRawLongBits(d);
                            default -> number.longValue();
                        };
                yield size == Long.BYTES ? bits : bits & ((1L << size * Byte.SIZE) - 1);
            }
        };
    }

    @Override
    public Queue newQueue() {
        return new Commands();
    }

    @Override
    public void close() {}

    private static int group(long size, long group, int most) {
        if (group > 0) {
            return (int) group;
        }
        int chosen = most;
        while (size % chosen != 0) {
            chosen--;
        }
        return chosen;
    }

    private static final class Commands implements Queue {
        @Override
        public void profile(boolean on) {}

        @Override
        public Event write(MemorySegment source, Buffer target, long offset) {
            ((Memory) target).segment.asSlice(offset).copyFrom(source);
            return Event.NONE;
        }

        @Override
        public Event read(Buffer source, long offset, MemorySegment target) {
            target.copyFrom(((Memory) source).segment.asSlice(offset, target.byteSize()));
            return Event.NONE;
        }

        @Override
        public Event copy(
                Buffer source, long sourceOffset, Buffer target, long targetOffset, long bytes) {
            MemorySegment from = ((Memory) source).segment.asSlice(sourceOffset, bytes);
            ((Memory) target).segment.asSlice(targetOffset, bytes).copyFrom(from);
            return Event.NONE;
        }

        @Override
        public Event launch(Program.Launch launch) {
            Run run = (Run) launch;
            Range range = run.range;
            if (range.items() > 0) {
                run.module.run(
                        run.arguments,
                        new int[] {(int) range.x(), (int) range.y(), (int) range.z()},
                        new int[] {
                            group(range.x(), range.groupX(), 4),
                            group(range.y(), range.groupY(), 2),
                            group(range.z(), range.groupZ(), 1)
                        });
            }
            return Event.NONE;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
