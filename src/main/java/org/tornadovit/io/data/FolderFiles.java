package org.tornadovit.io.data;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below a folder; links are followed. */
record FolderFiles(Path root) implements FileTree {

    @Override
    public List<String> paths() {
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new DatasetException("Cannot list %s: %s.".formatted(root, e.getMessage()), e);
        }
    }

    @Override
    public byte[] read(String path) {
        try {
            return Files.readAllBytes(root.resolve(path));
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot read %s: %s.".formatted(root.resolve(path), e.getMessage()), e);
        }
    }

    @Override
    public void close() {}
}
