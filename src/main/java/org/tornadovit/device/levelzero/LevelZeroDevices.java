package org.tornadovit.device.levelzero;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;
import org.tornadovit.device.Survey;

/**
 * The Level Zero devices of the system, named {@code levelzero:D:d} by driver and device in the
 * order of the loader. No loader, no driver and no device are no errors but reasons.
 */
public final class LevelZeroDevices {
    /** Where a device is. */
    private record Place(long driver, long device, String name) {}

    private LevelZeroDevices() {}

    /** {@return the devices, or why there are none} */
    public static Discovery discover() {
        if (!Library.isPresent()) {
            return Discovery.none(
                    Backend.LEVELZERO,
                    "There is no Level Zero loader (libze_loader.so.1); on Debian: apt-get install"
                            + " libze1, and the driver of the GPU.");
        }
        Survey<DeviceInfo> infos =
                places().then(
                                p -> "Level Zero device " + p.name,
                                p -> List.of(Queries.info(p.driver, p.device, p.name)));
        return Discovery.of(
                Backend.LEVELZERO,
                infos,
                "The Level Zero loader knows no driver with a device; install the GPU's driver.");
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code levelzero:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        Survey<Place> places = Library.isPresent() ? places() : new Survey<>();
        for (Place place : places.found()) {
            if (place.name.equals(name)) {
                DeviceInfo info = Queries.info(place.driver, place.device, name);
                return new LevelZeroDevice(place.driver, place.device, info);
            }
        }
        throw new DeviceException(places.reason("There is no Level Zero device '" + name + "'."));
    }

    private static Survey<Place> places() {
        Survey<Long> loader = new Survey<>();
        loader.ask("The Level Zero loader", LevelZeroDevices::drivers);
        List<Long> drivers = loader.found();
        return loader.then(
                driver -> "Level Zero driver " + drivers.indexOf(driver),
                driver -> of(driver, drivers.indexOf(driver)));
    }

    private static List<Long> drivers() {
        try {
            Queries.initialise();
        } catch (LevelZeroException e) {
            if (e.isWithoutDriver()) {
                return List.of();
            }
            throw e;
        }
        return Arrays.stream(Queries.drivers()).boxed().toList();
    }

    private static List<Place> of(long driver, int number) {
        List<Place> places = new ArrayList<>();
        long[] devices = Queries.devices(driver);
        for (int d = 0; d < devices.length; d++) {
            places.add(new Place(driver, devices[d], "levelzero:" + number + ":" + d));
        }
        return places;
    }
}
