// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.NamedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a control group is frozen, from {@code cgroup.events} (version 2, see the kernel's {@code
 * admin-guide/cgroup-v2.rst}) or {@code freezer.state} (version 1, see {@code
 * cgroup-v1/freezer-subsystem.rst}). A group is frozen together with those below it.
 */
final class CgroupFreezer {

  private static final String CONTROLLER = "freezer";
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private CgroupFreezer() {}

  /**
   * The file that freezes and thaws the process; empty if it is not frozen or that is not known.
   */
  static Optional<Path> of(Cgroups groups) {
    ProcText mounts = ProcFile.textIfKnown(MOUNTS);
    Optional<Path> version2 =
        groups
            .version2()
            .flatMap(
                group -> CgroupMount.version2(mounts).flatMap(it -> version2(it, group.path())));
    return version2.isPresent()
        ? version2
        : groups
            .controlling(CONTROLLER)
            .flatMap(
                group ->
                    CgroupMount.version1(mounts, CONTROLLER)
                        .flatMap(it -> version1(it, group.path())));
  }

  /** The highest group that is frozen itself: thawed below it, the process stays frozen. */
  static Optional<Path> version2(CgroupMount mount, String path) {
    List<Path> groups = groups(mount, path);
    return groups.isEmpty() || !isFrozen(groups.get(0))
        ? Optional.empty()
        : last(groups, "cgroup.freeze", "1");
  }

  private static boolean isFrozen(Path group) {
    return ProcFile.textIfKnown(group.resolve("cgroup.events")).numberAfter("frozen ") == 1;
  }

  static Optional<Path> version1(CgroupMount mount, String path) {
    List<Path> groups = groups(mount, path);
    if (groups.isEmpty()
        || !ProcFile.textIfKnown(groups.get(0).resolve("freezer.state")).line().equals("FROZEN")) {
      return Optional.empty();
    }
    return last(groups, "freezer.self_freezing", "1")
        .map(file -> file.resolveSibling("freezer.state"));
  }

  private static Optional<Path> last(List<Path> groups, String file, String value) {
    return groups.stream()
        .map(group -> group.resolve(file))
        .filter(setting -> ProcFile.textIfKnown(setting).line().equals(value))
        .reduce((lower, higher) -> higher);
  }

  private static List<Path> groups(CgroupMount mount, String path) {
    return mount.upwards(path).stream().flatMap(it -> NamedFile.of(it).stream()).toList();
  }
}
