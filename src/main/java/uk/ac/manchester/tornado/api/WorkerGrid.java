package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** An ND range of work items: global and local sizes, offset and number of groups per dimension. */
public interface WorkerGrid {
    int dimension();

    long[] getGlobalOffset();

    long[] getGlobalWork();

    /** {@return the sizes of a group, null where the runtime chooses} */
    long @Nullable [] getLocalWork();

    /** {@return the numbers of groups, null where the runtime chooses} */
    long @Nullable [] getNumberOfWorkgroups();

    void setGlobalOffset(long x, long y, long z);

    void setGlobalWork(long x, long y, long z);

    void setLocalWork(long x, long y, long z);

    void setLocalWorkToNull();

    void setNumberOfWorkgroupsToNull();
}
