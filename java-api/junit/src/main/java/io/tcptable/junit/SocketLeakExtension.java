// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;

/** Compares the sockets of this process before and after; see {@link NoLeakedSockets}. */
final class SocketLeakExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(SocketLeakExtension.class);
  private static final long POLL_MILLIS = 20;

  /**
   * What was there before.
   *
   * @param known the sockets that are not of the test; those that were reported are added
   * @param threads the threads
   */
  private record Before(Set<SocketKey> known, Set<Thread> threads) {}

  /** Called by JUnit. */
  SocketLeakExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember(context);
  }

  private static void remember(ExtensionContext context) {
    try {
      Set<SocketKey> known =
          ownSockets().stream().map(TcpSocket::key).collect(Collectors.toCollection(HashSet::new));
      store(context)
          .put(Before.class, new Before(known, Set.copyOf(Thread.getAllStackTraces().keySet())));
    } catch (TcpTableException e) {
      tellUnreadable(context, e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    check(context, "before this test");
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    check(context, "before this class");
  }

  private static void check(ExtensionContext context, String since) throws InterruptedException {
    // What an outer context has stored is not this one's.
    Before before = store(context).remove(Before.class, Before.class);
    Optional<NoLeakedSockets> annotation = annotation(context);
    if (before == null || annotation.isEmpty()) {
      return;
    }
    List<TcpSocket> left = List.of();
    try {
      left = leftAfterGrace(context, annotation.get(), before.known());
    } catch (TcpTableException e) {
      tellUnreadable(context, e);
    }
    if (!left.isEmpty()) {
      doNotReportAgain(context, left);
      throw new AssertionError(LeakReport.of(left, since, before.threads()));
    }
  }

  private static Optional<NoLeakedSockets> annotation(ExtensionContext context) {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      Optional<NoLeakedSockets> found =
          AnnotationSupport.findAnnotation(at.get().getElement(), NoLeakedSockets.class);
      if (found.isPresent()) {
        return found;
      }
      at = at.get().getParent();
    }
    return Optional.empty();
  }

  private static List<TcpSocket> leftAfterGrace(
      ExtensionContext context, NoLeakedSockets limits, Set<SocketKey> known)
      throws InterruptedException {
    Set<TcpState> states = Set.copyOf(Arrays.asList(limits.states()));
    Set<Integer> expected = ListeningExtension.ports(context);
    long end = System.nanoTime() + limits.graceMillis() * 1_000_000;
    while (true) {
      List<TcpSocket> left =
          ownSockets().stream()
              .filter(it -> states.contains(it.state()) && !known.contains(it.key()))
              .filter(it -> it.state() != TcpState.LISTEN || !expected.contains(it.localPort()))
              .sorted(TcpSocket.LISTENERS_FIRST)
              .toList();
      if (left.isEmpty() || System.nanoTime() - end >= 0) {
        return left;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static void doNotReportAgain(ExtensionContext context, List<TcpSocket> reported) {
    Optional<ExtensionContext> outer = context.getParent();
    while (outer.isPresent()) {
      Before before = store(outer.get()).get(Before.class, Before.class);
      if (before != null) {
        reported.forEach(it -> before.known().add(it.key()));
      }
      outer = outer.get().getParent();
    }
  }

  private static List<TcpSocket> ownSockets() {
    return TcpTable.snapshot(TcpQuery.all().ownedByThisProcess()).stream().toList();
  }

  private static void tellUnreadable(ExtensionContext context, TcpTableException e) {
    context.publishReportEntry("tcptable", "leaked sockets are not looked for: " + e.getMessage());
  }

  private static Store store(ExtensionContext context) {
    // By its ID: a store looks into those of outer contexts, too.
    return context.getStore(Namespace.create(NAMESPACE, context.getUniqueId()));
  }
}
