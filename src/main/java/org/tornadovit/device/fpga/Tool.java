package org.tornadovit.device.fpga;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.FpgaVendor;

/** The command lines of each offline compiler. */
enum Tool {
    /** Of the Intel FPGA SDK for OpenCL. */
    AOC("aoc", "aocx") {
        @Override
        List<List<String>> commands(Configuration c, Mode mode, String entry) {
            List<String> line = new ArrayList<>(List.of(c.compiler()));
            switch (mode) {
                case FULL -> {}
                case EMULATION -> line.add("-march=emulator");
                case SIMULATION -> line.add("-march=simulator");
                case REPORT -> line.addAll(List.of("-rtl", "-report"));
            }
            if (mode != Mode.EMULATION && !c.device().isEmpty()) {
                line.add("-board=" + c.device());
            }
            line.addAll(c.flags());
            String result = mode == Mode.REPORT ? entry + ".aocr" : file(entry);
            line.addAll(List.of(source(entry), "-o", result));
            return List.of(line);
        }
    },
    /** Of Intel's toolkits without a board: code for the emulator. */
    IOC64("aocl-ioc64", "aocx") {
        @Override
        List<List<String>> commands(Configuration c, Mode mode, String entry) {
            List<String> line = new ArrayList<>(List.of(c.compiler()));
            line.add("-device=" + (c.device().isEmpty() ? "fpga_fast_emu" : c.device()));
            line.addAll(c.flags());
            line.addAll(List.of("-input=" + source(entry), "-ir=" + file(entry)));
            return List.of(line);
        }
    },
    /** Of AMD's Vitis. */
    VITIS("v++", "xclbin") {
        @Override
        List<List<String>> commands(Configuration c, Mode mode, String entry) {
            return xilinx(c, mode, entry);
        }
    },
    /** Of Xilinx's SDAccel, before Vitis. */
    XOCC("xocc", "xclbin") {
        @Override
        List<List<String>> commands(Configuration c, Mode mode, String entry) {
            return xilinx(c, mode, entry);
        }
    };

    private final String program;
    private final String extension;

    Tool(String program, String extension) {
        this.program = program;
        this.extension = extension;
    }

    /**
     * {@return the commands that compile the kernel of a source, one after the other, in the folder
     * of the source}
     *
     * @param entry the kernel's name, by which files are named
     */
    abstract List<List<String>> commands(Configuration configuration, Mode mode, String entry);

    /** {@return the name of the file with a kernel's source} */
    static String source(String entry) {
        return entry + ".cl";
    }

    /** {@return the name of the file that a device loads} */
    String file(String entry) {
        return entry + "." + extension;
    }

    /** {@return the tool that a program is, by its name; that of the vendor for other names} */
    static Tool of(String compiler, FpgaVendor vendor) {
        Path name = Path.of(compiler).getFileName();
        return Arrays.stream(values())
                .filter(tool -> name != null && name.toString().equals(tool.program))
                .findAny()
                .orElse(usual(vendor));
    }

    /** {@return the usual tool of a vendor} */
    static Tool usual(FpgaVendor vendor) {
        return switch (vendor) {
            case INTEL -> AOC;
            case AMD -> VITIS;
        };
    }

    /** {@return the name of the program} */
    String program() {
        return program;
    }

    private static List<List<String>> xilinx(Configuration c, Mode mode, String entry) {
        if (c.device().isEmpty()) {
            throw new DeviceException(
                    "%s compiles for a platform; name it by DEVICE_NAME in the file of -D%s."
                            .formatted(c.compiler(), Configuration.PROPERTY));
        }
        String target =
                switch (mode) {
                    case FULL, REPORT -> "hw";
                    case EMULATION -> "sw_emu";
                    case SIMULATION -> "hw_emu";
                };
        List<String> both = new ArrayList<>(List.of(c.compiler(), "-t", target));
        both.addAll(List.of("--platform", c.device()));
        both.addAll(c.flags());
        String object = entry + ".xo";
        List<String> compile = with(both, "--compile", "-k", entry, "-o", object, source(entry));
        List<String> link = with(both, "--link", "-o", entry + ".xclbin", object);
        return mode == Mode.REPORT ? List.of(compile) : List.of(compile, link);
    }

    private static List<String> with(List<String> both, String... more) {
        return Stream.concat(both.stream(), Arrays.stream(more)).toList();
    }
}
