// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what would keep a command from being started, while the old server still runs. */
final class Startable {

  private static final char REPLACEMENT = '\ufffd';

  private Startable() {}

  /** Why a command cannot be started, in one line; empty if nothing speaks against it. */
  static Optional<String> refusal(StartCommand command) {
    Optional<String> garbled = garbled(command);
    if (garbled.isPresent()) {
      return garbled;
    }
    Path directory = command.directory();
    if (!Files.isDirectory(directory)) {
      return Optional.of(
          isUnreadable(directory)
              ? "the name of the directory cannot be read in the locale's encoding "
                  + Platforms.current().argumentEncoding()
                  + ": "
                  + directory
              : "no such directory: " + directory);
    }
    if (!Files.isExecutable(directory)) {
      return Optional.of("this user may not enter the directory " + directory);
    }
    try {
      command.words();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the JVM itself could not read where it is: it puts a replacement in its place. */
  private static boolean isUnreadable(Path directory) {
    String current = System.getProperty("user.dir", "");
    return current.indexOf(REPLACEMENT) >= 0 && directory.startsWith(Path.of("").toAbsolutePath());
  }

  /** A word that the system would be given in another form, as the locale cannot express it. */
  private static Optional<String> garbled(StartCommand command) {
    Charset charset = Platforms.current().argumentEncoding();
    if (!charset.canEncode()) {
      return Optional.empty();
    }
    CharsetEncoder encoder = charset.newEncoder();
    return Stream.concat(
            command.arguments().stream(),
            command.changes().values().entrySet().stream()
                .map(of -> of.getKey() + of.getValue().map(value -> "=" + value).orElse("")))
        .filter(word -> !encoder.canEncode(word) || word.indexOf('\0') >= 0)
        .findFirst()
        .map(
            word ->
                "this cannot be passed to a program in the locale's encoding "
                    + charset
                    + ": "
                    + word);
  }
}
