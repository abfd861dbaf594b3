package uk.ac.manchester.tornado.api;

import org.jspecify.annotations.Nullable;

/** What the worker grids of one, two and three dimensions share. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
    /** Work items per dimension. */
    protected long[] globalWork;

    /** Work items of a group per dimension; null where the runtime chooses. */
    protected long @Nullable [] localWork;

    /** Groups per dimension; null where the runtime chooses. */
    protected long @Nullable [] numOfWorkgroups;

    /** The first index per dimension. */
    protected long[] globalOffset;

    /** Makes a grid of so many work items per dimension. */
    protected AbstractWorkerGrid(long x, long y, long z) {
        globalWork = new long[] {x, y, z};
        globalOffset = new long[] {0, 0, 0};
    }

    @Override
    public long[] getGlobalWork() {
        return globalWork;
    }

    @Override
    public long @Nullable [] getLocalWork() {
        return localWork;
    }

    @Override
    public long @Nullable [] getNumberOfWorkgroups() {
        return numOfWorkgroups;
    }

    @Override
    public long[] getGlobalOffset() {
        return globalOffset;
    }

    @Override
    public void setGlobalWork(long x, long y, long z) {
        globalWork = new long[] {x, y, z};
        countGroups();
    }

    @Override
    public void setLocalWork(long x, long y, long z) {
        if (x < 1 || y < 1 || z < 1) {
            throw new IllegalArgumentException(
                    "a group must have at least one work item per dimension, not "
                            + x
                            + " x "
                            + y
                            + " x "
                            + z);
        }
        localWork = new long[] {x, y, z};
        countGroups();
    }

    @Override
    public void setGlobalOffset(long x, long y, long z) {
        globalOffset = new long[] {x, y, z};
    }

    @Override
    public void setLocalWorkToNull() {
        localWork = null;
        numOfWorkgroups = null;
    }

    @Override
    public void setNumberOfWorkgroupsToNull() {
        numOfWorkgroups = null;
    }

    private void countGroups() {
        long[] local = localWork;
        if (local != null) {
            numOfWorkgroups =
                    new long[] {
                        Math.ceilDiv(globalWork[0], local[0]),
                        Math.ceilDiv(globalWork[1], local[1]),
                        Math.ceilDiv(globalWork[2], local[2])
                    };
        }
    }
}
