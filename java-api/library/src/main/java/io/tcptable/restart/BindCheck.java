// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.TcpTable;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.server.BindAddress;
import io.tcptable.internal.server.MissingBindRight;
import io.tcptable.process.PortPolicy;
import io.tcptable.restart.Refusal.Kind;
import java.util.Comparator;
import java.util.List;
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
        || !BindTest.of(BindAddress.of(address)).isElsewhere()) {
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
    return MissingBindRight.of(address, policy, command.request())
        .map(
            it ->
                it.isCertain()
                    ? refused(Refusal.hint(Kind.CANNOT_BIND, it.clause(), it.obstacle().remedy()))
                    : noted(it.clause()))
        .orElse(PASSED);
  }

  private static BindCheck refused(Refusal why) {
    return new BindCheck(Optional.of(why), Optional.empty());
  }

  private static BindCheck noted(String what) {
    return new BindCheck(Optional.empty(), Optional.of(what));
  }
}
