// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one block of code in the README that begins like this.
 *
 * @param beginning its first words
 */
record ReadmeBlock(String beginning) {

  private static final Path README = Path.of("..", "README.md");
  private static final String FENCE = "```\n";

  String text() {
    String readme = readme();
    int start = start(readme);
    return readme.substring(start, readme.indexOf("\n" + FENCE, start));
  }

  void replace(String text) {
    String readme = readme();
    int start = start(readme);
    int end = readme.indexOf("\n" + FENCE, start);
    try {
      Files.writeString(README, readme.substring(0, start) + text + readme.substring(end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int start(String readme) {
    int start = readme.indexOf("\n" + FENCE + beginning);
    if (start < 0) {
      throw new AssertionError("the README has no block that begins with " + beginning);
    }
    return start + 1 + FENCE.length();
  }

  private static String readme() {
    try {
      return Files.readString(README);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
