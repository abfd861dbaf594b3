package org.tornadovit.runtime;

import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;

/**
 * Refuses what the API has for the inside of other runtimes, or does nothing where that is right.
 */
abstract class InnerCalls implements TornadoTaskGraphInterface {
    @Override
    public void addInner(SchedulableTask task) {
        throw internal("addInner");
    }

    @Override
    public void apply(Consumer<SchedulableTask> consumer) {
        throw internal("apply");
    }

    @Override
    public SchedulableTask getTask(String taskNameID) {
        throw internal("getTask");
    }

    @Override
    public void mapAllToInner(TornadoDevice device) {
        throw internal("mapAllToInner");
    }

    @Override
    public TaskContextInterface meta() {
        throw internal("meta");
    }

    @Override
    public void scheduleInner() {
        throw internal("scheduleInner");
    }

    @Override
    public void updateObjectAccess() {
        // accesses are read from the kernels
    }

    @Override
    public void updatePersistedObjectState() {
        // arrays of other graphs are looked up at each execution
    }

    @Override
    public boolean isLastDeviceListEmpty() {
        return true;
    }

    private static TornadoRuntimeException internal(String method) {
        return new TornadoRuntimeException(
                "TornadoTaskGraphInterface." + method + " is for the inside of other runtimes");
    }
}
