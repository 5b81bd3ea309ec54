// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.server.BindAddress;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.Supervisor;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.Refusal.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verifies that a port is free: nobody listens, its addresses can be bound, and that lasts. What
 * this process has no right to bind, or is no address of this machine any more, is not tried: a
 * server may have more rights.
 */
final class FreeCheck {

  /** An address and whether it can be bound. */
  private record BindAttempt(ListenAddress address, BindTest bind) {

    static BindAttempt of(ListenAddress address) {
      return new BindAttempt(address, BindTest.of(BindAddress.of(address)));
    }

    /** Whether it says nothing of who has the address. */
    boolean isInconclusive() {
      return (bind.isDenied() && TcpTable.readPortPolicy().isPrivileged(address.port()))
          || bind.isElsewhere();
    }
  }

  /** How long the kernel may need to let go of what a process has left behind. */
  private static final Duration CLEARANCE = Duration.ofSeconds(2);

  /** For how many of those who came back there is advice. */
  private static final int MOST_ADVISED = 3;

  private final ScopedListeners scoped;
  private final RunContext context;
  private final Set<ListenAddress> addresses;

  /**
   * @param before the sockets that were there when all began
   * @param context knows who was stopped since, and who this user may not stop
   */
  FreeCheck(TcpTable before, RunContext context) {
    this.scoped = context.listeners();
    this.context = context;
    this.addresses = addresses(scoped, before);
  }

  /** The addresses that were listened on; if none was, the one that is asked for, or any. */
  static Set<ListenAddress> addresses(ScopedListeners scoped, TcpTable before) {
    Set<ListenAddress> addresses =
        scoped.in(before).stream().map(ListenAddress::of).collect(Collectors.toSet());
    return addresses.isEmpty()
        ? Set.of(scoped.scope().address().orElseGet(() -> any(scoped.scope().port())))
        : addresses;
  }

  private static ListenAddress any(int port) {
    return ListenAddress.parse("0.0.0.0:" + port);
  }

  /**
   * Verifies it, or says why it is not free.
   *
   * @param settle how long the port must stay free
   * @return what was seen, in one line
   */
  String verify(Duration settle) throws StepException, InterruptedException {
    List<BindAttempt> answers = bindAll();
    Deadline deadline = Deadline.after(settle);
    while (!deadline.isOver()) {
      deadline.pause();
      failOnListeners();
    }
    String bound =
        answers.isEmpty()
            ? addresses(addresses) + " cannot be tried beside other listeners"
            : answers.stream().map(FreeCheck::result).collect(Collectors.joining(", "));
    String quiet =
        settle.isZero() ? "" : ", and the port stayed free for " + DurationText.of(settle);
    return "nobody listens, " + bound + quiet + leftovers(answers);
  }

  private static String result(BindAttempt answer) {
    return answer.address()
        + (answer.isInconclusive()
            ? " cannot be tried by this process: " + answer.bind().refusal().orElseThrow()
            : " can be bound");
  }

  private List<BindAttempt> bindAll() throws StepException, InterruptedException {
    Deadline deadline = Deadline.after(CLEARANCE);
    while (true) {
      while (isBeingLetGo() && !deadline.isOver()) {
        deadline.pause();
      }
      failOnListeners();
      List<ListenAddress> others = scoped.beside().stream().map(ListenAddress::of).toList();
      List<BindAttempt> answers =
          addresses.stream().filter(it -> canBeTried(it, others)).map(BindAttempt::of).toList();
      Optional<BindAttempt> refused =
          answers.stream()
              .filter(answer -> answer.bind().refusal().isPresent())
              .filter(answer -> !answer.isInconclusive())
              .findFirst();
      if (refused.isEmpty()) {
        return answers;
      }
      if (deadline.isOver()) {
        throw notFree(refused.get());
      }
      deadline.pause();
    }
  }

  /**
   * Whether no listener that stays refuses the attempt, which is bound to no interface and takes
   * connections of both families.
   */
  private static boolean canBeTried(ListenAddress address, List<ListenAddress> others) {
    ListenAddress attempt = new ListenAddress(address.endpoint(), Optional.empty(), false);
    return others.stream().noneMatch(attempt::conflictsWith);
  }

