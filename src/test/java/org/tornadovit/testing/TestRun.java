package org.tornadovit.testing;

import java.io.PrintStream;
import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.tornadovit.codegen.ptx.StandInKernels;

/**
 * Passes the test classes that the arguments name, where there is no Maven; prints each failure and
 * a last line with numbers, and ends with status 1 when there is a failure. Where a driver stands
 * in for NVIDIA's, its kernels are interpreted.
 */
public final class TestRun {
    private static final int LONGEST = 600;

    private TestRun() {}

    public static void main(String[] classes) {
        if (System.getenv("CUDA_STAND_IN") != null) {
            StandInKernels.install();
        }
        System.exit(of(classes) ? 0 : 1);
    }

    /** {@return whether all tests of the classes pass} */
    public static boolean of(String... classes) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                Arrays.stream(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                        .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintStream out = System.out;
        for (TestExecutionSummary.Failure failure : summary.getFailures()) {
            String said = String.valueOf(failure.getException()).replaceAll("\\s+", " ");
            out.printf(
                    "FAILED %s: %s%n",
                    failure.getTestIdentifier().getUniqueId(),
                    said.substring(0, Math.min(LONGEST, said.length())));
        }
        out.printf(
                "%d passed, %d failed, %d skipped%n",
                summary.getTestsSucceededCount(),
                summary.getFailures().size(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
        return summary.getFailures().isEmpty();
    }
}
