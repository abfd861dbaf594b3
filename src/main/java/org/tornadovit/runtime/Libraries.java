package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The libraries on the class path. */
final class Libraries {
    private Libraries() {}

    /**
     * {@return the tasks of a call}
     *
     * @param name the task's name in its plan
     * @throws TornadoRuntimeException when there is no such function, saying which there are
     */
    static List<TaskPackage> tasks(String name, String id, LibraryTaskDescriptor call) {
        TreeMap<String, List<String>> known = new TreeMap<>();
        for (TornadoLibraryProvider provider : ServiceLoader.load(TornadoLibraryProvider.class)) {
            if (provider.library().equals(call.getLibraryName())
                    && provider.functions().contains(call.getFunctionName())) {
                return tasks(name, id, call, provider);
            }
            known.computeIfAbsent(provider.library(), _ -> new ArrayList<>())
                    .addAll(provider.functions());
        }
        throw new TornadoRuntimeException(
                "library task "
                        + name
                        + ": there is no function "
                        + call.getFunctionName()
                        + " of a library "
                        + call.getLibraryName()
                        + "; found are "
                        + known
                        + "; put a TornadoLibraryProvider with it on the class path");
    }

    private static List<TaskPackage> tasks(
            String name, String id, LibraryTaskDescriptor call, TornadoLibraryProvider provider) {
        try {
            return provider.tasks(id, call);
        } catch (IllegalArgumentException e) {
            TornadoRuntimeException failure =
                    new TornadoRuntimeException("library task " + name + ": " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
