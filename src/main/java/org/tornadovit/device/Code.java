package org.tornadovit.device;

/** Generated code of one kernel, ready for a device. */
public sealed interface Code {
    /** The language of files that an offline compiler made for one device. */
    String BITSTREAM = "bitstream";

    /** {@return the name of the kernel in the code} */
    String entry();

    /**
     * {@return the language: {@code opencl-c}, {@code ptx}, {@code spirv}, {@code jvm}, {@value
     * #BITSTREAM}}
     */
    String language();

    /** {@return the code as people read it: the source, or a listing of the binary} */
    String text();

    /** Source text. */
    record Text(String entry, String language, String text) implements Code {}

    /**
     * Binary code.
     *
     * @param bytes the module; owned by this record, never modified
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Binary(String entry, String language, String text, byte[] bytes) implements Code {}
}
