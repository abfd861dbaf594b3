package org.tornadovit.lab.measure;

import java.util.List;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Inventory;

/** What a comparison needs from outside: devices and models to run on them. */
public interface Bench {
    /** {@return which devices there are, and why others are not} */
    Inventory inventory();

    /**
     * Finds devices by name.
     *
     * @param names names such as {@code jvm}, {@code opencl}, {@code opencl:0:0}, or {@code all}
     * @return the devices, each once, in the order named
     * @throws LabException when there is no such device
     */
    List<DeviceFacts> devices(List<String> names);

    /**
     * Measures what a device can do at best.
     *
     * @param device full name of a device
     * @return the rates
     */
    CeilingRow ceiling(String device);

    /**
     * Checks the name of a model, its image size and that its weights are there, without reading
     * them.
     *
     * @param model name of the model
     * @throws LabException when there is no such model or it cannot be as the experiment wants it
     */
    void requireModel(String model);

    /**
     * Finds a model and its weights.
     *
     * @param model name of the model
     * @return the model, ready to be prepared
     * @throws LabException when there is no such model or its weights do not fit
     */
    Candidate candidate(String model);
}
