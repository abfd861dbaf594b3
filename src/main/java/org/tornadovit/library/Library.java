package org.tornadovit.library;

import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The functions of the library {@value #NAME}, for {@code TaskGraph.libraryTask}:
 *
 * <pre>{@code
 * graph.libraryTask("product", Library::gemm, a, b, c, rows, columns, inner)
 * }</pre>
 */
public final class Library {
    /** The library's name. */
    public static final String NAME = "tornado-vit";

    /** The name of {@link #gemm}. */
    public static final String GEMM = "gemm";

    /** The name of {@link #attention}. */
    public static final String ATTENTION = "attention";

    private Library() {}

    /**
     * {@code c = a b}.
     *
     * @param a float32 [m, k], row-major
     * @param b float32 [k, n], row-major
     * @param c float32 [m, n], row-major
     */
    public static LibraryTaskDescriptor gemm(
            FloatArray a, FloatArray b, FloatArray c, Integer m, Integer n, Integer k) {
        return gemm(a, b, c, m, n, k, false, false, 1f, 0f);
    }

    /**
     * {@code c = alpha op(a) op(b) + beta c}, where {@code op} transposes or does not; {@code c} is
     * not read when {@code beta} is 0.
     *
     * @param a float32 [m, k], or [k, m] when it is transposed, row-major
     * @param b float32 [k, n], or [n, k] when it is transposed, row-major
     * @param c float32 [m, n], row-major
     */
    public static LibraryTaskDescriptor gemm(
            FloatArray a,
            FloatArray b,
            FloatArray c,
            Integer m,
            Integer n,
            Integer k,
            Boolean transposeA,
            Boolean transposeB,
            Float alpha,
            Float beta) {
        Access result = beta == 0 ? Access.WRITE_ONLY : Access.READ_WRITE;
        return call(
                GEMM,
                new Object[] {a, b, c, m, n, k, transposeA, transposeB, alpha, beta},
                Access.READ_ONLY,
                Access.READ_ONLY,
                result);
    }

    /**
     * Scaled dot-product attention of several heads, {@code out = softmax(q kᵀ / √headDim) v}.
     *
     * @param q queries, float32 [batch, tokens, heads · headDim], row-major; so are the keys {@code
     *     k}, the values {@code v} and the result {@code out}
     * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, eq. 1</a>
     */
    public static LibraryTaskDescriptor attention(
            FloatArray q,
            FloatArray k,
            FloatArray v,
            FloatArray out,
            Integer batch,
            Integer tokens,
            Integer heads,
            Integer headDim) {
        return call(
                ATTENTION,
                new Object[] {q, k, v, out, batch, tokens, heads, headDim},
                Access.READ_ONLY,
                Access.READ_ONLY,
                Access.READ_ONLY,
                Access.WRITE_ONLY);
    }

    private static LibraryTaskDescriptor call(
            String function, Object[] parameters, Access... arrays) {
        Access[] access = new Access[parameters.length];
        for (int i = 0; i < access.length; i++) {
            access[i] = i < arrays.length ? arrays[i] : Access.READ_ONLY;
        }
        return new LibraryTaskDescriptor()
                .withLibrary(NAME)
                .withFunction(function)
                .withParameters(parameters)
                .withAccess(access);
    }
}
