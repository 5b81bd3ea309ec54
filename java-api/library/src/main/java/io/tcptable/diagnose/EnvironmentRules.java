// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ProcessPlacement;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.SupervisorCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Who else has a say: supervisors, containers, other users. Nothing of it is a fault. */
final class EnvironmentRules {

  private static final long INIT = 1;

  private EnvironmentRules() {}

  static List<Finding> supervised(Observations evidence) {
    List<Finding> findings = new ArrayList<>();
    byName(evidence, evidence::serviceOf)
        .forEach(
            (service, pids) -> {
              ProcessEvidence first = evidence.process(pids.iterator().next()).orElseThrow();
              findings.add(
                  new Finding.Builder(FindingCode.SUPERVISED, Severity.INFO, Confidence.LIKELY)
                      .of(pids)
                      .seen(evidence.named(pids) + " belongs to the service " + service)
                      .text("service", service)
                      .means(
                          "Its supervisor may start it anew when it ends: use the supervisor's own"
                              + " command.")
                      .command(SuggestedCommands.service(evidence, first, "restart"))
                      .command(SuggestedCommands.service(evidence, first, "status"))
                      .done());
            });
    return findings;
  }

  static List<Finding> inContainer(Observations evidence) {
    List<Finding> findings = new ArrayList<>();
    byName(evidence, evidence::containerOf)
        .forEach((container, pids) -> findings.add(inContainer(evidence, container, pids)));
    return findings;
  }

  private static Finding inContainer(Observations evidence, String container, Set<Long> pids) {
    ProcessEvidence first = evidence.process(pids.iterator().next()).orElseThrow();
    String called = evidence.containerCalled(first).orElse(container);
    Finding.Builder draft =
        new Finding.Builder(FindingCode.IN_CONTAINER, Severity.INFO, Confidence.CERTAIN)
            .of(pids)
            .seen(
                evidence.named(pids)
                    + " runs in the container "
                    + first
                        .containerName()
                        .map(name -> name + " (" + container + ")")
                        .orElse(container))
            .text("container", container);
    first.containerName().ifPresent(name -> draft.text("containerName", name));
    return draft
        .means("Its container is started and stopped as a whole.")
        .command(SupervisorCommand.ofContainer(called, "restart"))
        .command(SupervisorCommand.ofContainer(called, "logs"))
        .done();
  }

  private static Map<String, Set<Long>> byName(
      Observations evidence, Function<ProcessEvidence, Optional<String>> name) {
    Map<String, Set<Long>> pids = new TreeMap<>();
    for (ProcessEvidence owner : evidence.owners()) {
      name.apply(owner)
          .filter(found -> !name.apply(evidence.self()).equals(Optional.of(found)))
          .ifPresent(found -> pids.computeIfAbsent(found, n -> new TreeSet<>()).add(owner.pid()));
    }
    return pids;
  }

  static List<Finding> otherNamespace(Observations evidence) {
    List<Finding> findings = new ArrayList<>();
    for (ProcessEvidence owner : evidence.owners()) {
      boolean network = differs(evidence, owner, ProcessPlacement::networkNamespace);
      boolean processes = differs(evidence, owner, ProcessPlacement::pidNamespace);
      if ((network || processes) && owner.container().isEmpty()) {
        findings.add(
            new Finding.Builder(FindingCode.OTHER_NAMESPACE, Severity.INFO, Confidence.CERTAIN)
                .of(owner.pid())
                .seen(
                    owner
                        + " runs in another "
                        + (network && processes ? "network and PID" : network ? "network" : "PID")
                        + " namespace")
                .means("It may see other addresses, or other PIDs, than this program does.")
                .done());
      }
    }
    return findings;
  }

  private static boolean differs(
      Observations evidence,
      ProcessEvidence owner,
      Function<ProcessPlacement, OptionalLong> namespace) {
    OptionalLong mine = evidence.self().placement().map(namespace).orElse(OptionalLong.empty());
    OptionalLong its = owner.placement().map(namespace).orElse(OptionalLong.empty());
    return mine.isPresent() && its.isPresent() && !mine.equals(its);
  }

  static List<Finding> otherUser(Observations evidence) {
    Optional<String> me = evidence.self().user();
    Set<Long> others = new TreeSet<>();
    Set<String> users = new TreeSet<>();
    for (ProcessEvidence owner : evidence.owners()) {
      if (me.isPresent() && owner.user().isPresent() && !owner.user().equals(me)) {
        others.add(owner.pid());
        users.add(owner.user().get());
      }
    }
    if (others.isEmpty() || me.filter(evidence.words().superuser()::equals).isPresent()) {
      return List.of();
    }
    String names = String.join(", ", users);
    return List.of(
        new Finding.Builder(FindingCode.OTHER_USER, Severity.INFO, Confidence.CERTAIN)
            .of(others)
            .seen(evidence.named(others) + " runs as " + names + ", this program as " + me.get())
            .text("user", names)
            .text("me", me.get())
            .means(evidence.words().ofAnotherUser())
            .advise(SuggestedCommands.asSuperuser(evidence))
            .done());
  }

  static List<Finding> reloaderParent(Observations evidence) {
    Set<Long> listening = evidence.ownersOf(evidence.listeners());
    Map<Long, Set<Long>> children = new TreeMap<>();
    for (ProcessEvidence owner : evidence.owners()) {
      evidence
          .parentOf(owner)
          .filter(parent -> listening.contains(owner.pid()) && isLikelyReloader(parent, owner))
          .filter(parent -> !listening.contains(parent.pid()))
          .ifPresent(
              parent ->
                  children.computeIfAbsent(parent.pid(), p -> new TreeSet<>()).add(owner.pid()));
    }
    return children.entrySet().stream()
        .map(family -> reloaderParent(evidence, family.getKey(), family.getValue()))
        .toList();
  }

  private static Finding reloaderParent(Observations evidence, long parent, Set<Long> children) {
    return new Finding.Builder(FindingCode.RELOADER_PARENT, Severity.INFO, Confidence.LIKELY)
        .of(parent)
        .of(children)
        .seen(
            evidence.named(children)
                + " was started by "
                + evidence.named(Set.of(parent))
                + ", which runs the same program and does not listen itself")
        .figure("parent", parent)
        .figure("children", children.size())
        .means(
            "A reloader, or the master of several workers: it starts them anew when they end, so"
                + " they must be stopped together.")
        .advise(SuggestedCommands.restart(evidence))
        .done();
  }

  private static boolean isLikelyReloader(ProcessEvidence parent, ProcessEvidence child) {
    return parent.pid() != INIT
        && parent.runsSameProgramAs(child)
        && parent.processGroup().isPresent()
        && parent.processGroup().equals(child.processGroup());
  }
}
