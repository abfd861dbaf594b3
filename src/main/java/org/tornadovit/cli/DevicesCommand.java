package org.tornadovit.cli;

import java.io.PrintWriter;
import java.util.List;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.JsonRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the devices found. */
@Command(
        name = "devices",
        description = "List the devices found on this machine, and why others are not there.",
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = "--json",
            description =
                    "Print the devices as JSON; why others are absent goes to standard error.")
    private boolean json;

    @Override
    public void run() {
        Devices devices = new Devices();
        List<DeviceFacts> found = devices.names().stream().map(devices::facts).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(JsonRows.ofRecords(found));
        } else {
            found.forEach(d ->
                    out.printf(
                            "%-12s %s (%s, %d units, %d MiB), %s, %s%n",
                            d.name(),
                            d.description(),
                            d.type(),
                            d.computeUnits(),
                            d.memoryMib(),
                            d.language(),
                            d.driver()));
        }
        PrintWriter reasons = json ? spec.commandLine().getErr() : out;
        devices.inventory()
                .absent()
                .forEach((backend, why) -> reasons.printf("%-12s none: %s%n", backend, why));
        out.flush();
        reasons.flush();
    }
}
