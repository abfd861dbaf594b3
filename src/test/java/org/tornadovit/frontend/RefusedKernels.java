package org.tornadovit.frontend;

import java.util.function.IntUnaryOperator;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What no device can run. */
final class RefusedKernels {
    static int total;

    private RefusedKernels() {}

    static void recursion(FloatArray a) {
        a.set(0, factorial(5));
    }

    private static int factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    static void unmatched(FloatArray a) {
        if (a.get(0) < 0) {
            throw new MatchException("", null);
        }
    }

    static void throwing(FloatArray a) {
        if (a.getSize() == 0) {
            throw new IllegalArgumentException("empty");
        }
    }

    static void string(FloatArray a) {
        String text = "x" + a.getSize();
        a.set(0, text.length());
    }

    static void output(FloatArray a) {
        System.out.println(a.get(0));
    }

    static void object(FloatArray a) {
        a.set(0, new StringBuilder().length());
    }

    static void lock(FloatArray a) {
        synchronized (a) {
            a.set(0, 1);
        }
    }

    static synchronized void synchronizedMethod(FloatArray a) {
        a.set(0, 1);
    }

    static void lambda(FloatArray a) {
        IntUnaryOperator twice = x -> 2 * x;
        a.set(0, twice.applyAsInt(3));
    }

    static void rows(FloatArray a) {
        float[][][] rows = new float[2][3][];
        a.set(0, rows[1][2].length);
    }

    static void catching(FloatArray a) {
        try {
            a.set(0, 1);
        } catch (RuntimeException e) {
            a.set(0, 2);
        }
    }

    static void time(FloatArray a) {
        a.set(0, System.nanoTime());
    }

    static void slice(FloatArray a) {
        a.slice(0, 1).set(0, 1);
    }

    static void staticField(FloatArray a) {
        total += 1;
    }

    static void choice(FloatArray a, FloatArray b) {
        FloatArray c = a.get(0) > 0 ? a : b;
        c.set(0, 1);
    }

    static void swapped(FloatArray a, FloatArray b) {
        for (int i = 0; i < 4; i++) {
            FloatArray t = a;
            a = b;
            b = t;
            a.set(0, i);
        }
    }

    static void instance(Object a) {
        if (a instanceof FloatArray f) {
            f.set(0, 1);
        }
    }

    static void exact(FloatArray a, int n) {
        a.set(0, Math.powExact(n, 3));
    }

    static void parallelWhile(FloatArray a) {
        @Parallel int i = 0;
        while (a.get(i) > 0) {
            i++;
        }
    }

    static void parallelStep(FloatArray a, int n) {
        for (@Parallel int i = 0; i < 10; i += i + n) {
            a.set(i, 1);
        }
    }

    static void parallelBreak(FloatArray a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            if (a.get(i) > 0) {
                break;
            }
            a.set(i, 1);
        }
    }

    static void parallelReturn(FloatArray a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            if (a.get(i) > 0) {
                return;
            }
            a.set(i, 1);
        }
        a.set(0, 5);
    }

    static void parallelBound(FloatArray a, int n) {
        int end = n;
        for (@Parallel int i = 0; i < end; i++) {
            end = end - 1;
            a.set(i, 1);
        }
    }

    static void parallelIndex(FloatArray a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            a.set(i, 1);
            i = i + 1;
        }
    }

    static void parallelNoLoop(FloatArray a, int n) {
        @Parallel int i = n;
        a.set(i, i);
    }

    static void parallelItems(KernelContext context, FloatArray a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            a.set(i, context.globalIdx);
        }
    }

    static void reduction(FloatArray a, @Reduce FloatArray b) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            b.set(0, b.get(0) / a.get(i));
        }
    }
}
