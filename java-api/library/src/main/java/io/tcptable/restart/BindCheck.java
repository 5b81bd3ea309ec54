// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.ServerProgram;
import io.tcptable.process.PortPolicy;
import io.tcptable.restart.Refusal.Kind;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the server that is to be started could bind its addresses. It is asked before anybody is
 * stopped, while those may be in use: the right to bind is known before.
 *
 * @param refusal why it certainly could not; empty if it may
 * @param note what is not known of it, for the plan
 */
record BindCheck(Optional<Refusal> refusal, Optional<String> note) {

  static final BindCheck PASSED = new BindCheck(Optional.empty(), Optional.empty());

  /**
   * Asks it.
   *
   * @param before the sockets that are there
   */
  static BindCheck of(ScopedListeners scoped, TcpTable before, StartCommand command) {
    PortPolicy policy = TcpTable.readPortPolicy();
    List<ListenAddress> used = scoped.in(before).stream().map(ListenAddress::of).toList();
    return FreeCheck.addresses(scoped, before).stream()
        .sorted(Comparator.comparing(ListenAddress::toString))
        .map(address -> of(address, used.contains(address), policy, command))
        .filter(check -> !check.equals(PASSED))
        .findFirst()
        .orElse(PASSED);
  }

  private static BindCheck of(
      ListenAddress address, boolean isUsed, PortPolicy policy, StartCommand command) {
    Optional<BindCheck> elsewhere = elsewhere(address, isUsed);
    return elsewhere.isPresent() ? elsewhere.get() : right(address, policy, command);
  }

  /** An address that is nowhere here. Who listens on it all the same had it, or needs none. */
  private static Optional<BindCheck> elsewhere(ListenAddress address, boolean isUsed) {
    if (address.endpoint().address().isAnyLocalAddress()
        || !BindTest.of(FreeCheck.forSystem(address)).isElsewhere()) {
      return Optional.empty();
    }
    String what = "no interface of this machine has the address of " + address;
    return Optional.of(
        isUsed
            ? noted(what + ": it is not known whether the new server can bind it")
            : refused(
                new Refusal(
                    Kind.CANNOT_BIND,
                    what + ", so the new server could not bind it",
                    List.of(new Advice.Hint("Name an address of this machine.")))));
  }

  private static BindCheck right(ListenAddress address, PortPolicy policy, StartCommand command) {
    Optional<Path> image = image(command);
    Optional<BindObstacle> obstacle =
        image.flatMap(
            it ->
                Platforms.access()
                    .processes()
                    .bindObstacle(FreeCheck.forSystem(address), policy, it, command.request()));
    if (obstacle.isEmpty()) {
      return PASSED;
    }
    String reason = obstacle.get().reason();
    if (!obstacle.get().isCertain()) {
      return noted("it is not known whether the new server may bind " + address + ": " + reason);
    }
    return ServerProgram.runsOthers(image.get(), command.arguments())
        ? noted(
            "it is not known whether the new server may bind "
                + address
                + ": "
                + reason
                + ", but it may have another program do so")
        : refused(
            Refusal.hint(
                Kind.CANNOT_BIND,
                "the new server could not bind " + address + ": " + reason,
                obstacle.get().remedy()));
  }

  /** The file whose code runs; empty if there is none, which is said elsewhere. */
  private static Optional<Path> image(StartCommand command) {
    Platform platform = Platforms.current();
    Map<String, String> environment = command.wholeEnvironment();
    Path directory = command.directory();
    return platform
        .findProgram(command.arguments().get(0), directory, environment)
        .map(program -> platform.image(program, directory, environment));
  }

  private static BindCheck refused(Refusal why) {
    return new BindCheck(Optional.of(why), Optional.empty());
  }

  private static BindCheck noted(String what) {
    return new BindCheck(Optional.empty(), Optional.of(what));
  }
}
