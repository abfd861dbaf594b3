package uk.ac.manchester.tornado.api.internal.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a type whose methods compilers know. */
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface TornadoVMIntrinsic {}
