// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Before the test starts, a process has to listen on each of these local ports: it is waited for,
 * and the test fails if none does in time. What listens there is no leak of the test.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(ListeningExtension.class)
public @interface ExpectListening {

  /** The ports, each 1 to 65535. */
  int[] value();

  /** How long to wait for each of them, in milliseconds. */
  long timeoutMillis() default 5_000;
}
