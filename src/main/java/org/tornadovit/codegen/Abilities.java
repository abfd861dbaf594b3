package org.tornadovit.codegen;

import java.util.Set;
import java.util.TreeSet;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.MissingFeatureException;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** What a kernel needs that not every device can do. */
final class Abilities {
    private Abilities() {}

    /**
     * {@return what a kernel needs, in the order of the enum}
     *
     * @param features what the device can do
     * @throws MissingFeatureException when the device lacks something, saying what to use instead
     */
    static Set<Feature> needed(Kernel kernel, Set<Feature> features) {
        Set<Feature> needs = needs(kernel);
        for (Feature feature : needs) {
            if (!features.contains(feature)) {
                throw new MissingFeatureException(
                        feature,
                        "Kernel '%s' (%s) needs %s, which the device lacks; use %s."
                                .formatted(
                                        kernel.name(),
                                        kernel.source(),
                                        feature == Feature.FP64
                                                ? "double precision"
                                                : "atomic operations on 64-bit integers",
                                        feature == Feature.FP64 ? "float" : "int"));
            }
        }
        return needs;
    }

    private static Set<Feature> needs(Kernel kernel) {
        Set<Feature> needs = new TreeSet<>();
        kernel.arrays().forEach(a -> need(a.element(), needs));
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                need(expr.type().scalar(), needs);
            }

            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Allocate(var array, _, _) -> need(array.element(), needs);
                    case Stmt.Atomic atomic when atomic.array().element().bytes() == 8 ->
                            needs.add(Feature.ATOMIC64);
                    default -> {}
                }
            }
        }.walk(kernel.body());
        return needs;
    }

    private static void need(Scalar scalar, Set<Feature> needs) {
        if (scalar == Scalar.F64) {
            needs.add(Feature.FP64);
        }
    }
}
