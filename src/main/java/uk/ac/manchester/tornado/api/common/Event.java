package uk.ac.manchester.tornado.api.common;

/** Something enqueued on a device that can be waited for. */
public interface Event extends ProfiledAction {
    void waitForEvents(long executionPlanId);

    void waitOn();
}
