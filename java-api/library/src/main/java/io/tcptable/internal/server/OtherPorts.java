// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.process.PortPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ports that processes serve besides the one that is freed, themselves or by a process that
 * they have started.
 */
public final class OtherPorts {

  /**
   * One process and its ports.
   *
   * @param owner who listens
   * @param target who is to be stopped: the owner, or a process that it descends from
   * @param ports in ascending order
   */
  private record Served(OsProcess owner, OsProcess target, Set<Integer> ports) {

    @Override
    public String toString() {
      String served =
          (ports.size() == 1 ? " also serves port " : " also serves ports ")
              + ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return owner.equals(target)
          ? owner + served + (ports.size() == 1 ? ", which ends with it" : ", which end with it")
          : owner + ", which " + target + " has started," + served + " and may end with it";
    }
  }

  private final List<Served> served;
  private final PortPolicy policy;

  private OtherPorts(List<Served> served, PortPolicy policy) {
    this.served = served;
    this.policy = policy;
  }

  /**
   * Those of the processes that are to be stopped.
   *
   * @param ports all that are served besides
   * @param policy which ports the system gives away
   */
  public static OtherPorts of(
      ServedPorts ports, Set<OsProcess> targets, ProcessFamily family, PortPolicy policy) {
    List<Served> found = new ArrayList<>();
    ports
        .byOwner()
        .forEach(
            (owner, of) ->
                target(owner, targets, family)
                    .ifPresent(target -> found.add(new Served(owner, target, of))));
    return new OtherPorts(found, policy);
  }

  private static Optional<OsProcess> target(
      OsProcess owner, Set<OsProcess> targets, ProcessFamily family) {
    Optional<OsProcess> above = Optional.of(owner);
    while (above.isPresent() && !targets.contains(above.get())) {
      above = family.parent(above.get());
    }
    return above;
  }

  /** What ends too, a line each. */
  public List<String> lines() {
    return served.stream().map(Served::toString).toList();
  }

  /**
   * Whether one of them was chosen for clients to know, and not given by the system, as to a
   * debugger or to a helper of the same program.
   */
  public boolean areServices() {
    return served.stream()
        .anyMatch(it -> it.ports().stream().anyMatch(port -> !policy.isGivenAway(port)));
  }
}
