// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.ProcessArguments;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of the server that a guard runs from those of others on its port. For one
 * thread.
 */
final class ServerListeners {

  /** Who listens. */
  enum Whose {
    NOBODY,
    SERVER,
    OTHERS
  }

  private final PortScope scope;

  /** The listeners that are known to be those of the server. */
  private Set<SocketKey> known = Set.of();

  /** The command line of the process that listens, as it was when the guard had started it. */
  private List<String> words = List.of();

  /** What listened in place of the server at the last look that saw others. */
  private PortListeners foreign = new PortListeners(List.of());

  ServerListeners(PortScope scope) {
    this.scope = scope;
  }

  /** Another server has been started. */
  void forget() {
    known = Set.of();
    words = List.of();
  }

  /** Looks who listens; owners are read only if the listeners are others than before. */
  Whose look(@Nullable OwnServer server) {
    PortListeners now = PortListeners.withoutOwners(scope);
    if (now.isEmpty()) {
      return Whose.NOBODY;
    }
    return now.keys().equals(known) ? Whose.SERVER : lookAtOwners(server);
  }

  /** Looks who listens, and by which process. */
  Whose lookAtOwners(@Nullable OwnServer server) {
    PortListeners now = PortListeners.of(scope);
    if (now.isEmpty()) {
      return Whose.NOBODY;
    }
    if (!isOf(server, now.owners())) {
      foreign = now;
      return Whose.OTHERS;
    }
    known = now.keys();
    if (words.isEmpty()) {
      words = commandLine(now.owners());
    }
    return Whose.SERVER;
  }

  /** Owners that cannot be seen are taken for the server while that runs. */
  private static boolean isOf(@Nullable OwnServer server, List<OsProcess> owners) {
    return server != null
        && (owners.isEmpty() ? server.isRunning() : owners.stream().anyMatch(server::contains));
  }

  /** The others that listened at the last look that saw any; empty if they cannot be seen. */
  List<OsProcess> others() {
    return foreign.owners();
  }

  /** Whether the others run the command of the guard. */
  boolean areOthersOfSameCommand() {
    return !words.isEmpty() && commandLine(others()).equals(words);
  }

  /** Takes the listeners of the others as those of the server from now on. */
  void adopt() {
    known = foreign.keys();
  }

  private static List<String> commandLine(List<OsProcess> owners) {
    return owners.stream()
        .findFirst()
        .flatMap(OsProcess::commandLine)
        .map(ProcessArguments::words)
        .orElse(List.of());
  }
}
