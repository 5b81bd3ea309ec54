// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives an {@code int} parameter of a test or of a constructor a port that nobody uses, at no
 * address and in neither family. The system gives it to no outgoing connection, and this JVM to no
 * other test; another program may still take it.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(FreePortExtension.class)
public @interface FreePort {}
