package org.tornadovit.frontend;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** {@return the fields of single objects that the kernel has as arrays, to assign them} */
    public Set<FieldArray> assigned(List<Object> arguments) {
        return sources.stream()
                .filter(Source.OfPart.class::isInstance)
                .map(source -> (FieldArray) source.value(arguments))
                .filter(FieldArray::isOfOneObject)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the fields that the kernel has as numbers, though they are in {@code assigned}} */
    public Set<Source> numbers(Set<FieldArray> assigned, List<Object> arguments) {
        Set<Source> found = new HashSet<>();
        for (Source source : sources) {
            if (source instanceof Source.OfField(var owner, var field)
                    && field.getType().isPrimitive()) {
                Object object = owner.value(arguments);
                FieldArray.Shape shape = FieldArray.Shape.of(object.getClass(), field);
                if (assigned.contains(FieldArray.of(object, shape))) {
                    found.add(source);
                }
            }
        }
        return found;
    }

    /** {@return the values of the kernel's parameters, in order} */
    public List<Object> values(List<Object> arguments) {
        return sources.stream().map(source -> source.value(arguments)).toList();
    }
}
