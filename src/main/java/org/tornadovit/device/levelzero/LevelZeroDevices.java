package org.tornadovit.device.levelzero;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Backend;
import org.tornadovit.device.Discovery;

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
        try {
            List<DeviceInfo> devices =
                    places().stream().map(p -> Queries.info(p.driver, p.device, p.name)).toList();
            return devices.isEmpty() ? none("") : Discovery.of(Backend.LEVELZERO, devices);
        } catch (LevelZeroException e) {
            return none(" " + e.getMessage());
        }
    }

    private static Discovery none(String because) {
        return Discovery.none(
                Backend.LEVELZERO,
                "The Level Zero loader knows no driver with a device; install the GPU's driver."
                        + because);
    }

    /**
     * Opens a device.
     *
     * @param name as in {@code levelzero:0:0}
     * @throws DeviceException when there is no such device
     */
    public static Device open(String name) {
        for (Place place : Library.isPresent() ? places() : List.<Place>of()) {
            if (place.name.equals(name)) {
                DeviceInfo info = Queries.info(place.driver, place.device, name);
                return new LevelZeroDevice(place.driver, place.device, info);
            }
        }
        throw new DeviceException("There is no Level Zero device '" + name + "'.");
    }

    private static List<Place> places() {
        Queries.initialise();
        List<Place> places = new ArrayList<>();
        long[] drivers = Queries.drivers();
        for (int p = 0; p < drivers.length; p++) {
            long[] devices = Queries.devices(drivers[p]);
            for (int d = 0; d < devices.length; d++) {
                places.add(new Place(drivers[p], devices[d], "levelzero:" + p + ":" + d));
            }
        }
        return places;
    }
}
