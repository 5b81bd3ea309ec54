// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.ArrayList;
import java.util.List;

/** Those who are stopped together, one wave after the other. */
final class StopWaves implements AutoCloseable {

  private final List<PinnedTargets> waves = new ArrayList<>();

  void add(PinnedTargets targets) {
    waves.add(targets);
  }

  int count() {
    return waves.size();
  }

  /** The wave that is being stopped. */
  PinnedTargets last() {
    return waves.get(waves.size() - 1);
  }

  /**
   * Those who were signalled, at one moment.
   *
   * @param stopped those that have ended
   * @param running the others; of some it may not be possible to tell
   */
  record Signalled(List<OsProcess> stopped, List<OsProcess> running) {}

  Signalled signalled() {
    List<OsProcess> stopped = new ArrayList<>();
    List<OsProcess> running = new ArrayList<>();
    for (PinnedTargets wave : waves) {
      if (wave.wereSignalled()) {
        List<OsProcess> left = wave.running();
        running.addAll(left);
        wave.permitted().stream().filter(it -> !left.contains(it)).forEach(stopped::add);
      }
    }
    return new Signalled(stopped, running);
  }

  /** Those who should have been stopped, but this user may not. */
  List<OsProcess> spared() {
    return waves.stream().flatMap(wave -> wave.forbidden().stream()).toList();
  }

  @Override
  public void close() {
    waves.forEach(PinnedTargets::close);
  }
}
