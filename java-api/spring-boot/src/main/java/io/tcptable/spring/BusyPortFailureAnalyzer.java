// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/**
 * Tells who holds the port that the web server could not have. Comes before Spring Boot's own
 * analyzer, which does the work where the sockets cannot be read.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class BusyPortFailureAnalyzer implements FailureAnalyzer {

  private static final boolean HAS_WEB_SERVER =
      ClassUtils.isPresent(
          "org.springframework.boot.web.server.PortInUseException",
          BusyPortFailureAnalyzer.class.getClassLoader());

  /** Made by Spring Boot. */
  public BusyPortFailureAnalyzer() {}

  @Override
  public @Nullable FailureAnalysis analyze(@Nullable Throwable failure) {
    for (Throwable cause = failure; HAS_WEB_SERVER && cause != null; cause = cause.getCause()) {
      OptionalInt port = WebServerFailure.port(cause);
      if (port.isPresent()) {
        return BusyPort.analysis(port.getAsInt(), failure).orElse(null);
      }
    }
    return null;
  }

  /** Knows the class that may be missing. */
  private static final class WebServerFailure {

    private WebServerFailure() {}

    static OptionalInt port(Throwable cause) {
      return cause instanceof PortInUseException busy && busy.getPort() > 0
          ? OptionalInt.of(busy.getPort())
          : OptionalInt.empty();
    }
  }
}
