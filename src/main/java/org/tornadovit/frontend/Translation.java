package org.tornadovit.frontend;

import java.util.List;
import org.tornadovit.ir.Kernel;

/**
 * A translated method.
 *
 * @param kernel the kernel; its parameters are those of the method, then the fields it reads
 * @param sources for each parameter of the kernel, where its value comes from
 */
public record Translation(Kernel kernel, List<Source> sources) {
    /** Checks that each parameter has a source. */
    public Translation {
        sources = List.copyOf(sources);
        if (sources.size() != kernel.params().size()) {
            throw new IllegalArgumentException(
                    kernel.params().size() + " parameters but " + sources.size() + " sources");
        }
    }

    /** {@return the values of the kernel's parameters, in order} */
    public List<Object> values(List<Object> arguments) {
        return sources.stream().map(source -> source.value(arguments)).toList();
    }
}
