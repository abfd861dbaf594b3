package org.tornadovit.frontend;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.collections.VectorDouble8;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat3;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat4;
import uk.ac.manchester.tornado.api.types.collections.VectorHalf4;
import uk.ac.manchester.tornado.api.types.collections.VectorInt2;
import uk.ac.manchester.tornado.api.types.images.ImageByte3;
import uk.ac.manchester.tornado.api.types.images.ImageFloat;
import uk.ac.manchester.tornado.api.types.images.ImageFloat3;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat4;
import uk.ac.manchester.tornado.api.types.matrix.Matrix3DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;
import uk.ac.manchester.tornado.api.types.utils.VolumeOps;
import uk.ac.manchester.tornado.api.types.vectors.Byte3;
import uk.ac.manchester.tornado.api.types.vectors.Double8;
import uk.ac.manchester.tornado.api.types.vectors.Float16;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Half2;
import uk.ac.manchester.tornado.api.types.vectors.Half4;
import uk.ac.manchester.tornado.api.types.vectors.Int2;
import uk.ac.manchester.tornado.api.types.vectors.Short2;
import uk.ac.manchester.tornado.api.types.volumes.VolumeShort2;

/** Kernels over the vector types of the API, and over objects of their own. */
public final class VectorKernels {
    private VectorKernels() {}

