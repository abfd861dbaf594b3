package org.tornadovit.ir;

import java.util.List;

/**
 * A kernel: what one task runs on a device.
 *
 * @param name a legal identifier, the Java method's name
 * @param params parameters in the order of the Java method
 * @param body loops (PARALLEL ones are spread over the device), or the code of one work-item when
 *     {@code form} is {@link Form#WORK_ITEM}
 * @param form who spreads the work
 * @param source the Java method
 */
public record Kernel(String name, List<Param> params, Stmt body, Form form, Site source) {
    /** Who spreads the work over the device. */
    public enum Form {
        /** Plain Java with {@code @Parallel} loops; without any it runs as one work-item. */
        LOOPS,
        /** Code of one work-item, written with a KernelContext; the grid is given at launch. */
        WORK_ITEM
    }

    /** Copies the list. */
    public Kernel {
        params = List.copyOf(params);
    }

    /** {@return this kernel with another body} */
    public Kernel withBody(Stmt newBody) {
        return newBody == body ? this : new Kernel(name, params, newBody, form, source);
    }

    /** {@return the array parameters, in order} */
    public List<Array> arrays() {
        return params.stream()
                .filter(Param.OfArray.class::isInstance)
                .map(p -> ((Param.OfArray) p).array())
                .toList();
    }
}
