package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Queries over the backends and devices of the machine. */
public class TornadoDeviceMap {
    private final List<TornadoBackend> backends;

    /** Asks the runtime for its backends. */
    public TornadoDeviceMap() {
        TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
        List<TornadoBackend> found = new ArrayList<>();
        for (int i = 0; i < runtime.getNumBackends(); i++) {
            found.add(runtime.getBackend(i));
        }
        backends = List.copyOf(found);
    }

    /** {@return the number of backends} */
    public int getNumBackends() {
        return backends.size();
    }

    /** {@return all backends} */
    public List<TornadoBackend> getAllBackends() {
        return backends;
    }

    /** {@return the backends that hold} */
    public List<TornadoBackend> getBackendsWithPredicate(
            Predicate<? super TornadoBackend> predicate) {
        return backends.stream().<TornadoBackend>map(b -> b).filter(predicate).toList();
    }

    /** {@return the backends with a device that holds} */
    public List<TornadoBackend> getBackendsWithDevicePredicate(
            Predicate<? super TornadoDevice> predicate) {
        return backends.stream()
                .filter(b -> b.getAllDevices().stream().anyMatch(predicate))
                .toList();
    }

    /** {@return the devices whose name contains {@code deviceName}, ignoring case} */
    public Stream<TornadoDevice> getDevicesByName(String deviceName) {
        String wanted = deviceName.toLowerCase(Locale.ROOT);
        return devices().filter(d -> d.getDeviceName().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** {@return the devices of a kind} */
    public Stream<TornadoDevice> getDevicesByType(TornadoDeviceType deviceType) {
        return devices().filter(d -> d.getDeviceType() == deviceType);
    }

    private Stream<TornadoDevice> devices() {
        return backends.stream().flatMap(b -> b.getAllDevices().stream());
    }
}