  private static String addresses(Set<ListenAddress> of) {
    return of.stream().map(ListenAddress::toString).sorted().collect(Collectors.joining(", "));
  }

  private StepException notFree(BindAttempt refused) {
    return new StepException(
        Refusal.notBindable(refused.address(), refused.bind(), left(), scoped.scope()));
  }

  private String leftovers(List<BindAttempt> answers) {
    if (answers.stream()
        .filter(answer -> !answer.isInconclusive())
        .allMatch(answer -> answer.bind().refusalWithoutReuse().isEmpty())) {
      return "";
    }
    return "; "
        + Refusal.orNone(left())
        + ": a server without SO_REUSEADDR cannot bind the port for up to a minute";
  }

  /** {@code 3 TIME_WAIT, 1 FIN_WAIT_2}. */
  private String left() {
    return TcpTable.snapshot(TcpQuery.all().localPort(scoped.scope().port()).withoutOwners())
        .countByState()
        .entrySet()
        .stream()
        .map(of -> of.getValue() + " " + of.getKey())
        .collect(Collectors.joining(", "));
  }

  /**
   * Whether all that listens has no owner: what a process that has just ended leaves behind is so
   * for a moment, where the system closes it later than it calls the process ended.
   */
  private boolean isBeingLetGo() {
    if (!scoped.areThere()) {
      return false;
    }
    List<TcpSocket> listeners = scoped.now();
    return !listeners.isEmpty() && Listeners.owners(listeners).isEmpty();
  }

  private void failOnListeners() throws StepException {
    if (scoped.areThere()) {
      List<TcpSocket> listeners = scoped.now();
      if (!listeners.isEmpty()) {
        throw new StepException(stillThere(listeners));
      }
    }
  }

  private Refusal stillThere(Collection<TcpSocket> listeners) {
    Set<OsProcess> owners = Listeners.owners(listeners);
    List<OsProcess> spared = context.waves().spared();
    boolean hidden = listeners.stream().anyMatch(listener -> listener.owners().isEmpty());
    if (owners.stream().anyMatch(spared::contains) || (hidden && !spared.isEmpty())) {
      return Refusal.of(
          Kind.NO_PERMISSION,
          Listeners.sentence(listeners, "still ")
              + ": this user may not stop "
              + Processes.names(spared),
          Refusal.permit(Right.STOP_PROCESSES));
    }
    if (!context.hasChanged()) {
      return Refusal.of(
          Kind.PORT_TAKEN, Listeners.sentence(listeners, "now "), Refusal.diagnose(scoped.scope()));
    }
    List<Advice> advice = new ArrayList<>();
    owners.stream()
        .limit(MOST_ADVISED)
        .flatMap(owner -> preventReturn(owner).stream())
        .distinct()
        .forEach(advice::add);
    return new Refusal(
        Kind.CAME_BACK, Listeners.sentence(listeners) + " again, after all were stopped", advice);
  }

  private List<Advice> preventReturn(OsProcess owner) {
    return Supervisor.of(
            new LiveProcess(owner), scoped.scope().port(), LiveProcess.view(context.protection()))
        .map(supervisor -> List.of(supervisor.restart()))
        .or(() -> owner.parent().map(this::stopFirst))
        .orElse(List.of());
  }

  /** What to do about a parent that has started its child again; nothing if that is an orphan. */
  private List<Advice> stopFirst(OsProcess parent) {
    if (parent.pid() == Platform.INIT) {
      return List.of();
    }
    Optional<String> reason = context.protection().reason(parent.pid());
    return reason.isPresent()
        ? List.of(
            new Advice.Hint(
                parent + " has started it and " + reason.get() + ". Stop that process first."))
        : List.of(
            new Advice.Hint(parent + " has started it. Stop that process first."),
            new Advice.Command(Platforms.current().commands().terminate(parent.pid())));
  }
}
