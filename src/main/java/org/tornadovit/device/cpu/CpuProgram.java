package org.tornadovit.device.cpu;

import java.util.List;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;

/** A loaded kernel. */
final class CpuProgram implements Program {
    private static final int AXES = 3;

    private final String name;
    private final GeneratedKernel kernel;
    private final int threads;
    private final Settlement settlement;

    CpuProgram(String name, GeneratedKernel kernel, int threads, Settlement settlement) {
        this.name = name;
        this.kernel = kernel;
        this.threads = threads;
        this.settlement = settlement;
    }

    String name() {
        return name;
    }

    @Override
    public Launch bind(List<Argument> arguments, Range range) {
        String signature = kernel.signature();
        if (arguments.size() != signature.length()) {
            throw new DeviceException(
                    "kernel %s takes %d arguments, not %d"
                            .formatted(name, signature.length(), arguments.size()));
        }
        int count = signature.length();
        int arrays = (int) signature.chars().filter(Character::isDigit).count();
        long[] words = new long[count + AXES + arrays];
        int length = count + AXES;
        for (int i = 0; i < count; i++) {
            words[i] = word(signature.charAt(i), arguments.get(i), i);
            if (arguments.get(i) instanceof Argument.OfBuffer(var buffer)) {
                words[length++] = buffer.bytes() / (signature.charAt(i) - '0');
            }
        }
        long[] sizes = {range.x(), range.y(), range.z()};
        System.arraycopy(sizes, 0, words, count, AXES);
        long units = product(kernel.axes(), sizes);
        long row = product(kernel.axes().replaceFirst("^.", ""), sizes);
        return new CpuLaunch(name, kernel, settlement, words, Cuts.guided(units, row, threads));
    }

    private static long product(String axes, long[] sizes) {
        return axes.chars().mapToLong(a -> sizes[a - '0']).reduce(1, (a, b) -> a * b);
    }

    private long word(char letter, Argument argument, int index) {
        return switch (argument) {
            case Argument.OfBuffer(CpuBuffer buffer) when Character.isDigit(letter) ->
                    buffer.address();
            case Argument.OfScalar(var value) when !Character.isDigit(letter) ->
                    switch (letter) {
                        case 'F', 'H', 'G' -> Float.floatToRawIntBits(value.floatValue());
                        case 'D' -> Double.doubleToRawLongBits(value.doubleValue());
                        default -> value.longValue();
                    };
            default ->
                    throw new DeviceException(
                            "argument %d of kernel %s must be %s of device jvm, not %s"
                                    .formatted(
                                            index,
                                            name,
                                            Character.isDigit(letter) ? "a buffer" : "a number",
                                            argument));
        };
    }

    @Override
    public void close() {
        // the class is unloaded when nobody refers to it
    }
}
