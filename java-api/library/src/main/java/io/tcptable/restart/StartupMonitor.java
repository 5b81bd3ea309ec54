// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.Refusal.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Follows what was started until it listens and is healthy, or it is clear that it will not. */
final class StartupMonitor {

  /** How long a started server is waited for while another process already listens. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Advice FOREGROUND =
      new Advice.Hint(
          "If it goes into the background, start it so that it stays in the foreground: nginx -g"
              + " 'daemon off;', redis-server --daemonize no, apachectl -D FOREGROUND.");

  private final ScopedListeners scoped;
  private final StartedServer launched;
  private final Deadline deadline;
  private final Duration timeout;
  private final Duration settle;

  StartupMonitor(
      ScopedListeners scoped, StartedServer launched, Duration timeout, Duration settle) {
    this.settle = settle;
    this.scoped = scoped;
    this.launched = launched;
    this.timeout = timeout;
    this.deadline = Deadline.after(timeout);
  }

  /** Waits until it listens; returns what was seen, in one line. */
  String awaitListening() throws StepException, InterruptedException {
    Optional<Deadline> patience = Optional.empty();
    while (true) {
      boolean running = launched.isRunning();
      List<TcpSocket> listeners = scoped.areThere() ? scoped.now() : List.of();
      List<TcpSocket> own = running ? own(listeners) : List.of();
      if (!own.isEmpty()) {
        launched.seen(Listeners.owners(own));
        return listening(own, listeners);
      }
      if (!running) {
        List<OsProcess> background = launched.background();
        Optional<OsProcess> daemon = listening(background, listeners);
        if (daemon.isPresent()) {
          launched.follow(daemon.get());
          return listening(own(listeners), listeners);
        }
        boolean isGone = background.isEmpty() && launched.isBackgroundComplete();
        if (isGone || !listeners.isEmpty() || deadline.isOver()) {
          throw new StepException(exited("before it listened", listeners));
        }
      } else if (!listeners.isEmpty()) {
        patience = patience.or(() -> Optional.of(Deadline.after(PATIENCE)));
        if (patience.get().isOver() || deadline.isOver()) {
          throw new StepException(takenByAnother(listeners));
        }
      }
      if (deadline.isOver()) {
        throw new StepException(
            Refusal.of(
                Kind.NOT_LISTENING,
                launched
                    + " runs but does not listen on "
                    + scoped.scope()
                    + " after "
                    + timeout()
                    + elsewhere(),
                launched.command().readLog()));
      }
      deadline.pause();
    }
  }

  /** The one of some processes that listens, or whose descendants do. */
  private static Optional<OsProcess> listening(
      List<OsProcess> of, Collection<TcpSocket> listeners) {
    Set<OsProcess> owners = Listeners.owners(listeners);
    return of.stream()
        .filter(it -> owners.contains(it) || it.descendants().stream().anyMatch(owners::contains))
        .findFirst();
  }

  /** Where on the port it listens instead. */
  private String elsewhere() {
    List<TcpSocket> own = own(scoped.beside());
    return own.isEmpty() ? "" : "; it listens on " + Listeners.addresses(own);
  }

  private String listening(List<TcpSocket> own, List<TcpSocket> all) {
    List<TcpSocket> others = new ArrayList<>(all);
    others.removeAll(own);
    return Listeners.sentence(own)
        + (others.isEmpty()
            ? ""
            : (Listeners.owners(others).size() > 1 ? "; so do " : "; so does ")
                + Listeners.names(others)
                + " on "
                + Listeners.addresses(others));
  }

  /**
   * Those of what was started; if this user may not look into that, since it has more rights, also
   * those without a known owner: the port was free before.
   */
  private List<TcpSocket> own(List<TcpSocket> listeners) {
    boolean areHidden =
        listeners.stream().anyMatch(it -> it.ownership() == Ownership.UNKNOWN)
            && launched.isHidden();
    return listeners.stream()
        .filter(
            socket ->
                socket.owners().stream().anyMatch(launched::isOrigin)
                    || (areHidden && socket.ownership() == Ownership.UNKNOWN))
        .toList();
  }

