// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.ArrayList;
import java.util.List;

/** Those who are stopped together, one wave after the other. */
final class StopWaves implements AutoCloseable {

  private final List<HeldTargets> waves = new ArrayList<>();

  void add(HeldTargets targets) {
    waves.add(targets);
  }

  int count() {
    return waves.size();
  }

  /** The wave that is being stopped. */
  HeldTargets last() {
    return waves.get(waves.size() - 1);
  }

  /** Those who were signalled and have ended. */
  List<OsProcess> stopped() {
    List<OsProcess> running = running();
    return signalled().stream().filter(process -> !running.contains(process)).toList();
  }

  /** Those who were signalled and still run, as far as can be seen. */
  List<OsProcess> running() {
    return waves.stream()
        .filter(HeldTargets::wereSignalled)
        .flatMap(wave -> wave.running().stream())
        .toList();
  }

  private List<OsProcess> signalled() {
    return waves.stream()
        .filter(HeldTargets::wereSignalled)
        .flatMap(wave -> wave.permitted().stream())
        .toList();
  }

  /** Those who should have been stopped, but this user may not. */
  List<OsProcess> spared() {
    return waves.stream().flatMap(wave -> wave.forbidden().stream()).toList();
  }

  @Override
  public void close() {
    waves.forEach(HeldTargets::close);
  }
}
