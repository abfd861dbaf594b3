package org.tornadovit.device.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;

/** A compiled kernel. */
final class CudaProgram implements Program, Owned {
    private final CudaDevice device;
    private final long module;
    private final String entry;
    private final Signature signature;
    private final long function;
    private final int largestGroup;
    private boolean closed;

    CudaProgram(CudaDevice device, long module, Code code) {
        this.device = device;
        this.module = module;
        this.entry = code.entry();
        this.signature = Signature.of(code.text(), entry);
        this.function = Modules.function(module, entry);
        this.largestGroup = Modules.largestGroup(function);
    }

    @Override
    public synchronized Launch bind(List<Argument> arguments, Range range) {
        device.checkOpen();
        checkOpen();
        List<CudaBuffer> buffers = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        long shared = 0;
        for (Argument argument : arguments) {
            switch (argument) {
                case Argument.OfBuffer(var buffer) -> {
                    CudaBuffer own = CudaBuffer.of(buffer, device);
                    buffers.add(own);
                    values.add(own.address());
                }
                case Argument.OfScalar(var value) -> values.add(bits(value));
                case Argument.OfLocal(var bytes) -> shared += bytes;
            }
        }
        if (values.size() != signature.sizes().size()) {
            throw new DeviceException(
                    "Kernel '%s' takes %d arguments, not %d."
                            .formatted(entry, signature.sizes().size(), values.size()));
        }
        int[] groups =
                range.items() == 0
                        ? new int[0]
                        : Groups.of(range, device.info(), largestGroup, entry);
        return new CudaLaunch(
                device, this, buffers, groups, Math.toIntExact(shared), parameters(values));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            device.forget(this, 0);
            device.enter();
            Modules.unload(module);
        }
    }

    /** {@return the handle of the function} */
    long function() {
        return function;
    }

    /** Checks that the program was not closed. */
    synchronized void checkOpen() {
        if (closed) {
            throw new DeviceException("The program of kernel '" + entry + "' was closed.");
        }
    }

    /** The addresses of the values, which lie behind them; both are little-endian. */
    private static MemorySegment parameters(List<Long> values) {
        int count = values.size();
        MemorySegment memory = Arena.ofAuto().allocate(JAVA_LONG, Math.max(1, 2 * count));
        for (int i = 0; i < count; i++) {
            long at = memory.address() + (count + i) * JAVA_LONG.byteSize();
            memory.setAtIndex(JAVA_LONG, i, at);
            memory.setAtIndex(JAVA_LONG, count + i, values.get(i));
        }
        return memory;
    }

    private static long bits(Number value) {
        return switch (value) {
            case Byte v -> v;
            case Short v -> v;
            case Integer v -> v;
            case Long v -> v;
            case Float v -> Float.floatToRawIntBits(v);
            case Double v -> Double.doubleToRawLongBits(v);
            default ->
                    throw new IllegalArgumentException(
                            "a scalar argument is a primitive, not " + value.getClass().getName());
        };
    }
}
