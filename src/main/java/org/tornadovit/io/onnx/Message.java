package org.tornadovit.io.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tornadovit.io.AtomicFile;

/**
 * A message in the wire format of Protocol Buffers: fields in the order in which they were added,
 * each a key (field number and wire type) and a value. Large values are asked for when the message
 * is written, one at a time.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
public final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    /** A stretch of the encoded message. */
    private sealed interface Part {
        /** Bytes that are there. */
        record Known(byte[] bytes) implements Part {}

        /** Bytes that are made on writing, {@code size} of them. */
        record Late(long size, Supplier<MemorySegment> data) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private long size;

    /** {@return the bytes that the encoded message takes} */
    public long size() {
        return size;
    }

    /** Adds an integer, an enum or a boolean; negative numbers take ten bytes. */
    public Message integer(int field, long value) {
        ByteArrayOutputStream bytes = key(field, VARINT);
        varint(bytes, value);
        return known(bytes);
    }

    /** Adds a float. */
    public Message number(int field, float value) {
        ByteArrayOutputStream bytes = key(field, FOUR_BYTES);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(bits >>> shift);
        }
        return known(bytes);
    }

    /** Adds a text in UTF-8. */
    public Message text(int field, String value) {
        byte[] encoded = value.getBytes(UTF_8);
        ByteArrayOutputStream bytes = key(field, LENGTH_DELIMITED);
        varint(bytes, encoded.length);
        bytes.writeBytes(encoded);
        return known(bytes);
    }

    /** Adds {@code length} bytes, which {@code data} gives when the message is written. */
    public Message bytes(int field, long length, Supplier<MemorySegment> data) {
        ByteArrayOutputStream bytes = key(field, LENGTH_DELIMITED);
        varint(bytes, length);
        return known(bytes).raw(length, data);
    }

    /** Adds a message, which must be complete. */
    public Message message(int field, Message inner) {
        ByteArrayOutputStream bytes = key(field, LENGTH_DELIMITED);
        varint(bytes, inner.size);
        known(bytes);
        parts.addAll(inner.parts);
        size += inner.size;
        return this;
    }

    /** Writes the encoded message. */
    public void writeTo(FileChannel channel) throws IOException {
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        for (Part part : parts) {
            switch (part) {
                case Part.Known known -> pending.writeBytes(known.bytes);
                case Part.Late late -> {
                    flush(pending, channel);
                    MemorySegment data = late.data.get();
                    if (data.byteSize() != late.size) {
                        throw new IllegalStateException(
                                "%d bytes were announced and %d came"
                                        .formatted(late.size, data.byteSize()));
                    }
                    AtomicFile.writeFully(channel, data);
                }
            }
        }
        flush(pending, channel);
    }

    private static void flush(ByteArrayOutputStream pending, FileChannel channel)
            throws IOException {
        AtomicFile.writeFully(channel, ByteBuffer.wrap(pending.toByteArray()));
        pending.reset();
    }

    private Message raw(long length, Supplier<MemorySegment> data) {
        parts.add(new Part.Late(length, data));
        size += length;
        return this;
    }

    private Message known(ByteArrayOutputStream bytes) {
        parts.add(new Part.Known(bytes.toByteArray()));
        size += bytes.size();
        return this;
    }

    private static ByteArrayOutputStream key(int field, int wireType) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        varint(bytes, (long) field << 3 | wireType);
        return bytes;
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void varint(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
