package org.tornadovit.device.cpu;

/** A check of generated code failed. Thrown by generated code, never seen outside the device. */
public final class Trap extends RuntimeException {
    private final int check;
    private final int value;

    /**
     * Creates a trap.
     *
     * @param check number of the check in the order of the kernel's text
     * @param value what its message shows
     */
    public Trap(int check, int value) {
        super("check " + check + " failed with " + value, null, false, false);
        this.check = check;
        this.value = value;
    }

    int check() {
        return check;
    }

    int value() {
        return value;
    }
}
