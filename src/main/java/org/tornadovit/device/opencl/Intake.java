package org.tornadovit.device.opencl;

import java.nio.charset.StandardCharsets;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.FpgaVendor;

/** The ways in which drivers take code. */
sealed interface Intake {
    /** {@return the way the device is driven, to those who choose a renderer} */
    Backend backend();

    /** {@return the language of code, as {@link Code#language} has it} */
    String language();

    /** {@return whether the device takes this code} */
    default boolean takes(Code code) {
        return code.language().equals(language());
    }

    /** {@return what the driver is told to build it, beside what is told for every program} */
    String buildOptions();

    /**
     * {@return a new program, not yet compiled}
     *
     * @throws DeviceException when the code is in another language
     * @throws OpenClException when the driver refuses it
     */
    long create(long context, long device, Code code);

    /** Fills a buffer with zeros, when the queue gets to it. */
    default void fill(long queue, OpenClBuffer buffer) {
        Zeros.fill(queue, buffer);
    }

    /** OpenCL C. */
    record OfSource() implements Intake {
        @Override
        public Backend backend() {
            return Backend.OPENCL;
        }

        @Override
        public String language() {
            return "opencl-c";
        }

        @Override
        public String buildOptions() {
            return "-cl-std=CL1.2";
        }

        @Override
        public long create(long context, long device, Code code) {
            return Programs.create(context, code.text());
        }
    }

    /**
     * What an offline compiler made of OpenCL C, or OpenCL C for a driver that compiles it.
     *
     * @param vendor whose way of writing kernels it takes
     */
    record OfFpga(FpgaVendor vendor) implements Intake {
        @Override
        public Backend backend() {
            return Backend.FPGA;
        }

        @Override
        public String language() {
            return "opencl-c";
        }

        @Override
        public boolean takes(Code code) {
            return Intake.super.takes(code) || code.language().equals(Code.BITSTREAM);
        }

        @Override
        public String buildOptions() {
            return "-cl-std=CL1.2";
        }

        /** Drivers of FPGAs are of OpenCL 1.0 at times. */
        @Override
        public void fill(long queue, OpenClBuffer buffer) {
            Zeros.write(queue, buffer);
        }

        @Override
        public long create(long context, long device, Code code) {
            return code.language().equals(Code.BITSTREAM)
                    ? Bitstream.create(context, device, code, module(code))
                    : Programs.create(context, code.text());
        }
    }

    /** SPIR-V, which the driver takes itself: OpenCL 2.1, or cl_khr_il_program. */
    record OfSpirv() implements Intake {
        @Override
        public Backend backend() {
            return Backend.SPIRV;
        }

        @Override
        public String language() {
            return "spirv";
        }

        @Override
        public String buildOptions() {
            return "";
        }

        @Override
        public long create(long context, long device, Code code) {
            return Modules.create(context, module(code));
        }
    }

    /**
     * SPIR-V for a driver that takes LLVM's bitcode of the kind SPIR, as PoCL does.
     *
     * @param translator makes bitcode of modules
     */
    record OfBitcode(Translator translator) implements Intake {
        @Override
        public Backend backend() {
            return Backend.SPIRV;
        }

        @Override
        public String language() {
            return "spirv";
        }

        @Override
        public String buildOptions() {
            return "-x spir -spir-std=1.2";
        }

        @Override
        public long create(long context, long device, Code code) {
            byte[] bitcode = translator.bitcode(code, module(code));
            return Modules.createOfBinary(context, device, bitcode);
        }
    }

    /** {@return the words of code that is a module} */
    private static byte[] module(Code code) {
        return code instanceof Code.Binary binary
                ? binary.bytes()
                : code.text().getBytes(StandardCharsets.UTF_8);
    }
}
