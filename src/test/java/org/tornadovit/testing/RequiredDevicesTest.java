package org.tornadovit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The devices a run requires are there, and tests are skipped or failed by that rule. */
class RequiredDevicesTest {
    @Test
    void everythingTheRunRequiresIsFound() {
        assertThat(Equipment.required())
                .as("devices and tools of TORNADO_VIT_REQUIRE that this machine lacks")
                .allSatisfy(e -> assertThat(e.found()).as(e.meaning()).isPresent());
    }

    @Test
    void namesAreUniqueAndAnUnknownOneIsRefused() {
        assertThat(Arrays.stream(Equipment.values()).map(Equipment::label)).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Equipment.named("openlc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'openlc'")
                .hasMessageContaining("opencl");
    }

    @Test
    void whatIsThereRuns() {
        assertThat(EquipmentCondition.decide(List.of(Equipment.JVM), List.of()).isDisabled())
                .isFalse();
    }

    @Test
    void whatIsMissingIsSkippedUnlessRequired() {
        List<Equipment> missing =
                Arrays.stream(Equipment.values()).filter(e -> e.found().isEmpty()).toList();
        for (Equipment equipment : missing) {
            List<Equipment> needed = List.of(equipment);
            assertThat(EquipmentCondition.decide(needed, List.of()).isDisabled()).isTrue();
            assertThatThrownBy(() -> EquipmentCondition.decide(needed, needed))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(equipment.label());
        }
    }
}
