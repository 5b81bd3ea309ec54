// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import io.tcptable.restart.PortWait;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Waits for listeners; see {@link ExpectListening}. */
final class ListeningExtension implements BeforeEachCallback {

  /** Called by JUnit. */
  ListeningExtension() {}

  @Override
  public void beforeEach(ExtensionContext context) throws InterruptedException {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      Optional<ExpectListening> expected = annotation(at.get());
      if (expected.isPresent()) {
        waitFor(expected.get());
      }
      at = at.get().getParent();
    }
  }

  private static void waitFor(ExpectListening expected) throws InterruptedException {
    Duration longest = Duration.ofMillis(expected.timeoutMillis());
    for (int port : expected.value()) {
      PortWait.Result result = PortWait.untilListening(port).timeout(longest).run();
      if (!result.isMet()) {
        throw new AssertionError(
            "a process should listen on port "
                + port
                + " within "
                + longest.toMillis()
                + " ms: "
                + result.detail());
      }
    }
  }

  /** All ports that are expected in a context. */
  static Set<Integer> ports(ExtensionContext context) {
    Set<Integer> ports = new TreeSet<>();
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      annotation(at.get()).ifPresent(it -> Arrays.stream(it.value()).forEach(ports::add));
      at = at.get().getParent();
    }
    return ports;
  }

  private static Optional<ExpectListening> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), ExpectListening.class);
  }
}
