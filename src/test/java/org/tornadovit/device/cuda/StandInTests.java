package org.tornadovit.device.cuda;

import java.util.Arrays;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.tornadovit.codegen.ptx.StandInKernels;

/** Passes the test classes that the arguments name, in a process with a driver that stands in. */
final class StandInTests {
    private StandInTests() {}

    public static void main(String[] classes) {
        StandInKernels.install();
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
        summary.getFailures()
                .forEach(f ->
                        System.out.println(
                                "FAILED "
                                        + f.getTestIdentifier().getUniqueId()
                                        + " "
                                        + f.getException()));
        System.out.printf(
                "%d passed, %d failed, %d skipped, %d kernels, %d live%n",
                summary.getTestsSucceededCount(),
                summary.getTestsFailedCount(),
                summary.getTestsSkippedCount(),
                StandInKernels.launches(),
                StandInKernels.live());
    }
}
