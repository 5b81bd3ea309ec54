// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A state in which processes that an owner has started do not do what they were started for. */
abstract class ChildStateRule extends ServerRule {

  /** More are only counted. */
  private static final int MOST_NAMED = 10;

  private final State state;

  ChildStateRule(FindingCode code, String cause, State state) {
    super(code, cause);
    this.state = state;
  }

  /** One finding for each owner with children in this state. */
  final List<Finding> ofChildren(Observations observed) {
    boolean serves = observed.isPresumedHealthy();
    Map<Long, List<ChildEvidence>> children =
        observed.children().stream()
            .filter(child -> child.state() == state && (isHeldFromOutside(child) || !serves))
            .filter(child -> !isLeftByAStoppedParent(observed, child))
            .collect(
                Collectors.groupingBy(ChildEvidence::origin, TreeMap::new, Collectors.toList()));
    return children.entrySet().stream()
        .map(of -> ofChildren(observed, of.getKey(), of.getValue(), serves))
        .toList();
  }

  /** One finding for all children of an owner that are in this state. */
  private Finding ofChildren(
      Observations observed, long owner, List<ChildEvidence> children, boolean serves) {
    boolean areWorkers = children.stream().anyMatch(ChildEvidence::isOfItsProgram);
    boolean areOne = children.size() == 1;
    Finding.Builder found =
        found(
                areWorkers && !serves ? Severity.CRITICAL : Severity.WARNING,
                areWorkers ? Confidence.LIKELY : Confidence.POSSIBLE)
            .of(children.stream().map(ChildEvidence::pid).toList())
            .text("state", state.name())
            .figure("children", children.size())
            .seen(
                Quantities.list(children, MOST_NAMED)
                    + ", which "
                    + observed.named(Set.of(owner))
                    + " has started, "
                    + predicate(areOne))
            .means(
                (areOne ? "It holds" : "They hold")
                    + " no socket of the port, but the server may have given "
                    + (areOne ? "it" : "them")
                    + " requests: these are not answered.");
    advise(observed, children.stream().map(ChildEvidence::pid).toList(), found);
    return found.done();
  }

  /** A process that is stopped cannot wait for its children. */
  private static boolean isLeftByAStoppedParent(Observations observed, ChildEvidence child) {
    return child.state() == State.ZOMBIE
        && observed
            .process(child.origin())
            .flatMap(ProcessEvidence::status)
            .filter(status -> status.state() == State.STOPPED || status.state() == State.TRACED)
            .isPresent();
  }

  /** Whether it is a worker that would run: others serve while it does not. */
  private static boolean isHeldFromOutside(ChildEvidence child) {
    return child.isOfItsProgram()
        && (child.state() == State.STOPPED || child.state() == State.TRACED);
  }

  /** What children in this state do: {@code are stopped}. */
  abstract String predicate(boolean isOne);

  /** What to do about children in this state. */
  abstract void advise(Observations observed, List<Long> children, Finding.Builder found);
}
