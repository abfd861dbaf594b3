package org.tornadovit.runtime;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.device.DeviceInfo;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The compiled kernels that TornadoVM's property {@value #PROPERTY} names for tasks on FPGAs: a
 * file, then the tasks whose kernels are in it with their devices, then further files, all with
 * commas between them, as in {@code /path/lookupBufferAddress,s0.t0.device=0:1}.
 *
 * @param file the file
 * @param place backend and device
 */
record Precompiled(Path file, String place) {
    /** The property's name. */
    static final String PROPERTY = "tornado.precompiled.binary";

    private static final Pattern TASK = Pattern.compile("(.+)\\.device=(\\d+:\\d+)");

    /**
     * {@return the file for a task on a device, if there is one}
     *
     * @param task its name, as in {@code s0.t0}
     */
    static Optional<Path> of(String task, LogicalDevice device) {
        if (device.info().backend() != DeviceInfo.Backend.FPGA) {
            return Optional.empty();
        }
        Precompiled named =
                Settings.said(PROPERTY).map(Precompiled::parse).orElse(Map.of()).get(task);
        if (named == null) {
            return Optional.empty();
        }
        String place = device.getBackendIndex() + ":" + device.index();
        if (!named.place.equals(place)) {
            throw new TornadoRuntimeException(
                    "-D%s names a file for task %s on device %s, but it runs on %s (%s)"
                            .formatted(PROPERTY, task, named.place, place, device.info().name()));
        }
        return Optional.of(named.file);
    }

    /** {@return the files by task} */
    static Map<String, Precompiled> parse(String text) {
        Map<String, Precompiled> tasks = new HashMap<>();
        Optional<Path> file = Optional.empty();
        boolean used = true;
        for (String part : text.split(",", -1)) {
            Matcher task = TASK.matcher(part.strip());
            if (!task.matches()) {
                require(used && !part.isBlank(), text);
                file = Optional.of(Path.of(part.strip()));
                used = false;
            } else {
                require(file.isPresent(), text);
                tasks.put(task.group(1), new Precompiled(file.orElseThrow(), task.group(2)));
                used = true;
            }
        }
        require(used, text);
        return tasks;
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw new TornadoRuntimeException(
                    "-D%s=%s is not understood; write FILE,GRAPH.TASK.device=BACKEND:DEVICE"
                            .formatted(PROPERTY, text));
        }
    }
}
