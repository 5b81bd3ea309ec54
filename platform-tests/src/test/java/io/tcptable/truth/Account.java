package io.tcptable.truth;

import java.util.List;

/** Whom a process of a test runs as. */
public enum Account {
  ROOT,
  NOBODY;

  public static final int NOBODY_UID = 65_534;

  /** What to put before a command. */
  List<String> prefix() {
    String uid = Integer.toString(NOBODY_UID);
    return this == ROOT
        ? List.of()
        : List.of("setpriv", "--reuid", uid, "--regid", uid, "--clear-groups");
  }
}
