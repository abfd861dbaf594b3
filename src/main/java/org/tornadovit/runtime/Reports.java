package org.tornadovit.runtime;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.IntFunction;
import org.tornadovit.device.cpu.CheckFailedException;
import org.tornadovit.ir.Stmt;
import uk.ac.manchester.tornado.api.exceptions.TornadoFailureException;

/** Turns the failed checks of kernels into exceptions with task, source line and value. */
final class Reports {
    private Reports() {}

    /**
     * Looks at the record of a kernel's checks.
     *
     * @throws TornadoFailureException when one failed
     */
    static void check(Step.ReadReport report, String task) {
        int number = report.report().get(ValueLayout.JAVA_INT, 0);
        if (number != 0) {
            int value = report.report().get(ValueLayout.JAVA_INT, Integer.BYTES);
            Stmt.Check check = report.stage().stage().checks().get(number - 1);
            throw new TornadoFailureException(message(task, check, value));
        }
    }

    /** {@return the exception for a failure of the queues} */
    static RuntimeException explain(
            RuntimeException failure,
            String graph,
            List<List<BoundStage>> tasks,
            IntFunction<String> names) {
        if (!(failure instanceof CheckFailedException failed)) {
            return Failures.of("graph " + graph, failure);
        }
        for (List<BoundStage> stages : tasks) {
            for (BoundStage bound : stages) {
                List<Stmt.Check> checks = bound.stage().checks();
                if (bound.stage().code().entry().equals(failed.kernel())
                        && failed.check() < checks.size()) {
                    String text =
                            message(
                                    names.apply(bound.task()),
                                    checks.get(failed.check()),
                                    failed.value());
                    TornadoFailureException explained = new TornadoFailureException(text);
                    explained.initCause(failed);
                    return explained;
                }
            }
        }
        return Failures.of("graph " + graph, failure);
    }

    private static String message(String task, Stmt.Check check, int value) {
        String what =
                switch (check.trap()) {
                    case INDEX -> "index " + value + " is out of bounds";
                    case DIVISION -> "an integer is divided by zero";
                    case NULL -> "element " + value + " is null";
                    case WARP ->
                            "matrix fragments need groups of a multiple of 32 work-items, not of "
                                    + value;
                    case SIZE -> "an array would have " + value + " elements";
                    case ARGUMENT -> "a lower bound (" + value + ") is above the upper one";
                    case OVERFLOW -> "an integer overflows";
                    case SHAPE ->
                            "a matrix of "
                                    + value
                                    + " columns that is not square is transposed in place";
                };
        return "task " + task + ": " + what + " at " + check.site();
    }
}
