// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.NamedFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much memory a control group may use, from {@code memory.max} (version 2) or {@code
 * memory.limit_in_bytes} (version 1), see the kernel's {@code admin-guide/cgroup-v2.rst}. A group
 * is bound by the limits of those above it too: the one nearest to its limit counts.
 *
 * @param inUse bytes in use, less the file cache that the kernel would give up first; -1 if there
 *     is no limit or it is not known
 * @param limit in bytes; -1 likewise
 */
record CgroupMemory(long inUse, long limit) {

  static final CgroupMemory UNLIMITED = new CgroupMemory(-1, -1);

  private static final String CONTROLLER = "memory";

  /** What version 1 says for no limit: the highest number, rounded down to a page. */
  private static final long NO_LIMIT = Long.MAX_VALUE - (1 << 20);

  /** The file names of one version. */
  record Names(String limit, String usage, String cache) {}

  static final Names VERSION_1 =
      new Names("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
  static final Names VERSION_2 = new Names("memory.max", "memory.current", "inactive_file");

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  static CgroupMemory of(Cgroups groups) {
    ProcText mounts = ProcFile.textIfKnown(MOUNTS);
    Optional<Cgroups.Hierarchy> version1 = groups.controlling(CONTROLLER);
    Optional<Cgroups.Hierarchy> hierarchy = version1.isPresent() ? version1 : groups.version2();
    Optional<CgroupMount> mount =
        version1.isPresent()
            ? CgroupMount.version1(mounts, CONTROLLER)
            : CgroupMount.version2(mounts);
    return hierarchy.isEmpty() || mount.isEmpty()
        ? UNLIMITED
        : tightest(
            mount.get(), hierarchy.get().path(), version1.isPresent() ? VERSION_1 : VERSION_2);
  }

  static CgroupMemory tightest(CgroupMount mount, String path, Names names) {
    CgroupMemory tightest = UNLIMITED;
    for (String group : mount.upwards(path)) {
      CgroupMemory here = NamedFile.of(group).map(it -> read(it, names)).orElse(UNLIMITED);
      if (here.isLimited() && (!tightest.isLimited() || here.left() < tightest.left())) {
        tightest = here;
      }
    }
    return tightest;
  }

  private boolean isLimited() {
    return limit >= 0;
  }

  private long left() {
    return limit - inUse;
  }

  /** The root has no limit, and a group may be gone or lie outside of what is mounted here. */
  private static CgroupMemory read(Path group, Names names) {
    // Of version 2 it is the word max if there is none.
    long limit = ProcFile.textIfKnown(group.resolve(names.limit())).number();
    long usage = ProcFile.textIfKnown(group.resolve(names.usage())).number();
    if (limit < 0 || limit >= NO_LIMIT || usage < 0) {
      return UNLIMITED;
    }
    long cache =
        ProcFile.textIfKnown(group.resolve("memory.stat")).numberAfter(names.cache() + " ");
    return new CgroupMemory(Math.max(0, usage - Math.max(0, cache)), limit);
  }
}
