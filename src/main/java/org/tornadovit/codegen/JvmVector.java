package org.tornadovit.codegen;

import java.util.Optional;
import org.tornadovit.codegen.jvm.Integers;
import org.tornadovit.codegen.jvm.KernelClass;
import org.tornadovit.codegen.jvm.Listing;
import org.tornadovit.device.Code;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;

/**
 * Writes class files for device {@code jvm}. Scalars become Java's own arithmetic, vectors
 * registers of {@code jdk.incubator.vector}; a kernel without vectors needs nothing but the base
 * module.
 */
public final class JvmVector implements Renderer {
    private final int vectorBits;
    private final int longest;

    /**
     * Creates a renderer.
     *
     * @param vectorBits width of the vector registers, 0 when there are none; wider vectors take
     *     several
     */
    public JvmVector(int vectorBits) {
        this(vectorBits, Listing.COMPILED);
    }

    private JvmVector(int vectorBits, int longest) {
        this.vectorBits = vectorBits;
        this.longest = longest;
    }

    @Override
    public Optional<Renderer> patient() {
        return longest == Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new JvmVector(vectorBits, Integer.MAX_VALUE));
    }

    @Override
    public Code render(Kernel kernel) {
        Integers integers = new Bounded(new Intervals(kernel, Optional.empty()));
        byte[] bytes = classFile(kernel, integers);
        String text = Listing.of(kernel.name(), bytes, longest);
        return new Code.Binary(kernel.name(), "jvm", text, bytes);
    }

    private byte[] classFile(Kernel kernel, Integers integers) {
        try {
            return new KernelClass(kernel, Checks.sites(kernel), integers, vectorBits).bytes();
        } catch (IllegalArgumentException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("Code length")) {
                throw Listing.tooLong(kernel.name(), e.getMessage());
            }
            throw e;
        }
    }

    private record Bounded(Intervals intervals) implements Integers {
        @Override
        public boolean isExact(Expr.Binary operation) {
            return intervals.isExact(operation);
        }

        @Override
        public long bits(Expr expr) {
            Intervals.Interval values = intervals.of(expr);
            return values.low() < 0 ? -1 : (Long.highestOneBit(values.high()) << 1) - 1;
        }
    }
}
