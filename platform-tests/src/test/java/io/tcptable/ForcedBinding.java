package io.tcptable;

import io.tcptable.internal.linux.LinuxSources;
import io.tcptable.internal.table.Sources;

/** Snapshots by a binding of the test's choice, where users get the one of this JVM. */
public final class ForcedBinding {

  private ForcedBinding() {}

  /** The sources of {@code ffm}, {@code jni}, {@code jna}, {@code jnr} or {@code java}. */
  public static Sources sources(String binding) {
    return LinuxSources.open(binding);
  }

  /** The sources of a binding, with owners from {@code bpf} or {@code proc}. */
  public static Sources sources(String binding, String owners) {
    return LinuxSources.open(binding, owners);
  }

  /** What {@link TcpTable#snapshot(TcpQuery)} gives, from these sources. */
  public static TcpTable snapshot(TcpQuery query, Sources sources) {
    return TcpTable.snapshot(query, sources);
  }
}
