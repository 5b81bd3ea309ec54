// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.internal.server.ServerProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A process above the owner is part of its server, and may start the owner again. */
final class ReloaderParent extends FindingRule {

  /** A process above an owner, and what it is to the server. */
  private record Above(long pid, ServerParent relation) {}

  ReloaderParent() {
    super(FindingCode.RELOADER_PARENT, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    Set<Long> listening = observed.ownersOf(observed.listeners());
    Map<Long, Set<Long>> children = new TreeMap<>();
    Map<Long, ServerParent> relations = new TreeMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      if (listening.contains(owner.pid())) {
        above(observed, owner)
            .filter(above -> !listening.contains(above.pid()))
            .ifPresent(
                above -> {
                  relations.put(above.pid(), above.relation());
                  children.computeIfAbsent(above.pid(), p -> new TreeSet<>()).add(owner.pid());
                });
      }
    }
    List<Finding> found = new ArrayList<>(loops(observed, listening));
    relations.forEach(
        (pid, relation) ->
            found.add(finding(observed, pid, relation, children.getOrDefault(pid, Set.of()))));
    return found;
  }

  /** Shells that run the server in a loop; a restart does not stop them. */
  private List<Finding> loops(Observations observed, Set<Long> listening) {
    Map<Long, Set<Long>> children = new TreeMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      observed
          .processes()
          .parentOf(owner)
          .filter(parent -> listening.contains(owner.pid()))
          .filter(parent -> !observed.processes().ownAncestors().contains(parent.pid()))
          .filter(parent -> ServerProgram.isShellLoop(observed.processes().seen(parent)))
          .ifPresent(
              parent ->
                  children.computeIfAbsent(parent.pid(), p -> new TreeSet<>()).add(owner.pid()));
    }
    List<Finding> found = new ArrayList<>();
    children.forEach((shell, servers) -> found.add(loop(observed, shell, servers)));
    return found;
  }

  private Finding loop(Observations observed, long shell, Set<Long> children) {
    String name = observed.named(Set.of(shell));
    return found(Severity.INFO, Confidence.LIKELY)
        .of(shell)
        .of(children)
        .seen(observed.named(children) + " was started by " + name + ", a shell that runs a loop")
        .figure("parent", shell)
        .figure("children", children.size())
        .means(
            "The loop may start the server again when it stops. To stop the server for good, stop "
                + name
                + " first.")
        .done();
  }

  /**
   * The first above it that is of its server; a shell between a reloader and it is only a means.
   */
  private static Optional<Above> above(Observations observed, ProcessEvidence owner) {
    ProcessEvidence child = owner;
    for (ProcessEvidence parent : observed.processes().ancestorsOf(owner)) {
      Optional<ServerParent> relation =
          ServerParent.of(observed.processes().seen(parent), observed.processes().seen(child));
      if (relation.filter(it -> it != ServerParent.LAUNCHER).isPresent()) {
        return relation.map(it -> new Above(parent.pid(), it));
      }
      if (relation.isEmpty()) {
        return Optional.empty();
      }
      child = parent;
    }
    return Optional.empty();
  }

  private Finding finding(
      Observations observed, long parent, ServerParent relation, Set<Long> children) {
    Finding.Builder found =
        found(Severity.INFO, Confidence.LIKELY)
            .of(parent)
            .of(children)
            .seen(
                observed.named(children)
                    + " was started by "
                    + observed.named(Set.of(parent))
                    + ", which belongs to the same server and does not listen itself")
            .figure("parent", parent)
            .figure("children", children.size())
            .means(meaning(relation) + " They must be stopped together.");
    return observed.isPresumedHealthy()
        ? found.done()
        : found.advise(SuggestedCommands.restart(observed)).done();
  }

  private static String meaning(ServerParent relation) {
    return switch (relation) {
      case RELOADER, LAUNCHER ->
          "The parent is a reloader: it starts the server again when a file"
              + " changes or the server ends.";
      case MASTER, HIDDEN ->
          "The parent is the master of its workers: it starts them again when" + " they stop.";
      case SAME_PROGRAM ->
          "The parent has started its own program again, as a reloader does. It may"
              + " start it again when it stops.";
    };
  }
}
