// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.util.ArrayList;
import java.util.List;

/** Whom a process of a test runs as. */
public enum UserAccount {
  ROOT,
  NOBODY,
  /** Nobody, but allowed to use eBPF. */
  NOBODY_WITH_BPF;

  public static final int NOBODY_UID = 65_534;

  /** What to put before a command. */
  List<String> prefix() {
    if (this == ROOT) {
      return List.of();
    }
    String uid = Integer.toString(NOBODY_UID);
    List<String> prefix =
        new ArrayList<>(List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups"));
    if (this == NOBODY_WITH_BPF) {
      prefix.addAll(List.of("--inh-caps=+bpf,+perfmon", "--ambient-caps=+bpf,+perfmon"));
    }
    return prefix;
  }
}
