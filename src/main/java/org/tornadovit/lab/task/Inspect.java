package org.tornadovit.lab.task;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Nearest;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import org.tornadovit.nn.Attention;
import org.tornadovit.nn.Convolution;
import org.tornadovit.nn.GroupNorm;
import org.tornadovit.nn.LayerNorm;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.Padding;
import org.tornadovit.nn.Patches;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.Windows;
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

    /** How the names of files with code for drivers end. */
    private static final String BINARY = ".spv";

    /** Every stage. */
    public static final String ALL = "all";

    /** Between them, these have every kernel of {@link #KERNELS}. */
    private static final List<String> SHOWN =
            List.of(
                    "testing",
                    "testing[gelu=tanh,representation=tanh,position=relative,embedding=convolution]",
                    "ResNet-18@64",
                    "R26+S/32@64",
                    "R50x1@64",
                    "Swin-T",
                    "ResNet-50@64");

    /** Their static methods without result are the kernels of models. */
    private static final List<Class<?>> KERNELS =
            List.of(
                    Attention.class,
                    Convolution.class,
                    GroupNorm.class,
                    LayerNorm.class,
                    Linear.class,
                    Padding.class,
                    Patches.class,
                    Pooling.class,
                    Windows.class);

    /**
     * A stage of a kernel.
     *
     * @param kernel number and name of the kernel
     * @param stage name of the stage
     * @param file name of a file for it
     * @param text the stage as people read it
     */
    public record Stage(String kernel, String stage, String file, String text) {}

    /**
     * Stages of kernels.
     *
     * @param stages the stages, kernel by kernel in the order of compilation
     * @param binaries code as drivers take it, by the name of a file for it
     */
    public record Found(List<Stage> stages, Map<String, ByteBuffer> binaries) {
        /** Copies the collections. */
        public Found {
            stages = List.copyOf(stages);
            binaries = Map.copyOf(binaries);
        }

        private Found only(Predicate<Stage> wanted) {
            List<Stage> some = stages.stream().filter(wanted).toList();
            Map<String, ByteBuffer> beside = new TreeMap<>(binaries);
            beside.keySet()
                    .removeIf(file ->
                            some.stream().noneMatch(s -> stem(s.file()).equals(stem(file))));
            return new Found(some, beside);
        }
    }

    private static String stem(String file) {
        return file.replaceFirst("\\.[^.]*$", "");
    }

    private Inspect() {}

    /**
     * Compiles a model, or the models until one has the kernel, and collects stages.
     *
     * @param target name of a model or of a kernel, such as {@code Linear.linearGelu} or {@code
     *     linearGelu}
     * @param device full name of the device
     * @param stage name of the stage, or {@value #ALL}
     * @param devices the devices found
     * @return the stages
     * @throws LabException when there is no such model, kernel or stage
     */
    public static Found run(String target, String device, String stage, Devices devices) {
        boolean isModel = isModel(target);
        String kernel = isModel ? "" : kernel(target);
        for (String name : isModel ? List.of(target) : SHOWN) {
            Found all = compile(Models.named(name), device, devices);
            Found wanted = all.only(s -> isModel || withoutNumber(s.kernel()).equals(kernel));
            if (!wanted.stages().isEmpty()) {
                return select(wanted, stage);
            }
        }
        throw new LabException(
                "The runtime shows no stages of " + target + "; it is another runtime.");
    }

    /** {@return the names of all kernels, {@code Class.method}, in the order of the alphabet} */
    static List<String> kernels() {
        return KERNELS.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method ->
                        Modifier.isPublic(method.getModifiers())
                                && Modifier.isStatic(method.getModifiers())
                                && method.getReturnType() == void.class)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .sorted()
                .toList();
    }

    /** {@return the methods of all kernels of the models that are searched} */
    static Set<String> compiled(String device, Devices devices) {
        return SHOWN.stream()
                .flatMap(name -> compile(Models.named(name), device, devices).stages().stream())
                .map(stage -> withoutNumber(stage.kernel()))
                .collect(Collectors.toSet());
    }

    /** {@return the method of the kernel with that name, which may lack its class} */
    private static String kernel(String target) {
        String wanted = target.replace("::", ".").toLowerCase(Locale.ROOT);
        for (String known : kernels()) {
            String full = known.toLowerCase(Locale.ROOT);
            if (full.equals(wanted) || method(full).equals(wanted)) {
                return method(known);
            }
        }
        List<String> names =
                Stream.concat(kernels().stream().map(Inspect::method), kernels().stream()).toList();
        throw new LabException(
                "There is no model or kernel '%s'; kernels are %s.%s"
                        .formatted(
                                target,
                                String.join(", ", kernels()),
                                Nearest.question(target, names)));
    }

    static String method(String kernel) {
        return kernel.substring(kernel.indexOf('.') + 1);
    }

    private static boolean isModel(String target) {
        try {
            Models.named(target);
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    private static String withoutNumber(String kernel) {
        return kernel.replaceFirst("^\\d+-", "");
    }

    private static Found select(Found all, String wanted) {
        if (wanted.equals(ALL)) {
            return all;
        }
        Found selected =
                all.only(s -> s.stage().equals(wanted) || isIr(s, wanted) || isCommands(s, wanted));
        if (selected.stages().isEmpty()) {
            Map<String, Boolean> known = new LinkedHashMap<>();
            all.stages().forEach(s -> known.put(s.stage(), true));
            throw new LabException(
                    "There is no stage '%s'; stages are %s, ir and all."
                            .formatted(wanted, String.join(", ", known.keySet())));
        }
        return selected;
    }

    /** With the source come the commands that compile it, where the driver does not. */
    private static boolean isCommands(Stage stage, String wanted) {
        return wanted.equals("source") && stage.stage().equals("commands");
    }

    /** {@code ir} stands for the kernel as the front end gives it. */
    private static boolean isIr(Stage stage, String wanted) {
        return wanted.equals("ir") && stage.stage().equals("front-end");
    }

    private static Found compile(Model model, String device, Devices devices) {
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

    private static Found read(Path folder) {
        List<Stage> stages = new ArrayList<>();
        Map<String, ByteBuffer> binaries = new TreeMap<>();
        for (Path kernel : list(folder)) {
            for (Path file : list(kernel)) {
                String name = file.getFileName().toString();
                String full = kernel.getFileName() + "-" + name;
                if (name.endsWith(BINARY)) {
                    binaries.put(full, ByteBuffer.wrap(bytes(file)));
                } else {
                    stages.add(
                            new Stage(
                                    kernel.getFileName().toString(),
                                    stem(withoutNumber(name)),
                                    full,
                                    new String(bytes(file), StandardCharsets.UTF_8)));
                }
            }
        }
        return new Found(stages, binaries);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
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
     * Writes each stage to a file of its own, and code as drivers take it beside.
     *
     * @param found what {@link #run} gave
     * @param folder where they go; made when there is none
     */
    public static void write(Found found, Path folder) {
        for (Stage stage : found.stages()) {
            AtomicFile.writeText(folder.resolve(stage.file()), stage.text());
        }
        found.binaries()
                .forEach((file, bytes) ->
                        AtomicFile.write(
                                folder.resolve(file),
                                channel -> AtomicFile.writeFully(channel, bytes.duplicate())));
    }
}
