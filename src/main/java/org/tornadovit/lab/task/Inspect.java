package org.tornadovit.lab.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.InputException;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Shows what becomes of kernels on their way to a device: bytecode, the IR after each pass, source.
 *
 * <p>The runtime writes the stages of every kernel it compiles to the folder that the property
 * {@value #PROPERTY} names, one folder a kernel and one numbered file a stage.
 */
public final class Inspect {
    static final String PROPERTY = "tornadovit.inspect";

    /** Every stage. */
    public static final String ALL = "all";

    /** The kernels of these are searched for a kernel's name. */
    private static final List<String> SHOWN =
            List.of("testing", "ResNet-18@64", "R26+S/32@64", "R50x1@64", "Swin-T");

    /**
     * A stage of a kernel.
     *
     * @param kernel number and name of the kernel
     * @param stage name of the stage
     * @param file name of a file for it
     * @param text the stage as people read it
     */
    public record Stage(String kernel, String stage, String file, String text) {}

    private Inspect() {}

    /**
     * Compiles a model, or the models until one has the kernel, and collects stages.
     *
     * @param target name of a model or of a kernel, such as {@code Linear.forward} or {@code
     *     forward}
     * @param device full name of the device
     * @param stage name of the stage, or {@value #ALL}
     * @param devices the devices found
     * @return the stages, kernel by kernel in the order of compilation
     * @throws LabException when there is no such model, kernel or stage
     */
    public static List<Stage> run(String target, String device, String stage, Devices devices) {
        boolean isModel = isModel(target);
        Set<String> kernels = new TreeSet<>();
        for (String name : isModel ? List.of(target) : SHOWN) {
            List<Stage> stages = compile(Models.named(name), device, devices);
            stages.forEach(s -> kernels.add(withoutNumber(s.kernel())));
            List<Stage> wanted =
                    stages.stream().filter(s -> isModel || matches(target, s.kernel())).toList();
            if (!wanted.isEmpty()) {
                return select(wanted, stage);
            }
        }
        throw new LabException(
                isModel
                        ? "The runtime shows no stages of " + target + "; it is another runtime."
                        : "There is no model or kernel '%s'; kernels are %s."
                                .formatted(target, String.join(", ", kernels)));
    }

    private static boolean isModel(String target) {
        try {
            Models.named(target);
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    private static boolean matches(String target, String kernel) {
        String name = withoutNumber(kernel).toLowerCase(Locale.ROOT);
        String wanted = target.replace("::", ".").toLowerCase(Locale.ROOT);
        return name.equals(wanted) || name.endsWith("." + wanted) || name.endsWith("_" + wanted);
    }

    private static String withoutNumber(String kernel) {
        return kernel.replaceFirst("^\\d+-", "");
    }

    private static List<Stage> select(List<Stage> stages, String wanted) {
        if (wanted.equals(ALL)) {
            return stages;
        }
        List<Stage> selected =
                stages.stream().filter(s -> s.stage().equals(wanted) || isIr(s, wanted)).toList();
        if (selected.isEmpty()) {
            Map<String, Boolean> known = new LinkedHashMap<>();
            stages.forEach(s -> known.put(s.stage(), true));
            throw new LabException(
                    "There is no stage '%s'; stages are %s, ir and all."
                            .formatted(wanted, String.join(", ", known.keySet())));
        }
        return selected;
    }

    /** {@code ir} stands for the kernel as the front end gives it. */
    private static boolean isIr(Stage stage, String wanted) {
        return wanted.equals("ir") && stage.stage().equals("front-end");
    }

    private static List<Stage> compile(Model model, String device, Devices devices) {
        Path folder = temporary();
        try {
            TornadoRuntimeProvider.setProperty(PROPERTY, folder.toString());
            devices.device(device).clean();
            try (TornadoExecutionPlan plan =
                    new TornadoExecutionPlan(model.build(1, model.randomWeights(1)).graphs())) {
                plan.withDevice(devices.device(device)).withPreCompilation();
            }
            return read(folder);
        } catch (TornadoExecutionPlanException e) {
            throw new LabException("The execution plan cannot be closed.", e);
        } finally {
            TornadoRuntimeProvider.setProperty(PROPERTY, "");
            delete(folder);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tornado-vit-inspect");
        } catch (IOException e) {
            throw new LabException("Cannot make a temporary folder: " + e.getMessage() + ".", e);
        }
    }

    private static List<Stage> read(Path folder) {
        List<Stage> stages = new ArrayList<>();
        for (Path kernel : list(folder)) {
            for (Path file : list(kernel)) {
                String name = file.getFileName().toString();
                stages.add(
                        new Stage(
                                kernel.getFileName().toString(),
                                withoutNumber(name).replaceFirst("\\.[^.]*$", ""),
                                kernel.getFileName() + "-" + name,
                                text(file)));
            }
        }
        return stages;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new LabException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new LabException("Cannot list " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LabException("Cannot delete " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Writes each stage to a file of its own.
     *
     * @param stages what {@link #run} gave
     * @param folder where they go; made when there is none
     */
    public static void write(List<Stage> stages, Path folder) {
        for (Stage stage : stages) {
            AtomicFile.writeText(folder.resolve(stage.file()), stage.text());
        }
    }
}
