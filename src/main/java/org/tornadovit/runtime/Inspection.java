package org.tornadovit.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Shows what becomes of a kernel on its way to a device, to those who asked: in files, where the
 * property {@value #FOLDER} names a folder (one folder a kernel, one numbered file a stage), and on
 * standard error from the level of {@value #LEVEL} on.
 */
final class Inspection {
    /** Folder that receives the stages of every kernel compiled. */
    static final String FOLDER = "tornadovit.inspect";

    /** 1 devices and choices, 2 timings, 3 the schedule, 4 source, 5 IR, 6 every pass. */
    static final String LEVEL = "tornadovit.debug";

    private static final int CHOICES = 1;
    private static final int TIMINGS = 2;
    private static final int SOURCE = 4;
    private static final int EVERY_PASS = 6;

    /** Passes that are shown before everything is. */
    private static final Map<String, Integer> LEVELS = Map.of("schedule", 3, "front end", 5);

    private static final Map<String, String> EXTENSIONS =
            Map.of("opencl-c", "cl", "ptx", "ptx", "spirv", "spvasm");

    /** Languages whose code is kept as drivers take it, beside the text. */
    private static final Map<String, String> BINARIES = Map.of("spirv", "spv");

    private final Kernel kernel;
    private final int level;
    private final String folder;
    private int stages;

    private Inspection(Kernel kernel, int level, String folder) {
        this.kernel = kernel;
        this.level = level;
        this.folder = folder;
    }

    /** {@return the inspection of a kernel that is about to be compiled for a device} */
    static Inspection of(Method method, Kernel kernel, DeviceInfo device) {
        Settings settings = new Settings();
        String parent = settings.getTornadoProperty(FOLDER, "");
        int level = Integer.parseInt(settings.getTornadoProperty(LEVEL, standardLevel()));
        String own = parent.isEmpty() ? "" : folder(Path.of(parent), kernel.name());
        Inspection inspection = new Inspection(kernel, level, own);
        inspection.print(
                CHOICES,
                "kernel %s of %s for %s".formatted(kernel.name(), kernel.source(), device.name()));
        if (!own.isEmpty()) {
            inspection.write("bytecode", "txt", bytecode(method));
        }
        return inspection;
    }

    private static String standardLevel() {
        int level =
                Settings.isOn(Settings.FULL_DEBUG)
                        ? TIMINGS
                        : Settings.isOn(Settings.DEBUG) ? CHOICES : 0;
        return Integer.toString(level);
    }

    private static synchronized String folder(Path parent, String kernel) {
        try (Stream<Path> known = Files.list(parent)) {
            Path folder = parent.resolve("%04d-%s".formatted(known.count(), kernel));
            return Files.createDirectory(folder).toString();
        } catch (IOException e) {
            throw new TornadoRuntimeException(
                    "cannot write to the folder " + parent + " of " + FOLDER);
        }
    }

    /** Shows the kernel after a pass. */
    void pass(String name, Kernel after) {
        if (!folder.isEmpty() || level >= LEVELS.getOrDefault(name, EVERY_PASS)) {
            String text = Printer.print(after);
            print(LEVELS.getOrDefault(name, EVERY_PASS), "after " + name + ":\n" + text);
            write(name, "ir", text);
        }
    }

    /** Shows generated code. */
    void code(Code code) {
        print(SOURCE, code.text());
        write("source", extension(code), code.text());
        if (code instanceof Code.Binary binary && BINARIES.containsKey(code.language())) {
            stages--; // the same stage in another form
            write("source", BINARIES.getOrDefault(code.language(), ""), binary.bytes());
        }
    }

    /** Shows the commands that compile the code that was shown, where the driver does not. */
    void commands(String script) {
        print(SOURCE, script);
        stages--; // beside the source
        write("commands", "sh", script);
    }

    /** {@return how the name of a file with such code ends} */
    static String extension(Code code) {
        return EXTENSIONS.getOrDefault(code.language(), "txt");
    }

    /** Shows how long the compiler, the renderer and the driver took. */
    void times(CompiledTask.Times times) {
        print(
                TIMINGS,
                String.format(
                        Locale.ROOT,
                        "kernel %s: lowered in %.1f ms, rendered in %.1f ms, loaded in %.1f ms",
                        kernel.name(),
                        times.lowering() / 1e6,
                        times.rendering() / 1e6,
                        times.loading() / 1e6));
    }

    /** Tells of a choice that was made. */
    void choice(String text) {
        print(CHOICES, text);
    }

    private void print(int from, String text) {
        if (level >= from) {
            System.err.println(text);
        }
    }

    private void write(String stage, String extension, String text) {
        write(stage, extension, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String stage, String extension, byte[] bytes) {
        if (folder.isEmpty()) {
            return;
        }
        String name = "%02d-%s.%s".formatted(stages++, stage.replace(' ', '-'), extension);
        try {
            Files.write(Path.of(folder, name), bytes);
        } catch (IOException e) {
            throw new TornadoRuntimeException(
                    "cannot write to the folder of " + FOLDER + ": " + e.getMessage());
        }
    }

    /** The method as its class file has it. */
    private static String bytecode(Method method) {
        Class<?> owner = method.getDeclaringClass();
        String file = owner.getName().substring(owner.getPackageName().length() + 1) + ".class";
        String descriptor =
                MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .descriptorString();
        try (InputStream bytes = owner.getResourceAsStream(file)) {
            if (bytes != null) {
                for (MethodModel model : ClassFile.of().parse(bytes.readAllBytes()).methods()) {
                    if (model.methodName().equalsString(method.getName())
                            && model.methodType().equalsString(descriptor)) {
                        return model.toDebugString();
                    }
                }
            }
            return "There is no class file of " + owner.getName() + ".\n";
        } catch (IOException e) {
            throw new TornadoRuntimeException("cannot read the class file of " + owner.getName());
        }
    }
}
