package org.tornadovit.codegen.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

class AddressesTest {
    private static final Array X = new Array("x", Scalar.F32, Space.GLOBAL);
    private static final Var PANEL = new Var("panel", Type.I32);
    private static final Var K = new Var("k", Type.I32);

    private static final Integers NO_WRAPPING =
            new Integers() {
                @Override
                public boolean isExact(Expr.Binary operation) {
                    return true;
                }

                @Override
                public long bits(Expr expr) {
                    return expr == K ? 1023 : -1;
                }
            };

    private static final Integers UNKNOWN =
            new Integers() {
                @Override
                public boolean isExact(Expr.Binary operation) {
                    return false;
                }

                @Override
                public long bits(Expr expr) {
                    return -1;
                }
            };

    private static Addresses addresses(Integers integers) {
        Kernel kernel =
                new Kernel(
                        "k",
                        List.of(new Param.OfArray(X)),
                        Stmt.Sequence.EMPTY,
                        Kernel.Form.LOOPS,
                        Site.NONE);
        return new Addresses(Places.of(kernel), integers, Set.of(K));
    }

    private static Expr binary(BinaryOp op, Expr x, Expr y) {
        return new Expr.Binary(op, x, y);
    }

    /** ((panel * 768) + k) * 32 + offset. */
    private static Expr index(int offset) {
        Expr term = binary(BinaryOp.ADD, binary(BinaryOp.MUL, PANEL, Const.i32(768)), K);
        return binary(BinaryOp.ADD, binary(BinaryOp.MUL, term, Const.i32(32)), Const.i32(offset));
    }

    @Test
    void whatStaysIsToldFromWhatMoves() {
        Addresses addresses = addresses(NO_WRAPPING);
        Addresses.Address address = addresses.of(X, index(5));
        assertThat(address.constant()).isEqualTo(20);
        assertThat(address.terms()).containsExactly(new Addresses.Term(K, 128, 1023));
        assertThat(addresses.fixed()).hasSize(1);
        assertThat(addresses.fixed().getFirst().terms())
                .containsExactly(new Addresses.Term(PANEL, 768 * 128, -1));
    }

    @Test
    void addressesThatDifferByAConstantShareWhatStays() {
        Addresses addresses = addresses(NO_WRAPPING);
        int first = addresses.of(X, index(0)).fixed();
        assertThat(addresses.of(X, index(16)).fixed()).isEqualTo(first);
        assertThat(addresses.of(X, K).fixed()).isNotEqualTo(first);
        assertThat(addresses.fixed()).hasSize(2);
    }

    @Test
    void termsThatCancelOutAreNone() {
        Addresses.Address address =
                addresses(NO_WRAPPING)
                        .of(X, binary(BinaryOp.SUB, binary(BinaryOp.ADD, K, PANEL), K));
        assertThat(address.terms()).isEmpty();
    }

    @Test
    void whatMayWrapAroundStaysOneTerm() {
        Addresses addresses = addresses(UNKNOWN);
        Expr index = index(5);
        assertThat(addresses.of(X, index).terms())
                .containsExactly(new Addresses.Term(index, 4, -1));
        assertThat(addresses.fixed().getFirst().terms()).isEmpty();
    }

    @Test
    void whatMayFailIsNotComputedAhead() {
        Addresses addresses = addresses(NO_WRAPPING);
        Expr quotient = binary(BinaryOp.DIV, Const.i32(7), PANEL);
        assertThat(addresses.of(X, quotient).terms()).hasSize(1);
        Expr half = binary(BinaryOp.DIV, PANEL, Const.i32(2));
        assertThat(addresses.of(X, half).terms()).isEmpty();
    }
}
