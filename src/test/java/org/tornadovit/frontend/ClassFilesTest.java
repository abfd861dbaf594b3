package org.tornadovit.frontend;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;

/** Byte code that javac does not write. */
class ClassFilesTest {
    private static final ClassDesc INTS = CD_int.arrayType();

    private static KernelMethod method(Consumer<CodeBuilder> code) {
        byte[] bytes =
                ClassFile.of()
                        .build(
                                ClassDesc.of("Handmade"),
                                c ->
                                        c.withMethodBody(
                                                "kernel",
                                                MethodTypeDesc.of(CD_void, INTS, INTS, CD_int),
                                                ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                                                code));
        Class<?> type = Recompiled.load("Handmade", bytes);
        return KernelMethod.of(Differential.method(type, "kernel"));
    }

    private static Kernel check(KernelMethod method, int n) {
        return Differential.check(method, new int[] {5, 3, 8, 1, 9, 2, 7, 7}, new int[8], n);
    }

    /** As ecj: {@code goto test; body: ...; i++; test: if (i < n) goto body}. */
    @Test
    void loopsThatTestAtTheBottom() {
        KernelMethod method =
                method(c -> {
                    var body = c.newLabel();
                    var test = c.newLabel();
                    c.iconst_0().istore(3).goto_(test);
                    c.labelBinding(body);
                    c.aload(1).iload(3).aload(0).iload(3).iaload().iload(3).imul();
                    c.iastore().iinc(3, 1);
                    c.labelBinding(test);
                    c.iload(3).iload(2).if_icmplt(body).return_();
                });
        Kernel kernel = check(method, 6);
        assertThat(kernel.body()).isInstanceOf(Stmt.Sequence.class);
        assertThat(Regions.any(kernel.body(), s -> s instanceof Stmt.For)).isTrue();
        assertThat(Regions.any(kernel.body(), s -> s instanceof Stmt.Loop)).isFalse();
    }

    /** The step is far away, the loop's blocks are out of order. */
    @Test
    void blocksOutOfOrder() {
        KernelMethod method =
                method(c -> {
                    var step = c.newLabel();
                    var body = c.newLabel();
                    var test = c.newLabel();
                    var end = c.newLabel();
                    c.iconst_0().istore(3).goto_w(test);
                    c.labelBinding(step);
                    c.iinc(3, 1000).iinc(3, -998);
                    c.labelBinding(test);
                    c.iload(2).iload(3).if_icmpgt(body).goto_(end);
                    c.labelBinding(body);
                    c.aload(1).iload(3).bipush(7).iastore().goto_(step);
                    c.labelBinding(end);
                    c.return_();
                });
        check(method, 6);
    }

    @Test
    void swappedAndDuplicatedOperands() {
        KernelMethod method =
                method(c -> {
                    c.aload(1).iconst_0();
                    // a[1] a[2]: dup_x1 swap dup2
                    c.aload(0).iconst_1().iaload().aload(0).iconst_2().iaload();
                    c.dup_x1().swap().dup2().imul().dup_x2().pop().isub().iadd();
                    c.iadd().iload(2).iadd().iastore();
                    c.return_();
                });
        check(method, 3);
    }

    @Test
    void loopsWithTwoEntriesAreRefused() {
        KernelMethod method =
                method(c -> {
                    var one = c.newLabel();
                    var two = c.newLabel();
                    var end = c.newLabel();
                    c.iload(2).ifeq(two);
                    c.labelBinding(one);
                    c.iinc(2, -1).iload(2).ifle(end);
                    c.labelBinding(two);
                    c.iinc(2, -2).iload(2).ifgt(one);
                    c.labelBinding(end);
                    c.return_();
                });
        assertThatExceptionOfType(UnsupportedKernelException.class)
                .isThrownBy(() -> check(method, 3))
                .withMessageContaining("a loop with more than one entry");
    }

    @Test
    void classWithoutAFile() throws IllegalAccessException {
        byte[] bytes =
                ClassFile.of()
                        .build(
                                ClassDesc.of("org.tornadovit.frontend.Hidden"),
                                c ->
                                        c.withMethodBody(
                                                "kernel",
                                                MethodTypeDesc.of(CD_void),
                                                ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                                                CodeBuilder::return_));
        Class<?> type = MethodHandles.lookup().defineHiddenClass(bytes, false).lookupClass();
        KernelMethod method = KernelMethod.of(Differential.method(type, "kernel"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Differential.translate(method))
                .withMessageContaining("its class loader must offer it as a resource");
    }
}
