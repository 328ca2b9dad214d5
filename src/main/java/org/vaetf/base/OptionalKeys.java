package org.vaetf.base;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose keys JSON may leave out: what is missing is as in the record that the reader
 * was given for it, else as in the record's {@code defaults()}. The kinds of an axis ({@link
 * Kinds}) are so without the mark.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OptionalKeys {}
