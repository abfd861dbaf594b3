package org.tornadovit.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.tornadovit.frontend.KernelMethod;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * A graph whose tasks run one after the other as plain Java on the arrays of the host, because they
 * cannot be compiled and {@link Settings#RECOVER} asks for it.
 *
 * @param tasks the methods of the tasks, in order
 */
record SequentialGraph(List<TaskDefinition.OfMethod> tasks) {
    /** Copies the list. */
    SequentialGraph {
        tasks = List.copyOf(tasks);
    }

    /**
     * {@return the graph as Java, if that is asked for and means the same} The code of one
     * work-item, prebuilt kernels and arrays that lie on devices have no meaning there.
     *
     * @param failure why the graph cannot run on its devices
     */
    static Optional<SequentialGraph> of(GraphDefinition definition, RuntimeException failure) {
        boolean uncompiled =
                failure instanceof TornadoBailoutRuntimeException
                        || failure instanceof TornadoCompilationException;
        boolean possible =
                definition.tasks().stream().allMatch(SequentialGraph::isJava)
                        && definition.movements().stream().noneMatch(m -> m.consumed());
        if (!uncompiled || !possible || !Settings.isOn(Settings.RECOVER)) {
            return Optional.empty();
        }
        Notes.once(
                "graph "
                        + definition.name()
                        + " runs as sequential Java, as "
                        + Settings.RECOVER
                        + " asks for: "
                        + failure.getMessage());
        return Optional.of(
                new SequentialGraph(
                        definition.tasks().stream()
                                .map(TaskDefinition.OfMethod.class::cast)
                                .toList()));
    }

    private static boolean isJava(TaskDefinition task) {
        return task instanceof TaskDefinition.OfMethod method
                && method.values().stream().noneMatch(KernelContext.class::isInstance);
    }

    /** Runs the tasks. */
    void run() {
        tasks.forEach(task -> run(task.name(), task.method(), task.arguments()));
    }

    private static void run(String name, KernelMethod kernel, List<Object> arguments) {
        Method method = kernel.method();
        List<Object> all = kernel.arguments(arguments);
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        List<Object> own = isStatic ? all : all.subList(1, all.size());
        try {
            method.setAccessible(true);
            method.invoke(isStatic ? null : all.getFirst(), own.toArray());
        } catch (InvocationTargetException e) {
            TornadoRuntimeException failure =
                    new TornadoRuntimeException("task " + name + ": " + e.getCause());
            failure.initCause(e.getCause());
            throw failure;
        } catch (IllegalAccessException e) {
            throw new TornadoRuntimeException("task " + name + ": " + e.getMessage());
        }
    }
}
