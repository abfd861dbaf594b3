package uk.ac.manchester.tornado.api.internal.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives the size of an off-heap array's elements. */
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface SegmentElementSize {
    /** {@return bytes per element} */
    int size();
}
