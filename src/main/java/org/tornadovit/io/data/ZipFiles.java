package org.tornadovit.io.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in a zip file. */
record ZipFiles(Path file, ZipFile zip) implements FileTree {

    static ZipFiles open(Path file) {
        try {
            return new ZipFiles(file, new ZipFile(file.toFile()));
        } catch (IOException e) {
            throw new DatasetException(
                    "%s cannot be read as a zip file: %s.".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public List<String> paths() {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .sorted()
                .toList();
    }

    @Override
    public byte[] read(String path) {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new DatasetException("%s has no file %s.".formatted(file, path));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new DatasetException(
                    "%s in %s is damaged: %s.".formatted(path, file, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new DatasetException("Cannot close %s: %s.".formatted(file, e.getMessage()), e);
        }
    }
}
