package org.tornadovit.frontend;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.CharArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FP8Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The arrays, numbers and functions of the API. */
final class ApiKernels {
    private ApiKernels() {}

    static void integers(
            ByteArray b, Int8Array t, ShortArray s, CharArray c, IntArray i, LongArray l) {
        for (@Parallel int x = 0; x < i.getSize(); x++) {
            int sum = b.get(x) + t.get(x) * 3 + s.get(x) * 5 + c.get(x) * 7 + i.get(x) * 11;
            l.set(x, l.get(x) * sum);
            b.set(x, (byte) (b.get(x) * 3));
            t.set(x, (byte) sum);
            s.set(x, (short) (s.get(x) << 2));
            c.set(x, (char) (c.get(x) + 1));
            i.set(x, sum);
        }
    }

    static void floats(FloatArray f, DoubleArray d, int n) {
        for (@Parallel int x = 0; x < d.getSize(); x++) {
            d.set(x, d.get(x) * f.get(x) + n);
            f.set(x, (float) d.get(x) - f.get(f.getSize() - 1 - x));
        }
    }

    static void halves(HalfFloatArray a, HalfFloatArray b, HalfFloatArray out, FloatArray f) {
        for (@Parallel int x = 0; x < a.getSize(); x++) {
            HalfFloat sum = HalfFloat.add(a.get(x), b.get(x));
            HalfFloat product = HalfFloat.mult(sum, new HalfFloat(f.get(x)));
            if (f.get(x) > 0) {
                product = HalfFloat.sub(product, TornadoMath.max(a.get(x), b.get(x)));
            } else {
                product = HalfFloat.div(product, TornadoMath.min(a.get(x), sum));
            }
            out.set(x, product);
            short bits = (short) (out.get(x).getHalfFloatValue() ^ 0x8000);
            f.set(x, f.get(x) + a.get(x).getFloat32() + new HalfFloat(bits).getFloat32());
        }
    }

    static void halfAccumulator(HalfFloatArray a, HalfFloatArray out, int n) {
        HalfFloat sum = new HalfFloat(0.0f);
        for (int i = 0; i < a.getSize(); i++) {
            sum = HalfFloat.add(sum, a.get(i));
        }
        out.set(n, sum);
        HalfFloat[] scratch = new HalfFloat[2];
        scratch[0] = sum;
        scratch[1] = new HalfFloat(n > 3 ? 1.5f : a.get(n).getFloat32());
        out.set(n + 1, HalfFloat.add(scratch[0], scratch[1]));
    }

    static void brains(BFloat16Array a, FloatArray f, ShortArray s) {
        for (@Parallel int x = 0; x < a.getSize(); x++) {
            float v = BFloat16.bf16ToFloat(a.get(x));
            s.set(x, (short) (a.get(x) + 1));
            a.set(x, BFloat16.bf16FromFloat(v * 1.7f));
            f.set(x, f.get(x) + a.getFloat(x));
            a.setFloat(x, f.get(x));
        }
    }

    static void bytes(ByteArray b, HalfFloatArray h, int n) {
        for (@Parallel int x = 0; x < b.getSize() / 2; x++) {
            h.set(x, b.getHalfFloat(2 * x));
            b.setHalfFloat(2 * x, new HalfFloat((float) (n - x)));
        }
    }

    static void eights(FP8Array a, FloatArray f, int n) {
        for (@Parallel int x = 0; x < a.getSize(); x++) {
            f.set(x, f.get(x) + a.get(x));
            a.set(x, (byte) (x * n));
        }
    }

    static void filled(FloatArray f, IntArray i, HalfFloatArray h, int n) {
        f.init(n);
        i.init(i.get(n));
        h.init(new HalfFloat(2.5f));
        i.set(0, f.getElementSize() + h.getElementSize());
    }

    static void singleFunctions(FloatArray x, FloatArray y, FloatArray out) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            float a = x.get(i);
            float r = TornadoMath.abs(a) + TornadoMath.floor(a) * TornadoMath.ceil(a);
            r += TornadoMath.sqrt(TornadoMath.abs(a)) + TornadoMath.exp(a * 0.01f);
            r += TornadoMath.log(TornadoMath.abs(a) + 1) + TornadoMath.log2(TornadoMath.abs(a) + 1);
            r += TornadoMath.sin(a) + TornadoMath.cos(a) + TornadoMath.tan(a);
            r += TornadoMath.tanh(a) + TornadoMath.atan(a) + TornadoMath.atan2(a, y.get(i));
            r += TornadoMath.signum(a) + TornadoMath.toRadians(a) + TornadoMath.fract(a);
            r += TornadoMath.min(a, y.get(i)) * TornadoMath.max(a, y.get(i));
            r += TornadoMath.clamp(a, -1f, 1.5f) + TornadoMath.floatPI();
            r += TornadoMath.pow(TornadoMath.abs(a), 0.5f) + TornadoMath.asin(a * 0.001f);
            r += TornadoMath.acos(a * 0.001f) + TornadoMath.sinpi(a) * TornadoMath.cospi(a);
            r += TornadoMath.asinh(a) + TornadoMath.acosh(a);
            out.set(i, r);
        }
    }

    static void doubleFunctions(DoubleArray x, DoubleArray y, DoubleArray out) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            double a = x.get(i);
            double r = TornadoMath.abs(a) + TornadoMath.floor(a) * TornadoMath.ceil(a);
            r += TornadoMath.sqrt(TornadoMath.abs(a)) + TornadoMath.exp(a * 0.01);
            r += TornadoMath.log(TornadoMath.abs(a) + 1);
            r += TornadoMath.sin(a) + TornadoMath.cos(a) + TornadoMath.tan(a);
            r += TornadoMath.tanh(a) + TornadoMath.atan(a) + TornadoMath.atan2(a, y.get(i));
            r += TornadoMath.signum(a) + TornadoMath.toRadians(a) + TornadoMath.fract(a);
            r += TornadoMath.min(a, y.get(i)) * TornadoMath.max(a, y.get(i));
            r += TornadoMath.clamp(a, -1.0, 1.5) + TornadoMath.PI();
            r += TornadoMath.pow(TornadoMath.abs(a), 0.5) + TornadoMath.asin(a * 0.001);
            r += TornadoMath.acos(a * 0.001) + TornadoMath.sinpi(a) * TornadoMath.cospi(a);
            out.set(i, r);
        }
    }

    static void integerFunctions(IntArray x, LongArray y, ShortArray s, ByteArray b) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            int a = x.get(i);
            x.set(i, TornadoMath.abs(a) + TornadoMath.min(a, 5) * TornadoMath.clamp(a, -3, 9));
            y.set(i, TornadoMath.max(y.get(i), a) + TornadoMath.abs(y.get(i)));
            s.set(i, TornadoMath.max(s.get(i), (short) a));
            b.set(i, TornadoMath.min(b.get(i), TornadoMath.abs(b.get(i))));
        }
    }

    static void halfParameter(HalfFloat h, HalfFloatArray a, int n) {
        a.set(n, HalfFloat.add(h, a.get(n)));
        h = HalfFloat.mult(h, h);
        a.set(n + 1, h);
    }
}
