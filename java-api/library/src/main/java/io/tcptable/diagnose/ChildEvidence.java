// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.process.ProcessStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A process that an owner of the port has started, directly or indirectly, and that holds no socket
 * of the port itself: a worker that its master hands connections or requests to, or any helper.
 *
 * @param pid its PID
 * @param name its short name
 * @param origin the PID of the owner
 * @param isOfItsProgram whether it runs the same program as the owner, as a worker does
 * @param state what it does
 */
record ChildEvidence(
    long pid, String name, long origin, boolean isOfItsProgram, ProcessStatus.State state) {

  /** More are not looked at: a user may start thousands. */
  private static final int MOST = 1000;

  /**
   * Those of the listening owners, without owners and without this process and its ancestors.
   *
   * @param family who has started whom
   * @param excluded the PIDs of those that are no children in this sense
   */
  static List<ChildEvidence> of(
      List<OsProcess> listening, ProcessFamily family, Set<Long> excluded) {
    List<ChildEvidence> children = new ArrayList<>();
    Set<Long> seen = new HashSet<>(excluded);
    for (OsProcess owner : listening) {
      for (OsProcess child : byPid(family.descendants(List.of(owner)))) {
        if (children.size() >= MOST) {
          return children;
        }
        if (seen.add(child.pid())) {
          of(child, owner).ifPresent(children::add);
        }
      }
    }
    return children;
  }

  private static List<OsProcess> byPid(Set<OsProcess> processes) {
    return processes.stream().sorted(Comparator.comparingLong(OsProcess::pid)).toList();
  }

  private static Optional<ChildEvidence> of(OsProcess child, OsProcess owner) {
    return child
        .status()
        // It is told of the group once.
        .filter(status -> status.frozenBy().isEmpty())
        .map(
            status ->
                new ChildEvidence(
                    child.pid(), child.name(), owner.pid(), isSame(child, owner), status.state()));
  }

  /** By file; one that has ended has none any more, but still its name. */
  private static boolean isSame(OsProcess child, OsProcess owner) {
    return child
        .executable()
        .map(file -> owner.executable().filter(file::equals).isPresent())
        .orElseGet(() -> child.name().equals(owner.name()));
  }

  /** Name and PID: {@code node(19508)}. */
  @Override
  public String toString() {
    return name + "(" + pid + ")";
  }
}
