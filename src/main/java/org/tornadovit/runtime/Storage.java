package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Scalar;
import org.tornadovit.passes.NarrowArrays;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How a device stores the elements of {@code FloatArray}. Arithmetic is binary32 in any case: loads
 * widen, stores round to nearest even, and transfers convert.
 */
enum Storage {
    /** As on the host. */
    FP32(Scalar.F32),
    /** IEEE 754 binary16. */
    FP16(Scalar.F16),
    /** bfloat16. */
    BF16(Scalar.BF16);

    private static final Pattern FLAG = Pattern.compile("(?:^|\\s)-tornadovit-storage=(\\S*)");

    private final Scalar element;

    Storage(Scalar element) {
        this.element = element;
    }

    /**
     * {@return what the compiler flag {@code -tornadovit-storage=fp32|fp16|bf16} asks for}
     *
     * @param flags those of {@code withCompilerFlags}
     * @throws TornadoRuntimeException when there is no such format
     */
    static Optional<Storage> of(String flags) {
        Matcher flag = FLAG.matcher(flags);
        if (!flag.find()) {
            return Optional.empty();
        }
        String word = flag.group(1);
        for (Storage storage : values()) {
            if (storage.word().equals(word)) {
                return Optional.of(storage);
            }
        }
        throw new TornadoRuntimeException(
                "the compiler flag -tornadovit-storage is fp32, fp16 or bf16, not '" + word + "'");
    }

    /** {@return the flags without what is for the runtime alone} */
    static String withoutFlag(String flags) {
        return FLAG.matcher(flags).replaceAll("").strip();
    }

    /**
     * Checks that a graph which needs {@code other} has it.
     *
     * @param why what needs it
     * @throws TornadoRuntimeException when this is not {@code other}
     */
    void require(Storage other, String why) {
        if (this != other) {
            throw new TornadoRuntimeException(
                    "%s needs %s storage; leave out -tornadovit-storage=%s"
                            .formatted(why, other.word(), word()));
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return a kernel for arrays that are stored so} */
    Kernel kernel(Kernel kernel) {
        return this == FP32 ? kernel : NarrowArrays.apply(kernel, element);
    }

    /** {@return the bytes of an array as the device has them} */
    HostArray host(Object array) {
        return narrow(array).map(HostArray::of).orElseGet(() -> HostArray.of(array));
    }

    /** {@return whether a kernel that sees elements of {@code type} can take an array} */
    boolean fits(Object array, Scalar type) {
        Scalar stored = host(array).element();
        return stored == type || array instanceof MemorySegment && type != element;
    }

    private Optional<NarrowArray> narrow(Object array) {
        return this != FP32 && array instanceof FloatArray floats
                ? Optional.of(new NarrowArray(floats, element))
                : Optional.empty();
    }
}
