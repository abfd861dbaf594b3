package uk.ac.manchester.tornado.api.common;

/** How a task uses an argument. */
public enum Access {
    NONE((byte) 0b00),
    READ_ONLY((byte) 0b01),
    WRITE_ONLY((byte) 0b10),
    READ_WRITE((byte) 0b11);

    private static final Access[] ALL = values();

    /** Bit 0 for reading, bit 1 for writing. */
    public final byte position;

    Access(byte position) {
        this.position = position;
    }

    /** {@return the constants in order, by which {@link #position} is an index} */
    public static Access[] asArray() {
        return ALL.clone();
    }
}
