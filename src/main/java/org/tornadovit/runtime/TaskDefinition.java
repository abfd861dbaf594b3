package org.tornadovit.runtime;

import java.lang.reflect.Method;
import java.util.List;
import org.tornadovit.frontend.KernelMethod;

/** A task of a graph. */
sealed interface TaskDefinition {
    /** {@return the graph's name} */
    String graph();

    /** {@return the task's name in its graph} */
    String id();

    /** {@return the task's arguments, without what its code captures} */
    List<Object> arguments();

    /** {@return what runs, for people} */
    String code();

    /** {@return the task prepared for a device that stores floats so} */
    TaskPlan on(LogicalDevice device, Storage storage);

    /** {@return the name in a plan, {@code graph.task}} */
    default String name() {
        return graph() + "." + id();
    }

    /**
     * A task whose code is a Java method.
     *
     * @param method the code
     */
    record OfMethod(String graph, String id, KernelMethod method, List<Object> arguments)
            implements TaskDefinition {
        /** Copies the list. */
        public OfMethod {
            arguments = List.copyOf(arguments);
        }

        /** {@return all arguments of the method, what it captures first} */
        List<Object> values() {
            return method.arguments(arguments);
        }

        @Override
        public String code() {
            Method own = method.method();
            return own.getDeclaringClass().getSimpleName() + "." + own.getName();
        }

        @Override
        public TaskPlan on(LogicalDevice device, Storage storage) {
            return MethodPlan.of(this, device, storage);
        }
    }

    /**
     * A task whose code is a file in a device's language.
     *
     * @param kernel the code and how it uses the arguments
     */
    record OfFile(String graph, String id, PrebuiltKernel kernel, List<Object> arguments)
            implements TaskDefinition {
        /** Copies the list. */
        public OfFile {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String code() {
            return kernel.entry();
        }

        @Override
        public TaskPlan on(LogicalDevice device, Storage storage) {
            storage.require(Storage.FP32, "a prebuilt kernel");
            return new PrebuiltPlan(this, device);
        }
    }

    /**
     * A task that is prepared already.
     *
     * @param plan the task for its device
     */
    record OfPlan(TaskPlan plan) implements TaskDefinition {
        @Override
        public String graph() {
            return plan.task().graph();
        }

        @Override
        public String id() {
            return plan.task().id();
        }

        @Override
        public List<Object> arguments() {
            return plan.values();
        }

        @Override
        public String code() {
            return plan.task().code();
        }

        @Override
        public TaskPlan on(LogicalDevice device, Storage storage) {
            storage.require(Storage.FP32, "a task that runs in parts");
            return plan;
        }
    }
}
