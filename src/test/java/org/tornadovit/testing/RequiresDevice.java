package org.tornadovit.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test needs these devices or tools, by their {@link Equipment#label() labels}:
 * {@code @RequiresDevice("opencl")}. Where one is missing the test is skipped with a sentence that
 * says so; where the run requires it ({@code scripts/test --require opencl}) the test fails
 * instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EquipmentCondition.class)
public @interface RequiresDevice {
    /** {@return the labels, all of which are needed} */
    String[] value();
}
