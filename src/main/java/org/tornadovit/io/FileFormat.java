package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Locale;

/** Tells the formats of checkpoint files apart by their first bytes. */
final class FileFormat {
    private FileFormat() {}

    /** {@return the directory of {@code file}, whose mapped content is {@code bytes}} */
    static Checkpoint.Directory read(Path file, MemorySegment bytes) {
        if (startsWith(bytes, 'P', 'K', 3, 4) || startsWith(bytes, 'P', 'K', 5, 6)) {
            return Npz.read(file, bytes);
        }
        if (startsWith(bytes, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            throw new CheckpointException(
                    "%s is a single NumPy array, not a checkpoint; save named arrays with"
                                    .formatted(file)
                            + " numpy.savez or as safetensors.");
        }
        boolean safetensors = Safetensors.looksLike(bytes);
        if (!safetensors && isPickle(bytes)) {
            throw pickle(file);
        }
        if (safetensors || name(file).endsWith(".safetensors")) {
            return Safetensors.read(file, bytes);
        }
        throw new CheckpointException(
                "%s is neither a safetensors file nor a NumPy .npz archive.".formatted(file));
    }

    /** {@return the refusal of PyTorch's pickles, with the way to convert one} */
    static CheckpointException pickle(Path file) {
        String target = name(file).replaceFirst("\\.[^.]*$", "") + ".safetensors";
        return new CheckpointException(
                "%s is a PyTorch pickle, a format that runs code when it is read; convert it once:"
                                .formatted(file)
                        + " python -c \"import torch, safetensors.torch as s; s.save_file("
                        + "{k: v.clone().contiguous() for k, v in torch.load('%s', 'cpu', "
                                .formatted(file)
                        + "weights_only=True).items()}, '%s')\".".formatted(target));
    }

    /** Pickle protocols 2 to 5 start with 0x80 and the protocol's number. */
    private static boolean isPickle(MemorySegment bytes) {
        return bytes.byteSize() > 2
                && bytes.get(ValueLayout.JAVA_BYTE, 0) == (byte) 0x80
                && bytes.get(ValueLayout.JAVA_BYTE, 1) >= 2
                && bytes.get(ValueLayout.JAVA_BYTE, 1) <= 5;
    }

    private static boolean startsWith(MemorySegment bytes, int... magic) {
        if (bytes.byteSize() < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, i) != (byte) magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
