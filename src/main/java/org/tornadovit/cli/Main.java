package org.tornadovit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process: 0 when it succeeded, 1 when it failed, 2 when it was
     * called wrongly.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        System.exit(
                run(
                        new PrintWriter(System.out, true, UTF_8),
                        new PrintWriter(System.err, true, UTF_8),
                        arguments));
    }

    /**
     * Runs a command.
     *
     * @param out where results go
     * @param err where complaints go
     * @param arguments the command line
     * @return the exit code
     */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new TornadoVit());
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Complaint::usage);
        line.setExecutionExceptionHandler(Complaint::failure);
        return line.execute(arguments);
    }
}
