package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.DeviceInfo.Kind;
import org.tornadovit.device.FpgaVendor;

/**
 * What an OpenCL device says about itself. The constants are the numbers of {@code cl.h}.
 *
 * @param handle the device
 * @param platform its platform
 * @param name how the user names it, as in {@code opencl:0:0}
 * @param intake how it takes code
 */
record Properties(long handle, long platform, String name, Intake intake) {
    private static final int PLATFORM_VERSION = 0x0901;
    private static final int PLATFORM_NAME = 0x0902;
    private static final int TYPE = 0x1000;
    private static final int COMPUTE_UNITS = 0x1002;
    private static final int GROUP_SIZE = 0x1004;
    private static final int ITEM_SIZES = 0x1005;
    private static final int CLOCK = 0x100C;
    private static final int MAX_ALLOCATION = 0x1010;
    private static final int SINGLE_CONFIG = 0x101B;
    private static final int MEMORY = 0x101F;
    private static final int LOCAL_MEMORY = 0x1023;
    private static final int MODEL = 0x102B;
    private static final int VENDOR = 0x102C;
    private static final int DRIVER = 0x102D;
    private static final int VERSION = 0x102F;
    private static final int EXTENSIONS = 0x1030;
    private static final int HOST_UNIFIED_MEMORY = 0x1035;
    private static final int NATIVE_FLOATS = 0x103A;
    private static final int LANGUAGE = 0x103D;
    private static final int IL_VERSION = 0x105B;
    private static final long CPU = 2;
    private static final long GPU = 4;
    private static final long CORRECTLY_ROUNDED_DIVIDE_AND_ROOT = 1 << 7;

    /** {@return the same device driven in another way} */
    Properties as(String prefix, Intake other) {
        return new Properties(handle, platform, prefix + name.substring(name.indexOf(':')), other);
    }

    /** {@return the same device, taking kernels for FPGAs} */
    Properties asFpga(FpgaVendor vendor) {
        return as("fpga", new Intake.OfFpga(vendor));
    }

    /** {@return whether it is neither a processor nor a GPU} */
    boolean isAccelerator() {
        return kind() == Kind.ACCELERATOR;
    }

    /**
     * {@return the vendor for whose FPGAs the device takes kernels}
     *
     * @param forced the vendor for all devices, if the user wants it so
     */
    Optional<FpgaVendor> fpga(Optional<FpgaVendor> forced) {
        return isAccelerator()
                ? forced.or(() -> Optional.of(FpgaVendor.of(text(VENDOR) + platformName())))
                : forced;
    }

    private String platformName() {
        return " " + Queries.platformText(platform, PLATFORM_NAME);
    }

    /** {@return everything the device contract tells} */
    DeviceInfo info() {
        long[] items = numbers(ITEM_SIZES);
        int group = (int) numbers(GROUP_SIZE)[0];
        int vectorBits = kind() == Kind.CPU ? integer(NATIVE_FLOATS) * Float.SIZE : 0;
        return new DeviceInfo(
                name,
                intake.backend(),
                kind(),
                text(VENDOR),
                text(MODEL),
                text(VERSION) + ", driver " + text(DRIVER),
                language(),
                integer(COMPUTE_UNITS),
                integer(CLOCK),
                numbers(MEMORY)[0],
                numbers(MAX_ALLOCATION)[0],
                numbers(LOCAL_MEMORY)[0],
                group,
                (int) Math.min(items[0], group),
                (int) Math.min(items[1], group),
                (int) Math.min(items[2], group),
                vectorBits,
                vectorRegisters(vectorBits),
                sharesHostMemory(),
                features());
    }

    /** {@return whether {@code /} and {@code sqrt} on float can be had as exact as Java's} */
    boolean dividesExactly() {
        return (numbers(SINGLE_CONFIG)[0] & CORRECTLY_ROUNDED_DIVIDE_AND_ROOT) != 0;
    }

    /** {@return what the platform says about its version} */
    String platformVersion() {
        return Queries.platformText(platform, PLATFORM_VERSION);
    }

    /** {@return whether the device takes LLVM's bitcode of the kind SPIR} */
    boolean takesBitcode() {
        return extensions().contains("cl_khr_spir");
    }

    /** {@return whether the device takes SPIR-V} */
    boolean takesSpirv() {
        return !intermediateLanguage().isEmpty();
    }

    private boolean sharesHostMemory() {
        try {
            return integer(HOST_UNIFIED_MEMORY) != 0;
        } catch (OpenClException unknownBeforeVersion11) {
            return false;
        }
    }

    private String language() {
        return switch (intake) {
            case Intake.OfSource() -> text(LANGUAGE);
            case Intake.OfFpga(var vendor) -> vendor.language();
            case Intake.OfSpirv() -> "SPIR-V (" + intermediateLanguage() + ")";
            case Intake.OfBitcode(var translator) -> "SPIR-V 1.0 through " + translator.name();
        };
    }

    private Kind kind() {
        long type = numbers(TYPE)[0];
        return (type & CPU) != 0 ? Kind.CPU : (type & GPU) != 0 ? Kind.GPU : Kind.ACCELERATOR;
    }

    private Set<Feature> features() {
        List<String> extensions = extensions();
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        if (extensions.contains("cl_khr_fp16")) {
            features.add(Feature.FP16);
        }
        if (extensions.contains("cl_khr_fp64")) {
            features.add(Feature.FP64);
        }
        if (extensions.contains("cl_khr_int64_base_atomics")
                && extensions.contains("cl_khr_int64_extended_atomics")) {
            features.add(Feature.ATOMIC64);
        }
        if (takesSpirv()) {
            features.add(Feature.IL);
        }
        return features;
    }

    private List<String> extensions() {
        return List.of(text(EXTENSIONS).split("\\s+"));
    }

    /** The versions of SPIR-V that the device takes, in words; empty for none. */
    private String intermediateLanguage() {
        try {
            String versions = text(IL_VERSION);
            return versions.contains("SPIR-V") ? versions : "";
        } catch (OpenClException unknownBeforeVersion2) {
            return "";
        }
    }

    /** x86 has 16 vector registers up to AVX2 and 32 with AVX-512; 64-bit Arm has 32. */
    private static int vectorRegisters(int vectorBits) {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return vectorBits == 0 ? 0 : arm || vectorBits >= 512 ? 32 : 16;
    }

    private String text(int what) {
        return Queries.deviceText(handle, what);
    }

    private int integer(int what) {
        return (int) Queries.deviceNumbers(handle, what, JAVA_INT)[0];
    }

    private long[] numbers(int what) {
        return Queries.deviceNumbers(handle, what, JAVA_LONG);
    }
}