  /** Waits until it is healthy; returns what was seen, in one line. */
  String awaitHealth(HealthProbe probe) throws StepException, InterruptedException {
    Optional<Deadline> doubt = Optional.empty();
    TimedProbe timed = new TimedProbe(probe, deadline);
    while (true) {
      HealthResult result = timed.run();
      List<TcpSocket> listeners = scoped.now();
      if (!launched.isRunning()) {
        throw new StepException(exited("before it was healthy", listeners));
      }
      if (result.isHealthy() && own(listeners).isEmpty()) {
        throw new StepException(takenByAnother(listeners));
      }
      boolean isSteady = !result.isHealthy() || isSteady(listeners);
      if (result.isHealthy() && isSteady) {
        return result.url() + " " + result.detail();
      }
      Optional<String> other = AssumedProtocol.other(result, own(listeners));
      if (other.isPresent()) {
        doubt = doubt.or(() -> Optional.of(Deadline.after(PATIENCE)));
        if (doubt.get().isOver()) {
          return result.url() + " " + result.detail() + "; the server runs and " + other.get();
        }
      } else {
        doubt = Optional.empty();
      }
      if (deadline.isOver()) {
        throw new StepException(
            Refusal.of(
                Kind.UNHEALTHY,
                "not healthy after "
                    + timeout()
                    + ": "
                    + result.url()
                    + " "
                    + result.detail()
                    + (isSteady ? "" : Steadiness.LOST)
                    + "; "
                    + listening(own(listeners), listeners),
                advice(result)));
      }
      deadline.pause();
    }
  }

  private Advice[] advice(HealthResult result) {
    return Stream.concat(
            AssumedProtocol.advice(result, scoped.scope()).stream(),
            Stream.of(Refusal.diagnose(scoped.scope()), launched.command().readLog()))
        .toArray(Advice[]::new);
  }

  /** What was started still runs; what it starts itself, again and again perhaps, must stay. */
  private boolean isSteady(List<TcpSocket> listeners) throws InterruptedException {
    List<TcpSocket> seen = own(listeners);
    return Listeners.owners(seen).stream().anyMatch(it -> it.pid() == launched.pid())
        || Steadiness.await(seen, () -> own(scoped.now()), settle);
  }

  private Refusal exited(String when, List<TcpSocket> listeners) {
    OptionalInt exit = launched.exitCode();
    int code = exit.orElse(1);
    List<String> lines = launched.lastLines();
    String message =
        launched
            + (exit.isPresent() ? " ended with exit code " + code + " " : " ended ")
            + when
            + (lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1));
    if (!listeners.isEmpty()) {
      String taken = message + "; " + listening(listeners, listeners);
      Advice diagnose = Refusal.diagnose(scoped.scope());
      return code == 0
          ? Refusal.of(Kind.TAKEN_BY_ANOTHER, taken, FOREGROUND, diagnose)
          : Refusal.of(Kind.TAKEN_BY_ANOTHER, taken, diagnose);
    }
    return code == 0
        ? Refusal.of(Kind.EXITED, message, FOREGROUND)
        : Refusal.of(Kind.EXITED, message, launched.command().readLog());
  }

  private Refusal takenByAnother(List<TcpSocket> listeners) {
    return Refusal.of(
        Kind.TAKEN_BY_ANOTHER,
        (listeners.isEmpty() ? "nobody listens" : listening(listeners, listeners))
            + ", not "
            + launched
            + ", which still runs",
        new Advice.Command(Platforms.current().commands().terminate(launched.pid())),
        Refusal.diagnose(scoped.scope()));
  }

  private String timeout() {
    return DurationText.of(timeout);
  }
}
