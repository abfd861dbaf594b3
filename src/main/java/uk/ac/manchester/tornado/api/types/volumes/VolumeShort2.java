package uk.ac.manchester.tornado.api.types.volumes;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import uk.ac.manchester.tornado.api.internal.annotations.Payload;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.vectors.Short2;

/** A volume of {@link Short2} vectors; voxel (x, y, z) is element {@code (z * Y + y) * X + x}. */
public final class VolumeShort2 implements TornadoVolumesInterface<ShortBuffer> {
    /** The class itself, as a constant. */
    public static final Class<VolumeShort2> TYPE = VolumeShort2.class;

    private static final int WIDTH = 2;

    @Payload private final ShortArray storage;
    private final int width;
    private final int height;
    private final int depth;

    /** Makes a volume of zeros. */
    public VolumeShort2(int width, int height, int depth) {
        this(width, height, depth, new ShortArray(width * height * depth * WIDTH));
    }

    /** Makes a view of an array. */
    public VolumeShort2(int width, int height, int depth, ShortArray array) {
        this.width = width;
        this.height = height;
        this.depth = depth;
        this.storage = array;
    }

    private int index(int x, int y, int z) {
        return ((z * height + y) * width + x) * WIDTH;
    }

    /** {@return the numbers} */
    public ShortArray getArray() {
        return storage;
    }

    /** {@return a voxel} */
    public Short2 get(int x, int y, int z) {
        int base = index(x, y, z);
        return new Short2(storage.get(base), storage.get(base + 1));
    }

    /** Sets a voxel. */
    public void set(int x, int y, int z, Short2 value) {
        int base = index(x, y, z);
        storage.set(base, value.getX());
        storage.set(base + 1, value.getY());
    }

    /** Copies another volume. */
    public void set(VolumeShort2 other) {
        for (int n = 0; n < storage.getSize(); n++) {
            storage.set(n, other.storage.get(n));
        }
    }

    /** {@return the voxels in x} */
    public int X() {
        return width;
    }

    /** {@return the voxels in y} */
    public int Y() {
        return height;
    }

    /** {@return the voxels in z} */
    public int Z() {
        return depth;
    }

    /** Sets every number. */
    public void fill(short value) {
        storage.init(value);
    }

    /** Sets every number to zero. */
    public void clear() {
        storage.clear();
    }

    /** {@return a copy} */
    public VolumeShort2 duplicate() {
        VolumeShort2 copy = new VolumeShort2(width, height, depth);
        copy.set(this);
        return copy;
    }

    @Override
    public ShortBuffer asBuffer() {
        return storage.getSegment().asByteBuffer().order(ByteOrder.nativeOrder()).asShortBuffer();
    }

    @Override
    public void loadFromBuffer(ShortBuffer buffer) {
        asBuffer().put(buffer);
    }

    @Override
    public int size() {
        return storage.getSize();
    }

    @Override
    public long getNumBytes() {
        return storage.getNumBytesOfSegment();
    }

    @Override
    public long getNumBytesWithHeader() {
        return storage.getNumBytesOfSegmentWithHeader();
    }

    @Override
    public MemorySegment getSegment() {
        return storage.getSegment();
    }

    @Override
    public MemorySegment getSegmentWithHeader() {
        return storage.getSegmentWithHeader();
    }

    /** {@return the voxels, plane by plane, each in a format of two shorts} */
    public String toString(String fmt) {
        StringBuilder text = new StringBuilder();
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    text.append(get(x, y, z).toString(fmt)).append(' ');
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "VolumeShort2 <" + width + " x " + height + " x " + depth + ">";
    }
}
