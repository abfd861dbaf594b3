package org.tornadovit.device.cpu;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Asks HotSpot to compile the methods of generated kernels that have vectors with its optimising
 * compiler alone, and to wait for the result.
 *
 * <p>The quick compiler needs as long for such a method and makes code as slow as the interpreter,
 * or gives up ("out of virtual registers"). Waiting costs less than interpreting the Vector API
 * meanwhile.
 *
 * <p>A load of one element goes through methods of {@code Unsafe} that are not always inlined: when
 * the interpreter has seen a loop run without iterations only, HotSpot takes their calls for rare,
 * and a call in a loop costs all vectors their registers.
 *
 * <p>The request goes through the management beans, which take a fraction of a second to start: a
 * thread does it while the first kernel is still on its way.
 */
final class JitDirectives {
    private static final Logger LOGGER = System.getLogger(JitDirectives.class.getName());

    private static final String DIRECTIVES =
            """
            [{
              match: ["org/tornadovit/device/cpu/*.vector*"],
              inline: [
                "+jdk/internal/misc/Unsafe.getShortUnaligned",
                "+jdk/internal/misc/Unsafe.getIntUnaligned",
                "+jdk/internal/misc/Unsafe.getLongUnaligned",
                "+jdk/internal/misc/Unsafe.convEndian"
              ],
              c1: { Exclude: true },
              c2: { BackgroundCompilation: false }
            }]
            """;

    private static final Thread REQUEST =
            Thread.ofPlatform()
                    .daemon()
                    .name("tornado-vit directives")
                    .unstarted(JitDirectives::add);

    private JitDirectives() {}

    /** Asks for the directives, once; a JVM that refuses runs kernels all the same. */
    static synchronized void request() {
        if (REQUEST.getState() == Thread.State.NEW) {
            REQUEST.start();
        }
    }

    /** Waits until HotSpot has answered. */
    static void await() {
        try {
            REQUEST.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // kernels run without the directives too
        }
    }

    private static void add() {
        try {
            Path file = Files.createTempFile("tornado-vit-directives", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            LOGGER.log(
                    Level.WARNING,
                    "This JVM takes no compiler directives; kernels need longer to warm up",
                    e);
        }
    }
}