    public static void add(VectorFloat4 a, VectorFloat4 b, VectorFloat4 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            c.set(i, Float4.add(a.get(i), b.get(i)));
        }
    }

    public static void sum(VectorFloat3 a, FloatArray out) {
        Float3 sum = new Float3();
        for (int i = 0; i < a.getLength(); i++) {
            sum = Float3.add(sum, a.get(i));
        }
        out.set(0, sum.getX());
        out.set(1, sum.getY());
        out.set(2, sum.getZ());
    }

    public static void dots(VectorFloat3 a, VectorFloat3 b, FloatArray out) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float3 x = a.get(i);
            Float3 y = Float3.normalise(b.get(i));
            out.set(i, Float3.dot(x, y) + Float3.length(x) + Float3.max(y) - Float3.min(x));
        }
    }

    public static void choose(VectorFloat3 a, VectorFloat3 b, VectorFloat3 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float3 x = a.get(i);
            Float3 best = b.get(i);
            if (x.getX() > best.getX()) {
                best = x;
            }
            Float3 other = i % 2 == 0 ? best : Float3.mult(x, 2f);
            c.set(i, Float3.sub(other, pick(x, best, i)));
        }
    }

    private static Float3 pick(Float3 x, Float3 y, int i) {
        if (i % 3 == 0) {
            return x;
        }
        return i % 3 == 1 ? y : new Float3(i, 0, 1);
    }

    public static void swap(VectorFloat3 a, VectorFloat3 c, int times) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float3 x = a.get(i);
            Float3 y = new Float3(1, 2, i);
            for (int k = 0; k < times; k++) {
                Float3 old = x;
                x = y;
                y = Float3.add(old, y);
            }
            c.set(i, Float3.add(Float3.mult(x, 3f), y));
        }
    }

    public static void components(VectorFloat4 a, VectorFloat4 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float4 x = a.get(i);
            Float4 y = new Float4();
            y.setX(x.getW());
            y.setY(x.get(i & 3));
            y.set(2, x.getHigh().getX());
            y.setW(Float4.sum(x));
            Float4 alias = y;
            alias.setX(alias.getX() * 2);
            y.set((i + 1) & 3, 7);
            c.set(i, alias);
        }
    }

    public static void loops(VectorFloat4 a, FloatArray out) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float4 x = a.get(i);
            float[] t = new float[4];
            for (int k = 0; k < 4; k++) {
                t[k] = x.get(k) * k;
                if (t[k] < 0) {
                    continue;
                }
                t[3 - k] += 1;
            }
            float sum = 0;
            for (int k = 3; k >= 0; k--) {
                if (t[k] > 100) {
                    break;
                }
                sum = sum * 2 + t[k];
            }
            out.set(i, sum);
        }
    }

    public static void wide(VectorFloat16 a, VectorFloat16 b, FloatArray out) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float16 product = Float16.mult(a.get(i), b.get(i));
            b.set(i, Float16.add(product, a.get(i)));
            out.set(i, Float16.dot(a.get(i), product) + product.getS9());
        }
    }

    public static void doubles(VectorDouble8 a, VectorDouble8 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Double8 x = a.get(i);
            c.set(i, Double8.sub(Double8.sqrt(Double8.mult(x, x)), Double8.div(x, 3)));
        }
    }

    public static void integers(VectorInt2 a, VectorInt2 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Int2 x = a.get(i);
            c.set(i, Int2.div(Int2.add(x, new Int2(i, -i)), new Int2(3, 2)));
        }
    }

    public static void halves(VectorHalf4 a, VectorHalf4 c, HalfFloatArray out) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Half4 x = a.get(i);
            c.set(i, Half4.add(x, Half4.mult(x, x)));
            out.set(i, Half4.dot(x, c.get(i)));
        }
    }

    public static void pairs(HalfFloatArray a, HalfFloatArray b, FloatArray out) {
        for (@Parallel int i = 0; i < a.getSize() / 2; i++) {
            Half2 x = a.getHalf2(i * 2);
            Half2 y = Half2.fma(x, Half2.fromFloats(2, 3), x);
            b.setHalf2(i * 2, Half2.mult(x, y));
            HalfFloat sum = HalfFloat.add(y.getX(), y.getY());
            out.set(i, sum.getFloat32());
        }
    }

    public static void parameter(Float3 a, Float3 b, FloatArray out) {
        Float3 c = Float3.add(a, b);
        if (out.getSize() > 2) {
            a = c;
        }
        out.set(0, Float3.dot(a, b));
        out.set(1, c.getZ());
    }

    public static void image(ImageFloat3 in, ImageFloat3 out, ImageFloat depth) {
        for (@Parallel int y = 0; y < in.Y(); y++) {
            for (@Parallel int x = 0; x < in.X(); x++) {
                Float3 sum = new Float3();
                for (int k = -1; k <= 1; k++) {
                    int at = TornadoMath.clamp(x + k, 0, in.X() - 1);
                    sum = Float3.add(sum, in.get(at, y));
                }
                out.set(x, y, Float3.mult(sum, depth.get(x, y)));
            }
        }
    }

    public static void bytes(ImageByte3 out, ImageFloat depth) {
        for (@Parallel int y = 0; y < out.Y(); y++) {
            for (@Parallel int x = 0; x < out.X(); x++) {
                byte level = (byte) depth.get(x, y);
                out.set(x, y, new Byte3(level, (byte) (x * 50), (byte) y));
            }
        }
    }

    public static void matrices(Matrix2DFloat4 a, Matrix3DFloat b) {
        for (@Parallel int i = 0; i < a.getNumRows(); i++) {
            for (@Parallel int j = 0; j < a.getNumColumns(); j++) {
                Float4 x = a.get(i, j);
                a.set(i, j, Float4.add(x, b.get(i, j, 1)));
            }
        }
    }

    public static void transform(Matrix4x4Float m, VectorFloat3 in, VectorFloat3 out) {
        for (@Parallel int i = 0; i < in.getLength(); i++) {
            Float3 p = in.get(i);
            Float4 row = m.row(1);
            Float3 turned = TornadoMath.rotate(m, p);
            out.set(i, Float3.add(turned, Float3.mult(row.asFloat3(), m.get(2, 3))));
        }
    }

    public static void volume(VolumeShort2 volume, VectorFloat3 points, FloatArray out) {
        for (@Parallel int i = 0; i < points.getLength(); i++) {
            Float3 dim = new Float3(1, 1, 1);
            Float3 point = points.get(i);
            Short2 first = volume.get(i % volume.X(), 0, 1);
            out.set(i, VolumeOps.interp(volume, dim, point) + first.getY());
        }
    }

    /** A type of the user's own. */
    record Complex(float re, float im) {
        static final Complex ZERO = new Complex(0, 0);

        Complex times(Complex other) {
            return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
        }

        Complex plus(Complex other) {
            return new Complex(re + other.re, im + other.im);
        }

        float norm() {
            return re * re + im * im;
        }
    }

    public static void mandelbrot(IntArray out, int width) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            Complex c = new Complex(i % width * 3f / width - 2, i / width * 2f / width - 1);
            Complex z = new Complex(0, 0);
            int n = 0;
            while (z.norm() < 4 && n < 50) {
                z = z.times(z).plus(c);
                n++;
            }
            out.set(i, n);
        }
    }

    /** A counter with an object inside. */
    static final class Counter {
        private int count;
        private byte small = 100;
        private final Float4 sums = new Float4();
        private long total = 5L;

        void see(float x) {
            sums.set(count & 3, sums.get(count & 3) + x);
            count++;
            small += 100;
            total *= count;
        }
    }

    public static void counters(FloatArray a, FloatArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            Counter counter = new Counter();
            for (int k = 0; k <= i; k++) {
                counter.see(a.get(k));
            }
            out.set(i, Float4.dot(counter.sums, counter.sums) + counter.count + counter.small);
            out.set(i, out.get(i) + counter.total);
        }
    }

    public static void changedAfterAChoice(VectorFloat3 a, VectorFloat3 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float3 x = a.get(i);
            Float3 y = a.get(0);
            if (i > 2) {
                y = pick(x, y, i);
            }
            y.setX(5);
            c.set(i, x);
        }
    }

    public static void changedParameter(Float3 a, VectorFloat3 c) {
        Float3 y = c.get(0);
        if (c.getLength() > 2) {
            y = a;
        }
        y.setX(5);
        c.set(1, a);
    }

    public static void changedUnderTwoNames(VectorFloat3 a, VectorFloat3 c) {
        for (@Parallel int i = 0; i < a.getLength(); i++) {
            Float3 x = a.get(i);
            Float3 y = a.get(0);
            if (i > 2) {
                y = x;
            }
            y.setX(5);
            c.set(i, x);
        }
    }
}
