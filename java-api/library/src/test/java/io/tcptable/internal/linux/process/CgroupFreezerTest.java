// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupFreezerTest {

  @TempDir private Path mounted;

  private Path outer;
  private Path inner;
  private CgroupMount mount;

  @BeforeEach
  void groups() throws IOException {
    outer = mounted.resolve("pod");
    inner = Files.createDirectories(outer.resolve("web"));
    mount = new CgroupMount("/", mounted.toString());
  }

  @Test
  void ofVersion2IsFoundWhereItWasAskedFor() throws IOException {
    Files.writeString(inner.resolve("cgroup.events"), "populated 1\nfrozen 1\n");
    Files.writeString(inner.resolve("cgroup.freeze"), "0\n");
    Files.writeString(outer.resolve("cgroup.freeze"), "1\n");
    assertThat(CgroupFreezer.version2(mount, "/pod/web")).contains(outer.resolve("cgroup.freeze"));
  }

  @Test
  void ofVersion2IsNotYetFrozenWhileItsProcessesRun() throws IOException {
    Files.writeString(inner.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
    Files.writeString(inner.resolve("cgroup.freeze"), "1\n");
    assertThat(CgroupFreezer.version2(mount, "/pod/web")).isEmpty();
  }

  @Test
  void ofVersion1IsFoundWhereItWasAskedFor() throws IOException {
    Files.writeString(inner.resolve("freezer.state"), "FROZEN\n");
    Files.writeString(inner.resolve("freezer.self_freezing"), "0\n");
    Files.writeString(outer.resolve("freezer.self_freezing"), "1\n");
    assertThat(CgroupFreezer.version1(mount, "/pod/web")).contains(outer.resolve("freezer.state"));
    Files.writeString(inner.resolve("freezer.state"), "THAWED\n");
    assertThat(CgroupFreezer.version1(mount, "/pod/web")).isEmpty();
  }

  @Test
  void isNotKnownOfAGroupThatIsNotMountedHere() {
    assertThat(CgroupFreezer.version2(mount, "/../elsewhere")).isEmpty();
    assertThat(CgroupFreezer.version1(mount, "/nothing")).isEmpty();
  }
}
