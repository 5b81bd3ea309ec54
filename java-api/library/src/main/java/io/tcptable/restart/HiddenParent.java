// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.process.ProcessStatus;
import io.tcptable.restart.Refusal.Kind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The master of a worker, hidden from this user as {@code hidepid} of {@code proc(5)} hides it: it
 * may hold the port too, and starts its workers again.
 *
 * <p>Of such a parent only the number is known. It counts as a master if the leader of the child's
 * process group cannot be seen either: what a shell has started leads a group of its own.
 *
 * @param pid of the parent
 */
record HiddenParent(long pid, OsProcess child) {

  static Optional<HiddenParent> of(
      OsProcess child, ProcessFamily family, ProtectedProcesses protection) {
    OptionalLong parent = child.parentPid();
    return family.parent(child).isEmpty()
            && parent.isPresent()
            && parent.getAsLong() != Platform.INIT
            && !protection.isOwnAncestor(parent.getAsLong())
            && isInHiddenGroup(child)
        ? Optional.of(new HiddenParent(parent.getAsLong(), child))
        : Optional.empty();
  }

  private static boolean isInHiddenGroup(OsProcess child) {
    OptionalLong group =
        child.status().map(ProcessStatus::processGroup).orElse(OptionalLong.empty());
    return group.isPresent() && OsProcess.of(group.getAsLong()).isEmpty();
  }

  Refusal refusal() {
    return Refusal.of(
        Kind.NO_PERMISSION,
        "this user may not stop " + this,
        Refusal.permit(Right.STOP_PROCESSES),
        new Advice.StopSome());
  }

  @Override
  public String toString() {
    return "PID " + pid + ", which runs " + child + " and is hidden from this user";
  }
}
