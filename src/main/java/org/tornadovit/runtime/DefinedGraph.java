package org.tornadovit.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.PrebuiltTaskPackage;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/** The part of a graph that says what it does: tasks and transfers. */
abstract class DefinedGraph extends ProfiledGraph {
    private final String name;
    private final GraphDefinition definition;

    DefinedGraph(GraphDefinition definition) {
        super(new GraphProfile(definition.name()));
        this.name = definition.name();
        this.definition = definition;
    }

    final GraphDefinition definition() {
        return definition;
    }

    @Override
    public void addLibraryTask(String id, LibraryTaskDescriptor libraryTaskDescriptor) {
        List<Object> given = arguments(id, libraryTaskDescriptor.getParameters());
        for (TaskPackage task : Libraries.tasks(name + "." + id, id, libraryTaskDescriptor)) {
            for (Object argument : task.getTaskParameters()) {
                if (HostArray.isArray(argument) && given.stream().noneMatch(g -> g == argument)) {
                    definition.keep(argument);
                }
            }
            addTask(task);
            definition.group(id, task.getId());
        }
    }

    @Override
    public void addPrebuiltTask(TaskPackage taskPackage) {
        if (!(taskPackage instanceof PrebuiltTaskPackage task)) {
            throw new TornadoTaskRuntimeException(
                    "task " + name + "." + taskPackage.getId() + " is no prebuilt task");
        }
        int[] atomics = task.getAtomics();
        PrebuiltKernel kernel =
                new PrebuiltKernel(
                        task.getEntryPoint(),
                        Path.of(task.getFilename()),
                        List.of(task.getAccesses()),
                        atomics == null ? List.of() : Arrays.stream(atomics).boxed().toList());
        definition.add(
                new TaskDefinition.OfFile(
                        name, task.getId(), kernel, arguments(task.getId(), task.getArgs())));
    }

    @Override
    public void addTask(TaskPackage taskPackage) {
        Object[] parameters = taskPackage.getTaskParameters();
        Object[] own = Arrays.copyOfRange(parameters, 1, parameters.length);
        definition.add(
                new TaskDefinition.OfMethod(
                        name,
                        taskPackage.getId(),
                        TaskMethods.of(name, taskPackage),
                        arguments(taskPackage.getId(), own)));
    }

    private List<Object> arguments(String task, Object[] given) {
        List<Object> arguments = new ArrayList<>();
        for (Object argument : given) {
            if (argument == null) {
                throw new TornadoTaskRuntimeException(
                        "task "
                                + name
                                + "."
                                + task
                                + ": argument "
                                + (arguments.size() + 1)
                                + " is null; pass an array, a number or a KernelContext");
            }
            arguments.add(argument);
        }
        return arguments;
    }

    @Override
    public void consumeFromDevice(Object... objects) {
        definition.consume("", objects);
    }

    @Override
    public void consumeFromDevice(String uniqueTaskGraphName, Object... objects) {
        definition.consume(uniqueTaskGraphName, objects);
    }

    @Override
    public void transferToDevice(int mode, Object... objects) {
        definition.toDevice(mode, objects);
    }

    @Override
    public void transferToHost(int mode, Object... objects) {
        definition.toHost(mode, objects);
    }

    @Override
    public Set<Object> getArgumentsLookup() {
        return definition.named();
    }

    @Override
    public Collection<?> getOutputs() {
        return definition.outputs();
    }

    @Override
    public Map<String, List<Object>> getPersistedTaskToObjectsMap() {
        return Map.of(name, List.copyOf(definition.outputs()));
    }

    @Override
    public String getId() {
        return name;
    }

    @Override
    public String getTaskGraphName() {
        return name;
    }
}
