// SPDX-License-Identifier: Apache-2.0
package io.tcptable.natives;

import java.util.function.Supplier;

/**
 * What brings this module into a run: {@code io.tcptable} names the service that it provides. It is
 * one of the JDK, since {@code io.tcptable} depends on this artifact and not the other way round.
 */
public final class NativeModule implements Supplier<Module> {

  /** For the service loader. */
  public NativeModule() {}

  @Override
  public Module get() {
    return NativeModule.class.getModule();
  }
}
