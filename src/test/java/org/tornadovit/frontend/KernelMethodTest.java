package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The method behind lambdas, method references and objects, serializable or not. */
class KernelMethodTest {
    /** As TornadoVM's own task interfaces: not serializable. */
    @FunctionalInterface
    interface Plain<A, B> {
        void apply(A a, B b);
    }

    /** A receiver with fields. */
    static final class Scaler {
        private final float factor;
        private final FloatArray offsets;

        Scaler(float factor, FloatArray offsets) {
            this.factor = factor;
            this.offsets = offsets;
        }

        void scale(FloatArray x, int n) {
            for (@Parallel int i = 0; i < n; i++) {
                x.set(i, transform(x.get(i), i));
            }
        }

        private float transform(float x, int i) {
            return x * factor + offsets.get(i);
        }
    }

    /** A task as a class. */
    static final class Doubling implements Task1<FloatArray> {
        private static final long serialVersionUID = 1;

        @Override
        public void apply(FloatArray x) {
            for (@Parallel int i = 0; i < x.getSize(); i++) {
                x.set(i, x.get(i) * 2);
            }
        }
    }

    static void relu(FloatArray x, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            x.set(i, Math.max(x.get(i), 0));
        }
    }

    static void other(FloatArray x, int n) {
        x.set(0, n);
    }

    private static FloatArray numbers() {
        return FloatArray.fromElements(-1, 2, -3, 4);
    }

    private static KernelMethod site(Plain<FloatArray, Integer> function) {
        return CallSites.resolve(function, frames(), 0);
    }

    private static KernelMethod wrapped(String name, long id, Plain<FloatArray, Integer> function) {
        return site(function);
    }

    private static List<StackWalker.StackFrame> frames() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(s -> s.skip(2).toList());
    }

    @Test
    void methodReference() {
        Task2<FloatArray, Integer> task = KernelMethodTest::relu;
        KernelMethod method = KernelMethod.resolve(task);
        assertThat(method.method().getName()).isEqualTo("relu");
        assertThat(method.captured()).isEmpty();
        Differential.check(method, numbers(), 3);
    }

    @Test
    void lambdaWithCapturedValues() {
        FloatArray bias = numbers();
        int n = 3;
        float scale = 0.5f;
        Task1<FloatArray> task =
                x -> {
                    for (@Parallel int i = 0; i < n; i++) {
                        x.set(i, x.get(i) * scale + bias.get(i));
                    }
                };
        KernelMethod method = KernelMethod.resolve(task);
        assertThat(method.captured()).containsExactlyInAnyOrder(bias, n, scale);
        Kernel kernel = Differential.check(method, numbers());
        assertThat(kernel.params()).hasSize(4);
        assertThat(kernel.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    @Test
    void lambdaThatCallsAKernel() {
        Task2<FloatArray, Integer> task = (x, n) -> relu(x, n);
        Differential.check(KernelMethod.resolve(task), numbers(), 2);
    }

    @Test
    void boundReceiverWithFields() {
        Scaler scaler = new Scaler(3, numbers());
        Task2<FloatArray, Integer> task = scaler::scale;
        KernelMethod method = KernelMethod.resolve(task);
        assertThat(method.captured()).containsExactly(scaler);
        Kernel kernel = Differential.check(method, numbers(), 4);
        assertThat(kernel.params().stream().map(Param::name))
                .containsExactly("x", "n", "factor", "offsets");
    }

    @Test
    void receiverAsArgument() {
        Task3<Scaler, FloatArray, Integer> task = Scaler::scale;
        KernelMethod method = KernelMethod.resolve(task);
        assertThat(method.captured()).isEmpty();
        Differential.check(method, new Scaler(-2, numbers()), numbers(), 4);
    }

    @Test
    void taskAsClass() {
        Differential.check(KernelMethod.resolve(new Doubling()), numbers());
        Task1<FloatArray> anonymous =
                new Task1<>() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public void apply(FloatArray x) {
                        x.set(1, 7);
                    }
                };
        Differential.check(KernelMethod.resolve(anonymous), numbers());
    }

    @Test
    void notSerializable() {
        Plain<FloatArray, Integer> plain = KernelMethodTest::relu;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelMethod.resolve(plain))
                .withMessageEndingWith("is not serializable");
    }

    @Test
    void callSite() {
        KernelMethod method = site(KernelMethodTest::relu);
        assertThat(method.method().getName()).isEqualTo("relu");
        Differential.check(method, numbers(), 3);
    }

    @Test
    void callSiteThroughVariables() {
        Plain<FloatArray, Integer> first = KernelMethodTest::relu;
        Plain<FloatArray, Integer> second = KernelMethodTest::other;
        assertThat(site(first).method().getName()).isEqualTo("relu");
        assertThat(site(second).method().getName()).isEqualTo("other");
    }

    @Test
    void callSiteThroughAWrapper() {
        assertThat(wrapped("a", 5L, KernelMethodTest::other).method().getName()).isEqualTo("other");
    }

    @Test
    void callSiteWithCapturedValues() {
        Scaler scaler = new Scaler(3, numbers());
        KernelMethod method = site(scaler::scale);
        assertThat(method.captured()).containsExactly(scaler);
        int shift = numbers().getSize();
        float add = 1.5f;
        Differential.check(site((x, n) -> x.set(n, x.get(shift - 1 - n) + add)), numbers(), 1);
    }

    @Test
    void callSiteThatCannotBeKnown() {
        Plain<FloatArray, Integer> either =
                numbers().getSize() > 3 ? KernelMethodTest::relu : KernelMethodTest::other;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> site(either))
                .withMessageContaining("pass the method reference in the call of task() itself");
    }
}
