package org.tornadovit.models;

import java.util.ArrayList;
import java.util.List;

/** Names of residual units: {@code stage0_unit0}, {@code stage0_unit1}, … */
final class StageNames {
    private StageNames() {}

    /** {@return the names of all units, given the number of them in each stage} */
    static List<String> of(List<Integer> stages) {
        List<String> names = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            for (int unit = 0; unit < stages.get(stage); unit++) {
                names.add("stage%d_unit%d".formatted(stage, unit));
            }
        }
        return names;
    }
}
