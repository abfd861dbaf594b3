package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir Path folder;

    @Test
    void makesFoldersAndReplacesOldFiles() {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFile.writeText(file, "one");
        AtomicFile.writeText(file, "zwölf");
        assertThat(file).hasContent("zwölf");
        assertThat(file.getParent())
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aFailureLeavesTheOldFileAndNothingElse() {
        Path file = folder.resolve("x.txt");
        AtomicFile.writeText(file, "old");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                file,
                                channel -> {
                                    channel.write(ByteBuffer.allocate(100));
                                    throw new IOException("No space left on device");
                                }))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot write %s: No space left on device.".formatted(file));
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aFullDeviceIsNamed() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "needs /dev/full");
        assertThatThrownBy(() ->
                        AtomicFile.write(
                                folder.resolve("y"),
                                unused -> {
                                    try (var channel =
                                            java.nio.channels.FileChannel.open(
                                                    full, java.nio.file.StandardOpenOption.WRITE)) {
                                        channel.write(ByteBuffer.allocate(1));
                                    }
                                }))
                .hasMessageContaining("No space left");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> AtomicFile.writeText(folder, "x"))
                .hasMessageContaining("it is a folder");
    }
}
