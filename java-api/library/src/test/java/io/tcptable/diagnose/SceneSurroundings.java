// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.platform.PublishingContainer;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Surroundings made by hand: nothing of note, but for what the test says. */
final class SceneSurroundings {

  private Set<Long> listenedBefore = Set.of();
  private boolean isLoopbackDown;
  private Map<String, Integer> localPorts = Map.of();
  private UnclosedOutgoing unclosedOutgoing = UnclosedOutgoing.NONE;
  private Optional<Generations> generations = Optional.empty();
  private Optional<String> udp = Optional.empty();
  private Set<InetAddress> gone = Set.of();
  private List<PublishingContainer> publishers = List.of();

  /** At the first look. */
  SceneSurroundings listenedBefore(long pid) {
    listenedBefore = Set.of(pid);
    return this;
  }

  SceneSurroundings loopbackDown() {
    isLoopbackDown = true;
    return this;
  }

  SceneSurroundings localPorts(Map<String, Integer> byProcess) {
    localPorts = byProcess;
    return this;
  }

  SceneSurroundings unclosed(UnclosedOutgoing outgoing) {
    unclosedOutgoing = outgoing;
    return this;
  }

  SceneSurroundings generations(Generations seen) {
    generations = Optional.of(seen);
    return this;
  }

  SceneSurroundings udp(String owners) {
    udp = Optional.of(owners);
    return this;
  }

  SceneSurroundings gone(InetAddress address) {
    gone = Set.of(address);
    return this;
  }

  SceneSurroundings publishers(PublishingContainer... containers) {
    publishers = List.of(containers);
    return this;
  }

  Surroundings seen() {
    return new Surroundings(
        listenedBefore,
        isLoopbackDown,
        localPorts,
        unclosedOutgoing,
        generations,
        udp,
        gone,
        Optional.empty(),
        publishers,
        Optional.empty());
  }
}
