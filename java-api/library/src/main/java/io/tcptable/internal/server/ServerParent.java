// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.Platform;
import io.tcptable.process.PortRole;
import java.util.Optional;

/**
 * Tells whether a parent is part of the server that its child is, and so would start it again. A
 * parent counts only if it is of the same session, is none of those that {@linkplain
 * ServerProgram#isLauncher start servers for others}, and stands to its child in one of these ways.
 */
public enum ServerParent {
  /** It is known as a reloader of any program. */
  RELOADER,
  /** It is a shell or the like, by which a reloader has started the child. */
  LAUNCHER,
  /** It has the child's name, and this user may not look into it: it may hold the port itself. */
  HIDDEN,
  /** It has forked the child, like the master of a worker. */
  MASTER,
  /** It runs the same program, which it has started again as the same user, like a reloader. */
  SAME_PROGRAM;

  /** What such a parent has to do with the port. */
  public PortRole.Kind role() {
    return switch (this) {
      case RELOADER, LAUNCHER, SAME_PROGRAM -> PortRole.Kind.WATCHER;
      case MASTER, HIDDEN -> PortRole.Kind.MASTER;
    };
  }

  /** In which way; empty if the parent is not part of the server. */
  public static Optional<ServerParent> of(ServerProcess parent, ServerProcess child) {
    if (!isKnownAndEqual(parent.session(), child.session())) {
      return Optional.empty();
    }
    if (ServerProgram.isLauncher(parent)) {
      return isStartedByReloader(parent) ? Optional.of(LAUNCHER) : Optional.empty();
    }
    if (ServerProgram.isReloader(parent)) {
      return Optional.of(RELOADER);
    }
    if (parent.isHidden() && parent.name().equals(child.name())) {
      return Optional.of(HIDDEN);
    }
    if (!isKnownAndEqual(parent.executable(), child.executable())
        || !isKnownAndEqual(ServerProgram.of(parent), ServerProgram.of(child))) {
      return Optional.empty();
    }
    if (isKnownAndEqual(parent.programImage(), child.programImage())) {
      return Optional.of(MASTER);
    }
    return isKnownAndEqual(parent.user(), child.user())
        ? Optional.of(SAME_PROGRAM)
        : Optional.empty();
  }

  /** Whether the first above it that is no launcher is a reloader of the same session. */
  private static boolean isStartedByReloader(ServerProcess launcher) {
    return launcher.ancestors().stream()
        .takeWhile(above -> isKnownAndEqual(above.session(), launcher.session()))
        .filter(above -> !ServerProgram.isLauncher(above))
        .findFirst()
        .filter(ServerProgram::isReloader)
        .isPresent();
  }

  /** The process that the others of its server come from: itself, or the uppermost such parent. */
  public static ServerProcess root(ServerProcess process) {
    ServerProcess root = process;
    for (ServerProcess ancestor : process.ancestors()) {
      if (ancestor.pid() == Platform.INIT || of(ancestor, root).isEmpty()) {
        break;
      }
      root = ancestor;
    }
    return root;
  }

  static boolean isKnownAndEqual(Optional<?> one, Optional<?> other) {
    return one.isPresent() && one.equals(other);
  }
}
