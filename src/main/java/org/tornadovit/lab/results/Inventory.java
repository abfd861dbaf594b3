package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which devices a machine has, whether they are used or not.
 *
 * @param found names of the devices that can run something
 * @param absent backends without a device, such as {@code opencl}, each with a sentence that says
 *     why
 */
public record Inventory(List<String> found, Map<String, String> absent) {
    /** Copies the collections. */
    public Inventory {
        found = List.copyOf(found);
        absent = Collections.unmodifiableMap(new LinkedHashMap<>(absent));
    }

    /** {@return the inventory in sentences, one for what was found and one a backend without} */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("Devices found: " + String.join(", ", found) + ".");
        absent.forEach((backend, why) -> sentences.add("No " + backend + " device: " + why));
        return sentences;
    }
}
