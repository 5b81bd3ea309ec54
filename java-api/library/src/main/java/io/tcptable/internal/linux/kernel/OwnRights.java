// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.Restriction;
import io.tcptable.internal.platform.Right;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What this process may do, see {@code credentials(7)} and {@code capabilities(7)}. Who is refused
 * what it has the right to is refused by something else than the permissions of its user.
 *
 * @param isRoot whether its effective user is root
 * @param capabilities the effective ones, a bit for each
 */
public record OwnRights(boolean isRoot, long capabilities) {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final int ROOT = 0;

  private static final Restriction SANDBOX =
      new Restriction(
          "a sandbox such as seccomp, or a security module, forbids it even to root",
          "run it outside of the sandbox, for example on the host");

  /** Those of now. */
  public static OwnRights current() {
    return of(ProcFile.textIfKnown(STATUS));
  }

  /** Those that {@code proc_pid_status(5)} tells; none if it does not. */
  static OwnRights of(ProcText status) {
    List<Long> users = status.numbersAfter("Uid:");
    return new OwnRights(
        users.size() > 1 && users.get(1) == ROOT,
        status.after("CapEff:").flatMap(ProcText::bits).orElse(0L));
  }

  /** Why root is refused what takes no right of its own; empty if this is not root. */
  public Optional<Restriction> restriction() {
    return isRoot ? Optional.of(SANDBOX) : Optional.empty();
  }

  /** Why it is refused what takes a right; empty if it is not root and has not the right. */
  public Optional<Restriction> restriction(Right right) {
    if ((capabilities >>> number(right) & 1) == 1) {
      return Optional.of(SANDBOX);
    }
    return isRoot
        ? Optional.of(
            new Restriction(
                "this root lacks " + name(right), "run it on the host, or give it " + name(right)))
        : Optional.empty();
  }

  /** See {@code linux/capability.h}. */
  private static int number(Right right) {
    return switch (right) {
      case STOP_PROCESSES -> 5;
      case BIND_PORTS -> 10;
      case DROP_CONNECTIONS -> 12;
      case SEE_PROCESSES -> 19;
    };
  }

  private static String name(Right right) {
    return switch (right) {
      case STOP_PROCESSES -> "CAP_KILL";
      case BIND_PORTS -> "CAP_NET_BIND_SERVICE";
      case DROP_CONNECTIONS -> "CAP_NET_ADMIN";
      case SEE_PROCESSES -> "CAP_SYS_PTRACE";
    };
  }
}
