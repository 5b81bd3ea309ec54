// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.ServerParent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parent of the owner is part of its server, and may start the owner again. */
final class ReloaderParent extends FindingRule {

  ReloaderParent() {
    super(FindingCode.RELOADER_PARENT, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    Set<Long> listening = observed.ownersOf(observed.listeners());
    Map<Long, Set<Long>> children = new TreeMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      observed
          .parentOf(owner)
          .filter(parent -> listening.contains(owner.pid()) && !listening.contains(parent.pid()))
          .filter(parent -> isOfItsServer(observed, parent, owner))
          .ifPresent(
              parent ->
                  children.computeIfAbsent(parent.pid(), p -> new TreeSet<>()).add(owner.pid()));
    }
    return children.entrySet().stream()
        .map(family -> finding(observed, family.getKey(), family.getValue()))
        .toList();
  }

  private Finding finding(Observations observed, long parent, Set<Long> children) {
    return found(Severity.INFO, Confidence.LIKELY)
        .of(parent)
        .of(children)
        .seen(
            observed.named(children)
                + " was started by "
                + observed.named(Set.of(parent))
                + ", which belongs to the same server and does not listen itself")
        .figure("parent", parent)
        .figure("children", children.size())
        .means(
            "The parent is a reloader, or the master of several workers. It starts them again when"
                + " they stop, so they must be stopped together.")
        .advise(SuggestedCommands.restart(observed))
        .done();
  }

  private static boolean isOfItsServer(
      Observations observed, ProcessEvidence parent, ProcessEvidence child) {
    return ServerParent.of(new SeenProcess(observed, parent), new SeenProcess(observed, child))
        .isPresent();
  }
}
