package org.tornadovit.testing;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresDevice}: run, skip, or fail because the run requires the device. */
final class EquipmentCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<RequiresDevice> needs =
                context.getElement()
                        .flatMap(e -> AnnotationSupport.findAnnotation(e, RequiresDevice.class));
        if (needs.isEmpty()) {
            return enabled("needs no device");
        }
        return decide(
                Arrays.stream(needs.get().value()).map(Equipment::named).toList(),
                Equipment.required());
    }

    static ConditionEvaluationResult decide(List<Equipment> needed, List<Equipment> required) {
        for (Equipment equipment : needed) {
            if (equipment.found().isEmpty()) {
                String reason = "this machine lacks " + equipment.meaning();
                if (required.contains(equipment)) {
                    throw new AssertionError(
                            "The run requires '" + equipment.label() + "', but " + reason + ".");
                }
                return disabled(reason);
            }
        }
        return enabled("everything needed was found");
    }
}
