package io.tcptable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How this JVM talks to the kernel, chosen once.
 *
 * @param name who makes the system calls: {@code ffm}, {@code jni}, {@code jna}, {@code jnr}, or
 *     {@code java} for no native call at all
 * @param socketSource where sockets come from: {@code netlink}, {@code proc} or, on Windows, {@code
 *     iphlpapi}
 * @param ownerSource where owners come from: {@code bpf} for an eBPF iterator, {@code proc} or, on
 *     Windows, {@code pid}
 * @param passedOver why each better binding or source is not in use, by its name, best first
 */
public record Binding(
    String name, String socketSource, String ownerSource, Map<String, String> passedOver) {

  /** Keeps its own copy of the reasons, in their order. */
  public Binding {
    passedOver = Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
  }
}
