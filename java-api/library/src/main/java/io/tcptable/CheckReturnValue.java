// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what does nothing unless its result is used, such as a request before {@code run()}. Error
 * Prone and IntelliJ know the annotation by its simple name and warn of a call whose result is
 * dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CheckReturnValue {}
