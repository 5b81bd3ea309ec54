// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UserNamesTest {

  @TempDir private Path first;
  @TempDir private Path second;

  private final Map<String, Integer> asked = new TreeMap<>();

  private Map<String, Object> attributes(Path file, String names) throws IOException {
    asked.merge(names, 1, Integer::sum);
    return Files.readAttributes(file, names);
  }

  /** However many processes run as a user, the name is looked up once in one question. */
  @Test
  void eachUserIsLookedUpOnce() throws IOException {
    UserNames names = new UserNames(this::attributes);
    String expected = Files.getOwner(first).getName();

    for (int i = 0; i < 10; i++) {
      assertThat(names.of(first)).isEqualTo(expected);
      assertThat(names.of(second)).isEqualTo(expected);
    }
    assertThat(asked).containsEntry("unix:uid", 20).containsEntry("unix:uid,owner", 1);
  }

  /** A name may change while the library is loaded. */
  @Test
  void anotherQuestionLooksAgain() throws IOException {
    new UserNames(this::attributes).of(first);
    new UserNames(this::attributes).of(first);

    assertThat(asked).containsEntry("unix:uid,owner", 2);
  }
}
