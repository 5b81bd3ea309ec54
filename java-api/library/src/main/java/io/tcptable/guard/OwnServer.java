// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.OsProcess;
import io.tcptable.PinnedProcess;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.server.Descent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The processes of the server that is guarded: one that was started, and what descends from it. */
final class OwnServer {

  private static final Duration KILL_TIME = Duration.ofSeconds(5);

  /** Whether a server is started in a session of its own. */
  private static final boolean HAS_SESSIONS = Platforms.current().detacher().isPresent();

  private final @Nullable Process process;
  private final long session;
  private Optional<OsProcess> root;

  private OwnServer(@Nullable Process process, long session, Optional<OsProcess> root) {
    this.process = process;
    this.session = session;
    this.root = root;
  }

  /** One that this process has started. Its PID is the number of its session, if it has its own. */
  static OwnServer started(Process process) {
    return new OwnServer(process, process.pid(), OsProcess.of(process.pid()));
  }

  /** One that another process has started. A session counts only if this process began it. */
  static OwnServer adopted(OsProcess root) {
    return new OwnServer(null, root.pid(), Optional.of(root));
  }

  /** It has gone into the background, as this process. */
  void follow(long pid) {
    if (process == null || pid != process.pid()) {
      root = OsProcess.of(pid);
    }
  }

  OptionalLong pid() {
    return root.map(it -> OptionalLong.of(it.pid()))
        .orElseGet(() -> process == null ? OptionalLong.empty() : OptionalLong.of(process.pid()));
  }

  boolean isRunning() {
    return root.map(OsProcess::isRunning).orElseGet(() -> process != null && process.isAlive());
  }

  /** How it ended; empty if it runs, or that is told to another process. */
  OptionalInt exitCode() {
    boolean isRoot = process != null && pid().orElse(0) == process.pid();
    return process == null || !isRoot || process.isAlive()
        ? OptionalInt.empty()
        : OptionalInt.of(process.exitValue());
  }

  /** Waits until it has ended, or the time is over. */
  void awaitEnd(Duration time) throws InterruptedException {
    Process started = process;
    if (started != null && started.isAlive()) {
      started.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      Thread.sleep(time.toMillis());
    }
  }

  /** Whether a process is it or descends from it, be it only by the session that it is in. */
  boolean contains(OsProcess one) {
    return Descent.isFrom(one, it -> Optional.of(it).equals(root)) || isInSession(one);
  }

  private boolean isInSession(OsProcess one) {
    return HAS_SESSIONS && Descent.isInSession(one, session);
  }

  /** All that run, the one that was started first. */
  private List<OsProcess> running() {
    Set<OsProcess> all = new LinkedHashSet<>();
    root.ifPresent(
        it -> {
          all.add(it);
          all.addAll(it.descendants());
        });
    OsProcess.all().stream().filter(this::isInSession).forEach(all::add);
    return all.stream().filter(OsProcess::isRunning).toList();
  }

  /**
   * Terminates it: first the process that was started, which may stop the others; then those that
   * are left; and kills what does not end in time. An interruption shortens the time.
   *
   * @param spared those that are not stopped
   * @return those that still run
   */
  List<OsProcess> stop(Duration grace, Collection<OsProcess> spared) {
    long end = System.nanoTime() + grace.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      root.filter(it -> !spared.contains(it)).ifPresent(it -> stop(List.of(it), left(end), false));
      List<OsProcess> left = running(spared);
      if (!left.isEmpty()) {
        stop(left, left(end), false);
        stop(left, KILL_TIME, true);
        left = running(spared);
      }
      return left;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<OsProcess> running(Collection<OsProcess> spared) {
    return running().stream().filter(it -> !spared.contains(it)).toList();
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private static void stop(List<OsProcess> which, Duration time, boolean isForced) {
    List<PinnedProcess> held = new ArrayList<>();
    try {
      for (OsProcess one : which) {
        one.hold().ifPresent(held::add);
      }
      for (PinnedProcess one : held) {
        signal(one, isForced);
      }
      long end = System.nanoTime() + time.toNanos();
      for (PinnedProcess one : held) {
        awaitEnd(one, end);
      }
    } finally {
      held.forEach(PinnedProcess::close);
    }
  }

  private static void signal(PinnedProcess one, boolean isForced) {
    try {
      boolean isSent = isForced ? one.kill() : one.terminate();
      assert isSent || one.hasEnded() || !one.canBeAsked() : one;
    } catch (TcpTableException e) {
      // It is among those that still run.
    }
  }

  private static void awaitEnd(PinnedProcess one, long end) {
    try {
      boolean hasEnded = one.awaitEnd(left(end));
      assert hasEnded || left(end).isZero() : one;
    } catch (InterruptedException e) {
      // Asked to stop once more: it does not wait any longer.
    }
  }
}
