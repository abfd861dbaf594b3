package uk.ac.manchester.tornado.api.types.utils;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.volumes.VolumeShort2;

/**
 * Values and gradients of a truncated signed distance volume, between its voxels.
 *
 * @see <a href="https://doi.org/10.1109/ISMAR.2011.6092378">Newcombe et al. 2011</a>
 */
public class VolumeOps {
    /** A stored distance is a fraction of 32766. */
    private static final float SCALE = 1f / 32766f;

    /** Makes an object without use: the class only holds static methods. */
    public VolumeOps() {}

    /** {@return the stored distance of a voxel} */
    public static float vs(VolumeShort2 cube, int x, int y, int z) {
        return cube.get(x, y, z).getX();
    }

    /** {@return the stored distance of a voxel} */
    public static float vs1(int x, int y, int z, VolumeShort2 v) {
        return v.get(x, y, z).getX();
    }

    /**
     * {@return the distance at a point, from the eight voxels around it}
     *
     * @param dim the volume's extent
     * @param point a point in the units of {@code dim}
     */
    public static float interp(VolumeShort2 volume, Float3 dim, Float3 point) {
        float x = point.getX() * volume.X() / dim.getX() - 0.5f;
        float y = point.getY() * volume.Y() / dim.getY() - 0.5f;
        float z = point.getZ() * volume.Z() / dim.getZ() - 0.5f;
        int baseX = (int) TornadoMath.floor(x);
        int baseY = (int) TornadoMath.floor(y);
        int baseZ = (int) TornadoMath.floor(z);
        return SCALE * trilinear(volume, baseX, baseY, baseZ, x - baseX, y - baseY, z - baseZ);
    }

    private static float trilinear(
            VolumeShort2 volume, int x, int y, int z, float fx, float fy, float fz) {
        float near = 0;
        float far = 0;
        for (int k = 0; k < 2; k++) {
            near = far;
            far = bilinear(volume, x, y, z + k, fx, fy);
        }
        return near + (far - near) * fz;
    }

    private static float bilinear(VolumeShort2 volume, int x, int y, int z, float fx, float fy) {
        float upper = linear(volume, x, y, z, fx);
        float lower = linear(volume, x, y + 1, z, fx);
        return upper + (lower - upper) * fy;
    }

    private static float linear(VolumeShort2 volume, int x, int y, int z, float fx) {
        float left = clamped(volume, x, y, z);
        float right = clamped(volume, x + 1, y, z);
        return left + (right - left) * fx;
    }

    private static float clamped(VolumeShort2 volume, int x, int y, int z) {
        return vs(
                volume,
                TornadoMath.clamp(x, 0, volume.X() - 1),
                TornadoMath.clamp(y, 0, volume.Y() - 1),
                TornadoMath.clamp(z, 0, volume.Z() - 1));
    }

    /**
     * {@return the gradient at a point: central differences of the voxels, interpolated}
     *
     * @param dim the volume's extent
     * @param point a point in the units of {@code dim}
     */
    public static Float3 grad(VolumeShort2 volume, Float3 dim, Float3 point) {
        float x = point.getX() * volume.X() / dim.getX() - 0.5f;
        float y = point.getY() * volume.Y() / dim.getY() - 0.5f;
        float z = point.getZ() * volume.Z() / dim.getZ() - 0.5f;
        int baseX = (int) TornadoMath.floor(x);
        int baseY = (int) TornadoMath.floor(y);
        int baseZ = (int) TornadoMath.floor(z);
        float fx = x - baseX;
        float fy = y - baseY;
        float fz = z - baseZ;
        float gx = 0;
        float gy = 0;
        float gz = 0;
        for (int axis = 0; axis < 3; axis++) { // a loop: kernels hold its body once
            int dx = axis == 0 ? 1 : 0;
            int dy = axis == 1 ? 1 : 0;
            int dz = axis == 2 ? 1 : 0;
            float above = trilinear(volume, baseX + dx, baseY + dy, baseZ + dz, fx, fy, fz);
            float below = trilinear(volume, baseX - dx, baseY - dy, baseZ - dz, fx, fy, fz);
            gx = axis == 0 ? above - below : gx;
            gy = axis == 1 ? above - below : gy;
            gz = axis == 2 ? above - below : gz;
        }
        return new Float3(
                gx * (dim.getX() / volume.X()) * (0.5f * SCALE),
                gy * (dim.getY() / volume.Y()) * (0.5f * SCALE),
                gz * (dim.getZ() / volume.Z()) * (0.5f * SCALE));
    }
}
