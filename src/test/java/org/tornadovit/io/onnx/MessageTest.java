package org.tornadovit.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the encoding's description, byte by byte. */
class MessageTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "1, 150, 08 96 01",
        "1, 0, 08 00",
        "1, 127, 08 7f",
        "1, 128, 08 80 01",
        "20, 7, a0 01 07",
        "8, -1, 40 ff ff ff ff ff ff ff ff ff 01",
        "1, 9223372036854775807, 08 ff ff ff ff ff ff ff ff 7f",
    })
    void integersTakeSevenBitsAByte(int field, long value, String bytes) throws IOException {
        assertEncoded(new Message().integer(field, value), bytes);
    }

    @Test
    void textIsUtf8WithItsLength() throws IOException {
        assertEncoded(new Message().text(2, "testing"), "12 07 74 65 73 74 69 6e 67");
        assertEncoded(new Message().text(2, "é"), "12 02 c3 a9");
    }

    @Test
    void floatsAreLittleEndian() throws IOException {
        assertEncoded(new Message().number(2, 1.5f), "15 00 00 c0 3f");
    }

    @Test
    void messagesNest() throws IOException {
        Message inner = new Message().integer(1, 150);
        assertEncoded(new Message().message(3, inner).integer(1, 1), "1a 03 08 96 01 08 01");
        assertEncoded(new Message().message(3, new Message()), "1a 00");
    }

    @Test
    void bytesAreAskedForOnWriting() throws IOException {
        byte[] data = {1, 2, 3};
        Message message = new Message().bytes(9, 3, () -> MemorySegment.ofArray(data));
        data[0] = 7;
        Message outer = new Message().message(5, message).integer(1, 2);
        assertEncoded(outer, "2a 05 4a 03 07 02 03 08 02");
    }

    @Test
    void bytesThatAreNotAsManyAsAnnouncedAreRefused() {
        Supplier<MemorySegment> two = () -> MemorySegment.ofArray(new byte[2]);
        assertThatIllegalStateException()
                .isThrownBy(() -> encode(new Message().bytes(9, 3, two)))
                .withMessageContaining("3 bytes");
    }

    private void assertEncoded(Message message, String bytes) throws IOException {
        byte[] expected = HexFormat.ofDelimiter(" ").parseHex(bytes);
        assertThat(encode(message)).isEqualTo(expected);
        assertThat(message.size()).isEqualTo(expected.length);
    }

    private byte[] encode(Message message) throws IOException {
        Path file = directory.resolve("message");
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            message.writeTo(channel);
        }
        return Files.readAllBytes(file);
    }
}
