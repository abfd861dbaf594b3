package org.tornadovit.lab.measure;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Inventory;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The devices that the runtime offers, by the names of the command line: {@code jvm}, {@code none},
 * and {@code backend:platform:device} for the others, such as {@code opencl:0:0}; {@code none:} and
 * a backend compiles for it without having it.
 */
public final class Devices {
    /** Stands for every device that can run something. */
    public static final String ALL = "all";

    /** Compiles everything and runs nothing. */
    public static final String NONE = "none";

    private static final Pattern NAMED =
            Pattern.compile("(jvm|none(:[a-z]+(:[a-z][a-z0-9_]*)?)?|cuda:\\d+|[a-z]+:\\d+:\\d+): ");

    /** Where the runtime says, a line each, which backends have no device and why. */
    private static final String ABSENT_PROPERTY = "tornadovit.absent";

    private final Map<String, TornadoDevice> found = new LinkedHashMap<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    /** Asks the runtime for its devices. */
    public Devices() {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        for (int b = 0; b < runtime.getNumBackends(); b++) {
            List<TornadoDevice> devices = runtime.getBackend(b).getAllDevices();
            for (int d = 0; d < devices.size(); d++) {
                found.put(name(devices.get(d), d), devices.get(d));
            }
        }
        TornadoRuntimeProvider.getProperty(ABSENT_PROPERTY, "")
                .lines()
                .map(line -> line.split(": ", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> absent.put(parts[0], parts[1]));
    }

    /** The runtime begins a description with the name; another runtime's devices are numbered. */
    private static String name(TornadoDevice device, int index) {
        Matcher described = NAMED.matcher(device.getDescription());
        return described.lookingAt()
                ? described.group(1)
                : switch (device.getTornadoVMBackend()) {
                    case JAVA -> "jvm";
                    case VIRTUAL -> NONE;
                    case OPENCL, METAL, PTX, CUDA, SPIRV ->
                            "%s:0:%d"
                                    .formatted(
                                            device.getTornadoVMBackend()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT),
                                            index);
                };
    }

    /** {@return the names of all devices that can run something} */
    public List<String> names() {
        return found.keySet().stream().filter(name -> !runsNothing(name)).toList();
    }

    /** {@return the devices there are, and why others are not} */
    public Inventory inventory() {
        return new Inventory(names(), absent);
    }

    /**
     * Finds devices.
     *
     * @param wanted full names, backends for all of their devices, or {@code all}
     * @return full names, each once, in the order wanted
     * @throws LabException when there is no such device
     */
    public List<String> select(List<String> wanted) {
        Set<String> selected = new LinkedHashSet<>();
        for (String name : wanted) {
            List<String> matching =
                    found.keySet().stream().filter(device -> matches(name, device)).toList();
            if (matching.isEmpty()) {
                throw new LabException(
                        "There is no device '%s'; found: %s. %s"
                                .formatted(
                                        name,
                                        String.join(", ", found.keySet()),
                                        absent.getOrDefault(name.replaceFirst(":.*", ""), ""))
                                .strip());
            }
            selected.addAll(matching);
        }
        return List.copyOf(selected);
    }

    private static boolean matches(String wanted, String device) {
        return wanted.equals(ALL)
                ? !runsNothing(device)
                : device.equals(wanted) || device.startsWith(wanted + ":") && !wanted.equals(NONE);
    }

    private static boolean runsNothing(String device) {
        return device.equals(NONE) || device.startsWith(NONE + ":");
    }

    /**
     * Finds a device to compile for.
     *
     * @param wanted a full name, or one that stands for its first device
     * @return the full name; where no such device is found, that of one without hardware which
     *     takes the same language
     * @throws LabException when there is neither
     */
    public String target(String wanted) {
        boolean isFound = found.keySet().stream().anyMatch(device -> matches(wanted, device));
        return isFound
                ? one(wanted)
                : Stream.of(wanted, wanted.replaceFirst(":\\d.*", ""))
                        .map(name -> NONE + ":" + name)
                        .filter(found::containsKey)
                        .findFirst()
                        .orElseGet(() -> one(wanted));
    }

    /**
     * Finds the full name of one device.
     *
     * @param wanted a full name, or one that stands for its first device
     * @return the full name
     * @throws LabException when there is no such device, or {@code all} are wanted
     */
    public String one(String wanted) {
        if (wanted.equals(ALL)) {
            throw new LabException(
                    "One device is needed here, and 'all' stands for every one; found: %s."
                            .formatted(String.join(", ", names())));
        }
        return select(List.of(wanted)).getFirst();
    }

    /**
     * Finds one device.
     *
     * @param name a full name, or one that stands for its first device
     * @return the device
     * @throws LabException when there is no such device
     */
    public TornadoDevice device(String name) {
        TornadoDevice device = found.get(one(name));
        if (device == null) {
            throw new IllegalStateException("A selected device is a found one");
        }
        return device;
    }

    /** {@return what the device of that full name says of itself} */
    public DeviceFacts facts(String name) {
        TornadoDevice device = device(name);
        return new DeviceFacts(
                name,
                device.getPhysicalDevice().getDeviceName().strip(),
                device.getDeviceOpenCLCVersion().strip(),
                device.getPlatformName().strip(),
                device.getDeviceType().name().toLowerCase(Locale.ROOT),
                device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                device.getMaxGlobalMemory() >> 20);
    }
}
