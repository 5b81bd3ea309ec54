// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server one hop away, and what was seen of it there: a forwarder hands the connections of the
 * port on to it, or the server of the port waits for it.
 *
 * @param forwarder who forwards, if it is forwarded: {@code conmon(15222)}, or a rule of the kernel
 * @param target where to: {@code 10.88.0.2:80}
 * @param port the port there, if it is known
 * @param container its container, as its tools take it: runtime, then name or ID
 * @param isReachable whether any listener on the port there takes connections to the target
 * @param isAstray whether the container does not have the address of the target
 * @param listening where processes listen there, if none does on the port
 * @param isOther whether it is another machine, real or virtual
 * @param carrier the connection to that machine, if the forwarder has one
 * @param there the port there; empty if it could not be looked at
 */
record UpstreamServer(
    String forwarder,
    String target,
    OptionalInt port,
    Optional<String> container,
    boolean isReachable,
    boolean isAstray,
    List<String> listening,
    boolean isOther,
    Optional<CarryingConnection> carrier,
    Optional<Observations> there) {

  UpstreamServer {
    listening = List.copyOf(listening);
  }

  /** Whether it was looked at, and nobody listens on the port there. */
  boolean isMissing() {
    return there.filter(it -> it.listeners().isEmpty()).isPresent();
  }

  /** Whether the other machine gives no answer. */
  boolean isCutOff() {
    return carrier.filter(CarryingConnection::isDead).isPresent();
  }

  /** Whether it is known why it is not reached: the address that was asked is not the reason. */
  boolean isFaulty() {
    return isMissing() || (there.isPresent() && !isReachable) || isCutOff();
  }

  /** The findings on the server there. */
  List<Finding> findings() {
    return there.map(FindingRules::onServer).orElse(List.of());
  }

  /** Whether all that listen there are stopped. */
  boolean isStopped() {
    return there
        .filter(observed -> !observed.listeners().isEmpty())
        .map(
            observed ->
                observed.ownersOf(observed.listeners()).stream()
                    .map(observed::process)
                    .allMatch(it -> it.filter(ProcessStopped::isStopped).isPresent()))
        .orElse(false);
  }

  /** Its processes: those that listen. */
  List<ProcessEvidence> owners() {
    return there.map(Observations::owners).orElse(List.of());
  }

  /** {@code busybox(15232) in the container web}; empty if nobody is known. */
  Optional<String> called() {
    Set<Long> pids = new LinkedHashSet<>();
    there.ifPresent(observed -> pids.addAll(observed.ownersOf(observed.listeners())));
    return pids.isEmpty()
        ? Optional.empty()
        : there.map(observed -> observed.named(pids) + inContainer());
  }

  /** {@code in the container web}, with a blank before; empty if it is in none. */
  String inContainer() {
    return container.map(it -> " in the container " + it.substring(it.indexOf(' ') + 1)).orElse("");
  }

  /** The same, or that it is another network namespace. */
  String inPlace() {
    return container.isPresent() ? inContainer() : " in the network namespace of that address";
  }

  /** Where it listens. */
  String bound() {
    return there.stream()
        .flatMap(it -> it.listeners().stream())
        .map(it -> it.bound().toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Where processes listen there, for people. */
  String elsewhere() {
    return listening.stream().sorted().collect(Collectors.joining(", "));
  }
}
