package org.tornadovit.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.fpga.Configuration;
import org.tornadovit.device.fpga.Mode;
import org.tornadovit.device.fpga.OfflineCompiler;

/**
 * What a device loads instead of source. An FPGA loads what its offline compiler made; another
 * device that takes code for FPGAs does when {@value Configuration#PROPERTY} names a compiler, and
 * compiles the source itself otherwise.
 *
 * @param device the device
 */
record Bitstreams(DeviceInfo device) {
    private static final Duration DAY = Duration.ofDays(1);

    /** {@return the commands that compile code for the device, where it does not itself} */
    Optional<String> script(Code code) {
        return isOffline() ? Optional.of(compiler().script(code)) : Optional.empty();
    }

    /**
     * {@return what the device loads for some code}
     *
     * @param precompiled a file that the user names for it
     */
    Code loadable(Code code, Optional<Path> precompiled) {
        if (precompiled.isPresent()) {
            return OfflineCompiler.load(precompiled.get(), code.entry());
        }
        boolean isSource = !code.language().equals(Code.BITSTREAM);
        return isSource && isOffline() && device.kind() != DeviceInfo.Kind.NONE
                ? compiled(code)
                : code;
    }

    private boolean isOffline() {
        if (device.backend() != DeviceInfo.Backend.FPGA) {
            return false;
        }
        return switch (device.kind()) {
            case ACCELERATOR, NONE -> true;
            case CPU, GPU -> Settings.said(Configuration.PROPERTY).isPresent();
        };
    }

    private Code compiled(Code code) {
        OfflineCompiler compiler = compiler();
        if (!compiler.isDone(code)) {
            Notes.once(
                    "%s compiles kernel %s for %s, which can take hours; the folder will be %s"
                            .formatted(
                                    compiler.configuration().compiler(),
                                    code.entry(),
                                    device.name(),
                                    compiler.folder(code)));
        }
        return compiler.compile(code);
    }

    private OfflineCompiler compiler() {
        FpgaVendor vendor = FpgaVendor.of(device).orElse(FpgaVendor.INTEL);
        Configuration configuration =
                file(vendor)
                        .map(file -> Configuration.read(file, vendor))
                        .orElseGet(() -> Configuration.usual(vendor));
        Mode mode = Mode.of(Settings.said(Mode.PROPERTY).orElse(""), System.getenv());
        return new OfflineCompiler(vendor, configuration.orDevice(board()), mode, limit());
    }

    /** The file that the user names, or the one of the vendor in TornadoVM's folder. */
    private static Optional<Path> file(FpgaVendor vendor) {
        String usual =
                switch (vendor) {
                    case INTEL -> "intel-fpga.conf";
                    case AMD -> "xilinx-fpga.conf";
                };
        return Settings.said(Configuration.PROPERTY)
                .map(Path::of)
                .or(() ->
                        Optional.ofNullable(System.getenv("TORNADO_SDK"))
                                .map(sdk -> Path.of(sdk, "etc", usual))
                                .filter(Files::isRegularFile));
    }

    /** The board as its driver calls it: the first word of an accelerator's model, if it is one. */
    private String board() {
        return switch (device.kind()) {
            case ACCELERATOR -> {
                String first = device.model().strip().replaceFirst("[\\s:].*", "");
                yield first.matches("[\\w.-]+") ? first : "";
            }
            case NONE -> "BOARD";
            case CPU, GPU -> "";
        };
    }

    private static Duration limit() {
        String seconds = Settings.said(OfflineCompiler.LIMIT).orElse("");
        try {
            return seconds.isEmpty() ? DAY : Duration.ofSeconds(Long.parseLong(seconds));
        } catch (NumberFormatException e) {
            throw new DeviceException(
                    "-D%s=%s is no number of seconds.".formatted(OfflineCompiler.LIMIT, seconds),
                    e);
        }
    }
}
