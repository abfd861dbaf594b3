package uk.ac.manchester.tornado.api.internal.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that compilers replace by an instruction. */
@Target({ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CompilerIntrinsic {}
