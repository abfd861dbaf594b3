package org.tornadovit.device;

/** A kernel needs an ability that the device lacks. */
public class MissingFeatureException extends DeviceException {
    private final DeviceInfo.Feature feature;

    /** Creates an exception that names the kernel, what it needs and what to use instead. */
    public MissingFeatureException(DeviceInfo.Feature feature, String message) {
        super(message);
        this.feature = feature;
    }

    /** {@return what the device lacks} */
    public DeviceInfo.Feature feature() {
        return feature;
    }
}
