package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.enums.TornadoExecutionStatus;

/** The times of something a device did, in nanoseconds unless the name says seconds. */
public interface ProfiledAction {
    long getDriverDispatchTime();

    long getElapsedTime();

    double getElapsedTimeInSeconds();

    long getEndTime();

    String getName();

    long getQueuedTime();

    long getStartTime();

    TornadoExecutionStatus getStatus();

    long getSubmitTime();

    double getTotalTimeInSeconds();
}
