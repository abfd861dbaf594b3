package org.tornadovit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.results.JsonRows;
import org.tornadovit.lab.task.Inspect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows kernels on their way to a device. */
@Command(
        name = "inspect",
        description = "Show what becomes of kernels: bytecode, IR after each pass, source.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL|KERNEL",
            description = "A model, or a kernel such as Linear.linearGelu.")
    private String target = "";

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "jvm",
            description = {
                "Device (default: ${DEFAULT-VALUE}); nothing is run on it.",
                "spirv, cuda, cuda:sm_80, fpga and fpga:amd need none."
            })
    private String device = "jvm";

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            defaultValue = "source",
            description = {"bytecode, ir, a pass, source, or all (default: ${DEFAULT-VALUE})."})
    private String stage = "source";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write each kernel to a file of its own in DIR, which is made.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public void run() {
        Devices devices = new Devices();
        String full = devices.target(device);
        Inspect.Found found = Inspect.run(target, full, stage, devices);
        List<Inspect.Stage> stages = found.stages();
        PrintWriter printer = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        if (full.startsWith(Devices.NONE + ":") && !full.equals(device)) {
            errors.printf("No device %s is here: this is code for any.%n", device);
        }
        if (out != null) {
            Inspect.write(found, out);
            errors.printf("%d files are in %s.%n", stages.size() + found.binaries().size(), out);
        } else if (json) {
            printer.print(JsonRows.ofRecords(stages));
        } else {
            stages.forEach(s -> printer.printf("== %s: %s%n%s%n", s.kernel(), s.stage(), s.text()));
        }
        printer.flush();
    }
}
