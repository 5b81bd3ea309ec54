// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.procfs.ProcText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupsTest {

  private static final String HYBRID =
      """
      9:name=systemd:/system.slice/web.service
      4:memory:/system.slice/web.service
      2:cpu,cpuacct:/
      0::/system.slice/web.service
      """;

  @Test
  void readsBothVersions() {
    Cgroups groups = Cgroups.parse(new ProcText(HYBRID));
    assertThat(groups.controlling("memory").orElseThrow().path())
        .isEqualTo("/system.slice/web.service");
    assertThat(groups.controlling("cpuacct").orElseThrow().path()).isEqualTo("/");
    assertThat(groups.controlling("io")).isEmpty();
    assertThat(groups.version2().orElseThrow().path()).isEqualTo("/system.slice/web.service");
    assertThat(groups.paths()).containsExactly("/system.slice/web.service");
  }

  @Test
  void findsWhereAHierarchyIsMounted() {
    ProcText mounts =
        new ProcText(
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:5 - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 /docker/5f3c /sys/fs/cgroup/memory rw shared:7 - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);
    assertThat(CgroupMount.version1(mounts, "memory"))
        .hasValue(new CgroupMount("/docker/5f3c", "/sys/fs/cgroup/memory"));
    assertThat(CgroupMount.version1(mounts, "mem")).isEmpty();
    assertThat(CgroupMount.version2(mounts))
        .hasValue(new CgroupMount("/", "/sys/fs/cgroup/unified"));
  }

  @Test
  void aGroupIsBelowAllThatAreAboveIt() {
    String point = "/sys/fs/cgroup";
    assertThat(new CgroupMount("/", point).upwards("/a/b"))
        .containsExactly(point + "/a/b", point + "/a", point);
    assertThat(new CgroupMount("/", point).upwards("/")).containsExactly(point);
    assertThat(new CgroupMount("/a", point).upwards("/a/b")).containsExactly(point + "/b", point);
    assertThat(new CgroupMount("/a", point).upwards("/other")).isEmpty();
    assertThat(new CgroupMount("/", point).upwards("/../outside")).isEmpty();
  }

  @Test
  void theNearestLimitCountsAndCacheDoesNot(@TempDir Path point) throws IOException {
    version2(point.resolve("slice"), "1000", "950", "900");
    version2(point.resolve("slice/web.service"), "800", "700", "100");
    version2(point.resolve("slice/web.service/worker"), "max", "600", "0");

    assertThat(memory(point, "/slice/web.service/worker")).isEqualTo(new CgroupMemory(600, 800));
    assertThat(memory(point, "/slice")).isEqualTo(new CgroupMemory(50, 1000));
    assertThat(memory(point, "/gone")).isEqualTo(CgroupMemory.UNLIMITED);
  }

  private static CgroupMemory memory(Path point, String group) {
    return CgroupMemory.tightest(
        new CgroupMount("/", point.toString()), group, CgroupMemory.VERSION_2);
  }

  private static void version2(Path group, String max, String current, String cache)
      throws IOException {
    Files.createDirectories(group);
    Files.writeString(group.resolve("memory.max"), max + "\n");
    Files.writeString(group.resolve("memory.current"), current + "\n");
    Files.writeString(
        group.resolve("memory.stat"), "anon 5\nactive_file 7\ninactive_file " + cache + "\n");
  }

  @Test
  void version1HasOtherNamesAndAHugeNumberForNoLimit(@TempDir Path point) throws IOException {
    Path group = Files.createDirectories(point.resolve("web"));
    Files.writeString(group.resolve("memory.limit_in_bytes"), "5000\n");
    Files.writeString(group.resolve("memory.usage_in_bytes"), "4900\n");
    Files.writeString(group.resolve("memory.stat"), "inactive_file 9\ntotal_inactive_file 400\n");
    Files.writeString(point.resolve("memory.limit_in_bytes"), "9223372036854771712\n");

    assertThat(
            CgroupMemory.tightest(
                new CgroupMount("/", point.toString()), "/web", CgroupMemory.VERSION_1))
        .isEqualTo(new CgroupMemory(4500, 5000));
    assertThat(
            CgroupMemory.tightest(
                new CgroupMount("/", point.toString()), "/", CgroupMemory.VERSION_1))
        .isEqualTo(CgroupMemory.UNLIMITED);
  }
}
