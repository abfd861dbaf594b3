package org.tornadovit.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tornadovit.device.Code;
import org.tornadovit.device.Range;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Prints what the options {@code withPrintKernel} and {@code withThreadInfo} ask for. */
final class KernelPrinter {
    private KernelPrinter() {}

    /** Prints each kernel of a graph once, in its device's language. */
    static void print(Compilation compilation) {
        Set<String> printed = new HashSet<>();
        for (int i = 0; i < compilation.plans().size(); i++) {
            TaskPlan plan = compilation.plans().get(i);
            for (CompiledTask.Stage stage : compilation.tasks().get(i).stages()) {
                if (printed.add(stage.code().text())) {
                    System.out.println("// task " + plan.task().name() + " on " + plan.device());
                    System.out.println(stage.code().text());
                    Settings.find(Settings.PRINT_KERNEL_FOLDER)
                            .ifPresent(folder -> write(folder, plan.task().name(), stage.code()));
                }
            }
        }
    }

    private static void write(String folder, String task, Code code) {
        Path file = Path.of(folder, task + "-" + code.entry() + "." + Inspection.extension(code));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, code.text());
        } catch (IOException e) {
            throw new TornadoRuntimeException(
                    "cannot write the kernel to "
                            + file
                            + " as "
                            + Settings.PRINT_KERNEL_FOLDER
                            + " asks");
        }
    }

    /** Prints the work sizes of each launch. */
    static void printSizes(Compilation compilation, List<List<BoundStage>> tasks) {
        for (List<BoundStage> stages : tasks) {
            for (BoundStage stage : stages) {
                TaskPlan plan = compilation.plans().get(stage.task());
                Range range = stage.stage().range();
                System.out.printf(
                        "Task info: %s%n\tBackend : %s%n\tDevice : %s%n\tGlobal work size: [%d, %d,"
                                + " %d]%n\tLocal work size: [%s, %s, %s]%n",
                        plan.task().name(),
                        plan.device().getTornadoVMBackend(),
                        plan.device().getDeviceName(),
                        range.x(),
                        range.y(),
                        range.z(),
                        size(range.groupX()),
                        size(range.groupY()),
                        size(range.groupZ()));
            }
        }
    }

    private static String size(long group) {
        return group == 0 ? "automatic" : Long.toString(group);
    }
}
