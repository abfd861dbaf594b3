package uk.ac.manchester.tornado.api.common;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.AccessorParameters;

/** A task whose device code exists already, in a file of the device's language. */
public class PrebuiltTaskPackage extends TaskPackage {
    private final String entryPoint;
    private final String filename;
    private final Object[] arguments;
    private final Access[] accesses;
    private int @Nullable [] atomics;

    PrebuiltTaskPackage(
            String id, String entryPoint, String filename, AccessorParameters accessors) {
        this(id, entryPoint, filename, arguments(accessors), accesses(accessors));
    }

    private PrebuiltTaskPackage(
            String id, String entryPoint, String filename, Object[] arguments, Access[] accesses) {
        super(id, arguments);
        this.entryPoint = entryPoint;
        this.filename = filename;
        this.arguments = arguments;
        this.accesses = accesses;
    }

    private static Object[] arguments(AccessorParameters accessors) {
        Object[] arguments = new Object[accessors.numAccessors()];
        Arrays.setAll(arguments, i -> accessors.getAccessor(i).object());
        return arguments;
    }

    private static Access[] accesses(AccessorParameters accessors) {
        Access[] accesses = new Access[accessors.numAccessors()];
        Arrays.setAll(accesses, i -> accessors.getAccessor(i).access());
        return accesses;
    }

    /** Gives the initial values of an atomics region. */
    public PrebuiltTaskPackage withAtomics(int[] atomics) {
        this.atomics = atomics;
        return this;
    }

    /** {@return the kernel's name} */
    public String getEntryPoint() {
        return entryPoint;
    }

    /** {@return the file with the kernel} */
    public String getFilename() {
        return filename;
    }

    /** {@return the arguments} */
    public Object[] getArgs() {
        return arguments;
    }

    /** {@return how the kernel uses each argument} */
    public Access[] getAccesses() {
        return accesses;
    }

    /** {@return the initial values of the atomics region, null if there is none} */
    public int @Nullable [] getAtomics() {
        return atomics;
    }

    @Override
    public boolean isPrebuiltTask() {
        return true;
    }
}
