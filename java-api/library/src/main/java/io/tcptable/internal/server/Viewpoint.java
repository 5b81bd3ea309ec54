// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.process.ProcessPlacement;
import java.util.function.LongPredicate;

/**
 * From where servers are looked at, which decides whose word is taken. A process chooses its name
 * and its arguments itself, and a user the names of files and control groups. What another user
 * chooses is no evidence.
 *
 * @param self this process
 * @param isOwnAncestor whether this process descends from that one
 * @param platform the operating system that is looked at
 */
public record Viewpoint(ServerProcess self, LongPredicate isOwnAncestor, Platform platform) {

  /** Whether a process runs as the superuser, or as the user of this one. */
  boolean trusts(ServerProcess process) {
    return isSuperuser(process) || ServerParent.isKnownAndEqual(process.user(), self.user());
  }

  /**
   * Whether a process can be what its program is called, for a server: it runs as the superuser or
   * as the user of this process; or as the user of the server, from a program file that only these
   * can have put there. What this user cannot see into is believed: this user cannot stop it
   * either.
   */
  boolean believes(ServerProcess process, ServerProcess server) {
    return trusts(process)
        || (ServerParent.isKnownAndEqual(process.user(), server.user())
            && process.placement().filter(ProcessPlacement::trustedProgram).isPresent())
        || (process.executable().isEmpty() && !isSuperuser(self));
  }

  /**
   * Whether a script that says it is a supervisor can be the one of a server: as {@link #trusts},
   * or as the user of the server. The kernel names the interpreter only, so the script is the
   * user's word; a lie protects nobody but that user's own server.
   */
  boolean believesScript(ServerProcess process, ServerProcess server) {
    return trusts(process) || ServerParent.isKnownAndEqual(process.user(), server.user());
  }

  /**
   * Whether a process can be in the container that its control group names. Below a user's own
   * service manager, that user gives the names, which the superuser does not believe.
   */
  public boolean believesContainer(ServerProcess process) {
    return !isSuperuser(self)
        || process.placement().filter(ProcessPlacement::userContainer).isEmpty();
  }

  private boolean isSuperuser(ServerProcess process) {
    return process.user().filter(platform.phrases().of(Phrase.SUPERUSER)::equals).isPresent();
  }
}
