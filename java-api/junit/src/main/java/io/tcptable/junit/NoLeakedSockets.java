// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import io.tcptable.TcpState;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * A test fails if this JVM has more TCP sockets open after it, with its {@code @AfterEach} methods,
 * than before. On a class this holds for each test, and for the class as a whole. The message says
 * which sockets, and which threads of the test are in a call of a socket.
 *
 * <p>Only sockets of this process count, which needs no privileges; those of a process that a test
 * has started are not looked at. Where sockets cannot be read, nothing is checked, and a report
 * entry says why. While such a test runs, JUnit runs no other one of this JVM, since a socket does
 * not tell which test it is of.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(SocketLeakExtension.class)
@ResourceLock(Resources.GLOBAL)
public @interface NoLeakedSockets {

  /** How long a socket may take to be closed after the test, in milliseconds. */
  long graceMillis() default 1_000;

  /**
   * The states that count; {@link TcpState#CLOSED} is a socket that is bound only. What the kernel
   * finishes alone, such as {@link TcpState#TIME_WAIT}, has no owner and never counts.
   */
  TcpState[] states() default {
    TcpState.LISTEN, TcpState.CLOSED, TcpState.SYN_SENT, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT
  };
}
