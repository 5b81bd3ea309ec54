// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps a process apart from this one, so that a child of this one would not be the same. */
final class ProcIsolation {

  private static final Path SELF = Path.of("/proc/self");
  private static final int SET_ID = 06000;

  /** By their names in {@code /proc/PID/ns}, and for people; see {@code namespaces(7)}. */
  private static final Map<String, String> NAMESPACES =
      Map.of(
          "mnt", "mount",
          "pid", "PID",
          "net", "network",
          "user", "user",
          "ipc", "IPC",
          "uts", "UTS",
          "cgroup", "cgroup");

  private ProcIsolation() {}

  /** Other namespaces; the PID namespace of its children counts too. */
  static Optional<LaunchObstacle> namespaces(Path process) throws IOException {
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> kind : NAMESPACES.entrySet()) {
      if (!namespace(process, kind.getKey()).equals(namespace(SELF, kind.getKey()))) {
        others.add(kind.getValue());
      }
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LaunchObstacle(
                Kind.OTHER_NAMESPACE, others.stream().sorted().collect(Collectors.joining(", "))));
  }

  private static Path namespace(Path process, String kind) throws IOException {
    return ProcLink.target(process.resolve("ns").resolve(kind));
  }

  /** Another root directory. */
  static Optional<LaunchObstacle> root(Path process) throws IOException {
    Path link = process.resolve("root");
    return ProcLink.target(link).equals(ProcLink.target(SELF.resolve("root")))
            && Files.isSameFile(link, SELF.resolve("root"))
        ? Optional.empty()
        : Optional.of(new LaunchObstacle(Kind.OTHER_ROOT, ""));
  }

  /**
   * Another user than it was started with. The kernel gives the files of a process that has changed
   * its user to root, see {@code proc_pid(5)} and {@code PR_SET_DUMPABLE}; and those of a program
   * that may do so.
   */
  static Optional<LaunchObstacle> user(Path process, ProcText status) throws IOException {
    boolean isOneUser =
        Stream.of("Uid:", "Gid:")
            .allMatch(field -> ProcContext.numbers(status, field).stream().distinct().count() == 1);
    Path memory = process.resolve("environ");
    boolean isOwner =
        (Integer) Files.getAttribute(memory, "unix:uid") == status.numberAfter("Uid:")
            && (Integer) Files.getAttribute(memory, "unix:gid") == status.numberAfter("Gid:");
    int mode = (Integer) Files.getAttribute(process.resolve("exe"), "unix:mode");
    return isOneUser && isOwner && (mode & SET_ID) == 0
        ? Optional.empty()
        : Optional.of(new LaunchObstacle(Kind.USER_CHANGED, ""));
  }

  /** Capabilities that a child of this process would not have, or have in addition. */
  static Optional<LaunchObstacle> capabilities(ProcText status, ProcText own) {
    boolean sameUser = status.numberAfter("Uid:") == own.numberAfter("Uid:");
    boolean same =
        sameUser
            ? Stream.of("CapPrm:", "CapBnd:", "CapAmb:")
                .allMatch(field -> status.after(field).equals(own.after(field)))
            : status.after("CapBnd:").equals(own.after("CapBnd:"))
                && Stream.of("CapInh:", "CapPrm:", "CapAmb:")
                    .allMatch(field -> isNone(status, field));
    return same ? Optional.empty() : Optional.of(new LaunchObstacle(Kind.CAPABILITIES, ""));
  }

  private static boolean isNone(ProcText status, String field) {
    return status.after(field).flatMap(ProcText::bits).filter(bits -> bits == 0).isPresent();
  }
}
