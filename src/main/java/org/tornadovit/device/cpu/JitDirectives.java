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
 * Asks HotSpot to compile the outlined loops of generated kernels with its optimising compiler alone,
 * and to wait for the result.
 *
 * <p>The quick compiler gives up on methods with many vectors ("out of virtual registers"), after
 * which HotSpot runs them slowly for good: a product of attention weights and values stayed at 80 ms
 * instead of 1 ms. Waiting costs less than interpreting the Vector API meanwhile.
 */
final class JitDirectives {
    private static final Logger LOGGER = System.getLogger(JitDirectives.class.getName());

    private static final String DIRECTIVES =
            """
            [{
              match: ["org/tornadovit/device/cpu/*.body*"],
              c1: { Exclude: true },
              c2: { BackgroundCompilation: false }
            }]
            """;

    private JitDirectives() {}

    /** Runs once, when the class is first used. */
    private static final boolean ACTIVE = add();

    /** Makes sure that the directives are in force; a JVM without them runs kernels all the same. */
    static boolean ensure() {
        return ACTIVE;
    }

    private static boolean add() {
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
                return true;
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            LOGGER.log(
                    Level.WARNING,
                    "This JVM takes no compiler directives; kernels need longer to warm up",
                    e);
            return false;
        }
    }
}
