package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tornadovit.ir.Kernel;

/**
 * A translated method.
 *
 * @param kernel the kernel; its parameters are those of the method, then the fields it reads
 * @param sources for each parameter of the kernel, where its value comes from
 * @param objects objects in fields that may be assigned, which the kernel was made for
 */
public record Translation(Kernel kernel, List<Source> sources, Map<Source, Object> objects) {
    /** Checks that each parameter has a source. */
    public Translation {
        sources = List.copyOf(sources);
        objects = Map.copyOf(objects);
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

    /**
     * {@return arrays of one number for the fields of single objects that the kernel has as numbers
     * and that are among {@code fields}}
     */
    public Set<FieldArray> cells(Map<Object, Set<Field>> fields, List<Object> arguments) {
        Set<FieldArray> found = new HashSet<>();
        for (Source source : sources) {
            if (source instanceof Source.OfField(var owner, var field)
                    && field.getType().isPrimitive()) {
                Object object = owner.value(arguments);
                if (fields.getOrDefault(object, Set.of()).contains(field)) {
                    FieldArray.Shape shape = FieldArray.Shape.of(object.getClass(), field);
                    found.add(FieldArray.of(object, shape));
                }
            }
        }
        return found;
    }

    /** {@return whether fields refer to the objects that the kernel was made for} */
    public boolean isFor(List<Object> arguments) {
        return objects.isEmpty()
                || objects.entrySet().stream()
                        .allMatch(e -> e.getKey().value(arguments) == e.getValue());
    }

    /** {@return the values of the kernel's parameters, in order} */
    public List<Object> values(List<Object> arguments) {
        return sources.stream().map(source -> source.value(arguments)).toList();
    }
}
