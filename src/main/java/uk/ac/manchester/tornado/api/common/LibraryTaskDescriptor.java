package uk.ac.manchester.tornado.api.common;

import org.jspecify.annotations.Nullable;

/** A call of a device library's function, as a library task returns it. */
public class LibraryTaskDescriptor {
    private @Nullable String libraryName;
    private @Nullable String functionName;
    private Object[] parameters = {};
    private Access[] access = {};
    private @Nullable Object tuning;

    /** Makes an empty description. */
    public LibraryTaskDescriptor() {}

    /** Names the library. */
    public LibraryTaskDescriptor withLibrary(String libraryName) {
        this.libraryName = libraryName;
        return this;
    }

    /** Names the function. */
    public LibraryTaskDescriptor withFunction(String functionName) {
        this.functionName = functionName;
        return this;
    }

    /** Gives the arguments. */
    public LibraryTaskDescriptor withParameters(Object[] parameters) {
        this.parameters = parameters;
        return this;
    }

    /** Says how the function uses each argument. */
    public LibraryTaskDescriptor withAccess(Access[] access) {
        this.access = access;
        return this;
    }

    /** Gives what only the library understands. */
    public LibraryTaskDescriptor withTuning(Object tuning) {
        this.tuning = tuning;
        return this;
    }

    /** {@return the library's name} */
    public @Nullable String getLibraryName() {
        return libraryName;
    }

    /** {@return the function's name} */
    public @Nullable String getFunctionName() {
        return functionName;
    }

    /** {@return the arguments} */
    public Object[] getParameters() {
        return parameters;
    }

    /** {@return how the function uses each argument} */
    public Access[] getAccess() {
        return access;
    }

    /** {@return what only the library understands} */
    public @Nullable Object getTuning() {
        return tuning;
    }
}
