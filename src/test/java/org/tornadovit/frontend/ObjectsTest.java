package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;

/** Fields of objects become parameters; methods of objects are those of their class. */
class ObjectsTest {
    /** An activation with subclasses. */
    abstract static class Activation {
        protected final float[] table = {1, 2, 4, 8};
        protected int calls = 3;

        abstract float apply(float x, int i);

        float twice(float x, int i) {
            return apply(apply(x, i), i + 1);
        }
    }

    /** Adds from a table. */
    static final class Adding extends Activation {
        private final Inner inner = new Inner();

        @Override
        float apply(float x, int i) {
            return x + table[i & 3] * inner.scale + inner.data.get(i);
        }
    }

    /** Multiplies. */
    static final class Multiplying extends Activation {
        @Override
        float apply(float x, int i) {
            return x * calls;
        }
    }

    /** An object within an object. */
    static final class Inner {
        double unused = 5;
        float scale = 0.5f;
        FloatArray data = FloatArray.fromElements(1, 2, 3, 4, 5, 6, 7, 8);
    }

    private final int[] counts = {1, 2, 3, 4};

    static void activate(Activation activation, FloatArray x, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            x.set(i, activation.twice(x.get(i), i));
        }
    }

    static void matrices(Matrix2DFloat a, Matrix2DFloat b, Matrix2DFloat c) {
        for (@Parallel int i = 0; i < a.getNumRows(); i++) {
            for (@Parallel int j = 0; j < b.getNumColumns(); j++) {
                float sum = 0;
                for (int k = 0; k < a.getNumColumns(); k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                c.set(i, j, sum);
            }
        }
    }

    static void vectors(VectorFloat a, VectorFloat b, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            b.set(i, a.get(i) + b.get(i));
        }
    }

    private void own(IntArray x, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            x.set(i, x.get(i) + counts[i]);
            counts[i] *= 2;
        }
    }

    static void writesObject(Inner inner, FloatArray x) {
        inner.data = x;
    }

    static void writesFieldInParallel(Inner inner, FloatArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            inner.scale = x.get(i);
        }
    }

    private static FloatArray numbers() {
        return FloatArray.fromElements(-1, 2, -3, 4);
    }

    @Test
    void virtualCallsGoToTheClassOfTheObject() {
        Task3<Activation, FloatArray, Integer> task = ObjectsTest::activate;
        KernelMethod method = KernelMethod.resolve(task);
        Kernel adding = Differential.check(method, new Adding(), numbers(), 4);
        assertThat(adding.params().stream().map(Param::name))
                .containsExactly("x", "n", "table", "scale", "data");
        Kernel multiplying = Differential.check(method, new Multiplying(), numbers(), 4);
        assertThat(multiplying.params().stream().map(Param::name))
                .containsExactly("x", "n", "calls");
    }

    @Test
    void fieldsOfTheReceiver() {
        Task2<IntArray, Integer> task = this::own;
        Differential.check(KernelMethod.resolve(task), new IntArray(4), 4);
    }

    @Test
    void matrices() {
        Matrix2DFloat a = new Matrix2DFloat(3, 4);
        Matrix2DFloat b = new Matrix2DFloat(4, 2);
        for (int i = 0; i < 12; i++) {
            a.set(i / 4, i % 4, i - 5);
            b.set(i % 4, i % 2, 3 - i);
        }
        Matrix2DFloat c = new Matrix2DFloat(3, 2);
        Task3<Matrix2DFloat, Matrix2DFloat, Matrix2DFloat> task = ObjectsTest::matrices;
        Differential.check(KernelMethod.resolve(task), a, b, c);
        assertThat(c.get(2, 1)).isNotZero();
    }

    @Test
    void vectors() {
        VectorFloat a = new VectorFloat(5);
        a.fill(2.5f);
        Task3<VectorFloat, VectorFloat, Integer> task = ObjectsTest::vectors;
        Differential.check(KernelMethod.resolve(task), a, new VectorFloat(5), 4);
    }

    @Test
    void objectsInFieldsAreNotAssigned() {
        Task2<Inner, FloatArray> task = ObjectsTest::writesObject;
        KernelMethod method = KernelMethod.resolve(task);
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() -> Differential.translate(method, new Inner(), numbers()))
                .withMessageContaining("assigning the field")
                .withMessageContaining("store results in an array");
    }

    @Test
    void fieldsAreNotAssignedInParallelLoops() {
        Task2<Inner, FloatArray> task = ObjectsTest::writesFieldInParallel;
        KernelMethod method = KernelMethod.resolve(task);
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() -> Differential.translate(method, new Inner(), numbers()))
                .withMessageContaining("ObjectsTest.writesFieldInParallel:")
                .withMessageContaining("assigning the field scale in a @Parallel loop");
    }
}
