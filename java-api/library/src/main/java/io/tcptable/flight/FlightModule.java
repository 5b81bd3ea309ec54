// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

/** Whether this Java has JDK Flight Recorder: a class that needs it may be loaded only then. */
final class FlightModule {

  static final boolean IS_THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightModule() {}
}
