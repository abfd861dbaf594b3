package org.tornadovit.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's name with its general options; the work is done by its commands. */
@Command(
        name = "tornado-vit",
        description = {
            "Vision Transformers and ResNet hybrids on the devices of this machine.",
            "Devices are called jvm, opencl and spirv (opencl:0:0 for platform and device), levelzero,"
                    + " cuda, none."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CompareCommand.class,
            DevicesCommand.class,
            ClassifyCommand.class,
            EvalCommand.class,
            TrainCommand.class,
            InspectCommand.class,
            ForwardCommand.class,
            ExportCommand.class,
            PreprocessCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
final class TornadoVit implements Runnable {
    /** What the runtime reads when it starts. */
    private static final String DEBUG_PROPERTY = "tornadovit.debug";

    @Spec private CommandSpec spec;

    private int debug;

    @Option(
            names = "--debug",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = {
                "1 devices and choices, 2 timings, 3 the schedule, 4 generated source, 5 IR,"
                        + " 6 every pass; any level shows where an error arose."
            })
    @SuppressWarnings("UnusedMethod") // picocli calls it
    private void setDebug(int level) {
        if (level < 0 || level > 6) {
            throw new ParameterException(
                    spec.commandLine(), "--debug is a level from 0 to 6, not " + level + ".");
        }
        debug = level;
        System.setProperty(DEBUG_PROPERTY, Integer.toString(level));
    }

    /** {@return whether the user asked for more than a sentence} */
    boolean debugs() {
        return debug > 0;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
