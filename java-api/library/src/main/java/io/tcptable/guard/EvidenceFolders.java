// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.guard.GuardedPort.Saved;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.FileFailure;
import io.tcptable.internal.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Folders of evidence, one a failure, named by its time, for this user alone. The oldest are
 * removed.
 *
 * @param place the folder that holds them
 * @param most how many are kept
 */
record EvidenceFolders(Path place, int most) {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Of folders that this class has made. */
  private static final Pattern OWN = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z(-[0-9]+)?");

  /** Of the same millisecond, such as after the clock was set back. */
  private static final int MOST_AT_ONCE = 100;

  /**
   * Makes the place.
   *
   * @throws IOException if it cannot be made, or another user could replace what is in it
   */
  void prepare() throws IOException {
    Files.createDirectories(place, PrivateFiles.directoryMode(place));
    requireOwn(place);
  }

  private static void requireOwn(Path folder) throws IOException {
    Platforms.current().requireOwnFile(folder.resolve("events.jsonl"));
  }

  /**
   * Saves what can be saved.
   *
   * @param files by name, what makes the text of each
   */
  Saved save(Instant at, Map<String, Callable<String>> files) {
    Path folder;
    try {
      prepare();
      folder = make(at);
    } catch (IOException e) {
      return new Saved(
          Optional.empty(),
          Optional.of(
              "the evidence could not be saved in " + place + ": " + FileFailure.reason(e)));
    }
    List<String> failures = new ArrayList<>();
    files.forEach(
        (name, text) -> {
          try {
            write(folder.resolve(name), text.call());
          } catch (IOException e) {
            failures.add(name + " (" + FileFailure.reason(e) + ")");
          } catch (Exception e) {
            failures.add(name + " (" + e + ")");
          }
        });
    try {
      removeOldest();
    } catch (IOException e) {
      failures.add("the oldest folder could not be removed (" + FileFailure.reason(e) + ")");
    }
    return new Saved(
        Optional.of(folder),
        failures.isEmpty()
            ? Optional.empty()
            : Optional.of("not saved in " + folder + ": " + String.join(", ", failures)));
  }

  /** A new one: no link or folder of that name is taken. */
  private Path make(Instant at) throws IOException {
    String name = NAME.format(at);
    for (int i = 1; i <= MOST_AT_ONCE; i++) {
      try {
        return Files.createDirectory(
            place.resolve(i == 1 ? name : name + "-" + i), PrivateFiles.directoryMode(place));
      } catch (FileAlreadyExistsException e) {
        // The next one.
      }
    }
    throw new IOException("there are " + MOST_AT_ONCE + " folders of the same time");
  }

  private void write(Path file, String text) throws IOException {
    PrivateFiles.make(file);
    Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void removeOldest() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(place)) {
      for (Path each : found) {
        if (OWN.matcher(String.valueOf(each.getFileName())).matches()
            && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          all.add(each);
        }
      }
    }
    all.sort(EvidenceFolders::byAge);
    for (Path old : all.subList(0, Math.max(0, all.size() - most))) {
      remove(old);
    }
  }

  /** Of the same time by number, which has no leading zeros. */
  private static int byAge(Path one, Path other) {
    String a = String.valueOf(one.getFileName());
    String b = String.valueOf(other.getFileName());
    int length = NAME.format(Instant.EPOCH).length();
    int time = a.substring(0, length).compareTo(b.substring(0, length));
    int number = Integer.compare(a.length(), b.length());
    return time != 0 ? time : number != 0 ? number : a.compareTo(b);
  }

  /** The folders hold files only. */
  private static void remove(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
