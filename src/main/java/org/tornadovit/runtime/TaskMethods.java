package org.tornadovit.runtime;

import java.util.Arrays;
import java.util.List;
import org.tornadovit.frontend.CallSites;
import org.tornadovit.frontend.KernelMethod;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;

/** Finds the Java method that a task's method reference or lambda stands for. */
final class TaskMethods {
    private TaskMethods() {}

    /**
     * {@return the method of a task}
     *
     * @param graph the graph's name
     * @throws TornadoBailoutRuntimeException when it cannot be found
     */
    static KernelMethod of(String graph, TaskPackage task) {
        Object function = task.getTaskParameters()[0];
        try {
            return isSerializable(function)
                    ? KernelMethod.resolve(function)
                    : CallSites.resolve(function, callers(), 1);
        } catch (IllegalArgumentException e) {
            throw new TornadoBailoutRuntimeException(
                    "task " + graph + "." + task.getId() + ": " + e.getMessage(), e);
        }
    }

    /** Lambdas of classes compiled against TornadoVM's own API lack {@code writeReplace}. */
    private static boolean isSerializable(Object function) {
        return !function.getClass().isHidden()
                || Arrays.stream(function.getClass().getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("writeReplace"));
    }

    /** {@return the methods under way, from the one that called the API} */
    private static List<StackWalker.StackFrame> callers() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.dropWhile(frame -> isInside(frame.getDeclaringClass())).toList());
    }

    private static boolean isInside(Class<?> type) {
        return type == TaskMethods.class
                || TornadoTaskGraphInterface.class.isAssignableFrom(type)
                || type == TaskGraph.class
                || type == TaskPackage.class;
    }
}
