// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRightsTest {

  private static final int NET_BIND_SERVICE = 10;
  private static final int NOBODY = 65534;

  @TempDir private Path directory;

  @Test
  void aSetUserIdFileOfRootGivesAll() throws IOException {
    Path file = Files.createFile(directory.resolve("program"));
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "needs root, to make such a file");
    FileRights withoutCalls = new FileRights(null);
    assertThat(withoutCalls.give(file, NET_BIND_SERVICE, false)).as("not known").isEmpty();

    Files.setAttribute(file, "unix:mode", 0104755);
    assertThat(withoutCalls.give(file, NET_BIND_SERVICE, false)).hasValue(true);

    Files.setAttribute(file, "unix:uid", NOBODY);
    Files.setAttribute(file, "unix:mode", 0104755);
    assertThat(withoutCalls.give(file, NET_BIND_SERVICE, false)).as("of another user").isEmpty();
  }

  @Test
  void aFileThatIsGoneIsNotKnown() {
    assertThat(new FileRights(null).give(directory.resolve("none"), NET_BIND_SERVICE, true))
        .isEmpty();
  }
}
