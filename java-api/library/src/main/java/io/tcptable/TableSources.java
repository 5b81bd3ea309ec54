// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where sockets and their owners are read from.
 *
 * @param sockets {@code netlink} for {@code sock_diag(7)}, {@code proc} for {@code
 *     proc_pid_net(5)}, or, on Windows, {@code iphlpapi}
 * @param owners {@code bpf} for an eBPF iterator, {@code proc} for {@code proc_pid_fd(5)}, or, on
 *     Windows, {@code pid}
 * @param passedOver why each better source is not in use, by its name: {@code netlink}, then {@code
 *     bpf}
 */
public record TableSources(String sockets, String owners, Map<String, String> passedOver) {

  /** Keeps its own copy of the reasons, in their order. */
  public TableSources {
    passedOver = Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
  }
}
