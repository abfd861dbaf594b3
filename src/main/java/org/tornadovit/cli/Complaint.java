package org.tornadovit.cli;

import org.tornadovit.lab.measure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Failures as one sentence on standard error. */
final class Complaint {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Complaint() {}

    /** {@return the exit code of a command that was called wrongly, having said how} */
    static int usage(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        String sentence =
                Failure.sentence(e).replaceFirst("^ParameterException: |^\\w+Exception: ", "");
        line.getErr().println("tornado-vit: " + sentence);
        CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr());
        line.getErr().println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return MISUSED;
    }

    /** {@return the exit code of a command that failed, having said why} */
    static int failure(Exception e, CommandLine line, ParseResult result) {
        line.getErr().println("tornado-vit: " + Failure.sentence(e));
        Object program = line.getCommandSpec().root().userObject();
        if (program instanceof TornadoVit vit && vit.debugs()) {
            e.printStackTrace(line.getErr());
        }
        return FAILED;
    }
}
