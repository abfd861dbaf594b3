package org.tornadovit.library;

import java.util.List;
import org.tornadovit.nn.Attention;
import org.tornadovit.runtime.TornadoLibraryProvider;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The functions of {@link Library} as tasks of plain loops, which every device runs. */
public final class PlainLoops implements TornadoLibraryProvider {
    /** For the service loader. */
    public PlainLoops() {}

    @Override
    public String library() {
        return Library.NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(Library.GEMM, Library.ATTENTION);
    }

    @Override
    public List<TaskPackage> tasks(String id, LibraryTaskDescriptor call) {
        Parameters parameters = new Parameters(call);
        return Library.GEMM.equals(call.getFunctionName())
                ? gemm(id, parameters)
                : attention(id, parameters);
    }

    private static List<TaskPackage> gemm(String id, Parameters p) {
        p.count(10);
        int m = p.size(3);
        int n = p.size(4);
        int k = p.size(5);
        boolean acrossA = p.choice(6);
        boolean acrossB = p.choice(7);
        FloatArray a = p.array(0, (long) m * k);
        FloatArray b = p.array(1, (long) k * n);
        FloatArray c = p.array(2, (long) m * n);
        int aRow = acrossA ? 1 : k;
        int aColumn = acrossA ? m : 1;
        int bRow = acrossB ? 1 : n;
        int bColumn = acrossB ? k : 1;
        float alpha = p.number(8);
        float beta = p.number(9);
        return List.of(
                alpha == 1 && beta == 0
                        ? new TaskPackage(
                                id, Loops::product, a, b, c, m, n, k, aRow, aColumn, bRow, bColumn)
                        : beta == 0
                                ? new TaskPackage(
                                        id,
                                        Loops::scaledProduct,
                                        a,
                                        b,
                                        c,
                                        m,
                                        n,
                                        k,
                                        aRow,
                                        aColumn,
                                        bRow,
                                        bColumn,
                                        alpha)
                                : new TaskPackage(
                                        id,
                                        Loops::productAdd,
                                        a,
                                        b,
                                        c,
                                        m,
                                        n,
                                        k,
                                        aRow,
                                        aColumn,
                                        bRow,
                                        bColumn,
                                        alpha,
                                        beta));
    }

    private static List<TaskPackage> attention(String id, Parameters p) {
        p.count(8);
        int batch = p.size(4);
        int tokens = p.size(5);
        int heads = p.size(6);
        int headDim = p.size(7);
        long size = (long) batch * tokens * heads * headDim;
        FloatArray q = p.array(0, size);
        FloatArray k = p.array(1, size);
        FloatArray v = p.array(2, size);
        FloatArray out = p.array(3, size);
        int rows = Math.toIntExact((long) batch * heads * tokens);
        FloatArray weights = new FloatArray(Math.multiplyExact(rows, tokens));
        float scale = (float) (1 / Math.sqrt(headDim));
        return List.of(
                new TaskPackage(
                        id + "-scores",
                        Loops::scores,
                        q,
                        k,
                        weights,
                        batch,
                        tokens,
                        heads,
                        headDim,
                        scale),
                new TaskPackage(id + "-softmax", Attention::softmax, weights, rows, tokens),
                new TaskPackage(
                        id, Loops::weightedSum, weights, v, out, batch, tokens, heads, headDim));
    }
}
