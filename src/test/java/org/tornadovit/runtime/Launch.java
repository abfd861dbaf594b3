package org.tornadovit.runtime;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/** Runs any static method as a task of its own graph, as a user would with a method reference. */
public final class Launch {
    private Launch() {}

    /** {@return the static method {@code owner.name}} */
    public static Method method(Class<?> owner, String name) {
        return Stream.of(owner.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the method on the JVM, as plain Java. */
    public static void java(Method method, Object... arguments) {
        try {
            method.setAccessible(true);
            method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the method on a device; objects are copied to it and back. */
    public static void on(TornadoDevice device, Method method, Object... arguments) {
        items(device, method, 0, 1, arguments);
    }

    /**
     * Runs a method with a KernelContext.
     *
     * @param items work-items, in groups of {@code group}; 0 for a method without a context
     */
    public static void items(
            TornadoDevice device, Method method, int items, int group, Object... arguments) {
        WorkerGrid grid = new WorkerGrid1D(items);
        grid.setLocalWork(group, 1, 1);
        grid(device, method, items == 0 ? Optional.empty() : Optional.of(grid), arguments);
    }

    /** Runs a method, with a KernelContext where there is a grid. */
    public static void grid(
            TornadoDevice device, Method method, Optional<WorkerGrid> grid, Object... arguments) {
        TaskGraph graph = new TaskGraph("g");
        Object[] objects =
                Stream.of(arguments)
                        .filter(a -> HostArray.isArray(a) || !(a instanceof Number))
                        .filter(a -> !(a instanceof Boolean || a instanceof Character))
                        .filter(a -> !(a instanceof KernelContext))
                        .toArray();
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, objects);
        task(graph, method, arguments);
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, objects);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            grid.ifPresent(g -> plan.withGridScheduler(new GridScheduler("g.t", g)));
            plan.execute();
        } catch (uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void task(TaskGraph graph, Method method, Object[] arguments) {
        try {
            Class<?> type =
                    Class.forName(TornadoFunctions.class.getName() + "$Task" + arguments.length);
            List<Class<?>> parameters = new ArrayList<>(List.of(String.class, type));
            arguments = arguments.clone();
            for (int i = 0; i < arguments.length; i++) {
                parameters.add(Object.class);
            }
            Method task = TaskGraph.class.getMethod("task", parameters.toArray(Class<?>[]::new));
            List<Object> values = new ArrayList<>(List.of("t", function(type, method)));
            values.addAll(List.of(arguments));
            task.invoke(graph, values.toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A class of another loader gives its own by a static method called {@code lookup}. */
    private static MethodHandles.Lookup lookup(Class<?> type) throws ReflectiveOperationException {
        if (type.getClassLoader() == Launch.class.getClassLoader()) {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        }
        Method own = type.getDeclaredMethod("lookup");
        own.setAccessible(true);
        return (MethodHandles.Lookup) own.invoke(null);
    }

    /** {@return what javac makes of {@code Owner::method} where a task is expected} */
    private static Object function(Class<?> type, Method method) {
        try {
            MethodHandles.Lookup lookup = lookup(method.getDeclaringClass());
            MethodHandle handle = lookup.unreflect(method);
            Method apply =
                    Stream.of(type.getMethods())
                            .filter(m -> m.getName().equals("apply"))
                            .findFirst()
                            .orElseThrow();
            MethodType erased =
                    MethodType.methodType(apply.getReturnType(), apply.getParameterTypes());
            CallSite site =
                    LambdaMetafactory.altMetafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(type),
                            erased,
                            handle,
                            handle.type().wrap().changeReturnType(void.class),
                            LambdaMetafactory.FLAG_SERIALIZABLE);
            return site.getTarget().invoke();
        } catch (Throwable e) { // invoke declares it
            throw new IllegalStateException(e);
        }
    }
}
