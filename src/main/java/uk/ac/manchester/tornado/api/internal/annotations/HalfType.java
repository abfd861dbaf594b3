package uk.ac.manchester.tornado.api.internal.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the type of 16-bit floating-point numbers. */
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface HalfType {}
