// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;

/** Snapshots by a binding of the test's choice, where users get the one of this JVM. */
public final class ForcedBinding {

  private ForcedBinding() {}

  /** The sources of {@code ffm}, {@code jni}, {@code jna}, {@code jnr} or {@code java}. */
  public static Platform sources(String binding) {
    return LinuxPlatform.open(binding);
  }

  /** The sources of a binding, with owners from {@code bpf} or {@code proc}. */
  public static Platform sources(String binding, String owners) {
    return LinuxPlatform.open(binding, owners);
  }

  /** What {@link TcpTable#snapshot(TcpQuery)} gives, from these sources. */
  public static TcpTable snapshot(TcpQuery query, Platform sources) {
    return TcpTable.snapshot(query, sources);
  }
}
