package org.tornadovit.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.TaskPackage;

/**
 * Turns calls of a library's functions into tasks. Providers are found by {@link
 * java.util.ServiceLoader}; each has a public constructor without parameters.
 */
public interface TornadoLibraryProvider {
    /** {@return the library's name, as {@link LibraryTaskDescriptor#withLibrary} takes it} */
    String library();

    /** {@return the names of its functions} */
    List<String> functions();

    /**
     * {@return the tasks that do what a call does, in order}
     *
     * <p>Arrays of the tasks that are no parameters of the call stay on the device.
     *
     * @param id the name of the last task, with which the names of the others begin
     * @param call one of this library's functions with its parameters
     * @throws IllegalArgumentException when the parameters do not fit the function
     */
    List<TaskPackage> tasks(String id, LibraryTaskDescriptor call);
}
