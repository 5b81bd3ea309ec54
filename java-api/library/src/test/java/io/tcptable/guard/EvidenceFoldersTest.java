// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.guard.GuardedPort.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFoldersTest {

  private static final Instant AT = Instant.parse("2026-11-27T18:56:10.5Z");

  @TempDir private Path directory;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void onlyThisUserReadsThem() throws Exception {
    Path place = directory.resolve("guard/3001");
    Saved saved = new EvidenceFolders(place, 20).save(AT, Map.of("events.jsonl", () -> "{}\n"));

    Path folder = place.resolve("20261127T185610.500Z");
    assertThat(saved.folder()).hasValue(folder);
    assertThat(saved.failure()).isEmpty();
    assertThat(folder.resolve("events.jsonl")).hasContent("{}\n");
    assertThat(mode(place)).isEqualTo("rwx------");
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("events.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void theOldestAreRemovedAndNothingElse() throws Exception {
    Files.createDirectories(directory.resolve("notes"));
    Files.writeString(directory.resolve("20200101T000000.000Z"), "a file");
    EvidenceFolders folders = new EvidenceFolders(directory, 3);
    for (int i = 0; i < 12; i++) {
      folders.save(AT.plusMillis(i), Map.of("a", () -> "a"));
    }
    folders.save(AT.plusMillis(11), Map.of("a", () -> "a"));
    folders.save(AT.minusSeconds(5), Map.of("a", () -> "a"));

    assertThat(names(directory))
        .containsExactly(
            "20200101T000000.000Z",
            "20261127T185610.510Z",
            "20261127T185610.511Z",
            "20261127T185610.511Z-2",
            "notes");
  }

  @Test
  void whatCannotBeSavedIsNamedAndTheRestIsSaved() {
    Map<String, Callable<String>> files = new LinkedHashMap<>();
    files.put(
        "diagnosis.json",
        () -> {
          throw new IOException("No space left on device");
        });
    files.put("events.jsonl", () -> "{}");

    Saved saved = new EvidenceFolders(directory, 20).save(AT, files);

    Path folder = directory.resolve("20261127T185610.500Z");
    assertThat(saved.failure())
        .hasValue("not saved in " + folder + ": diagnosis.json (No space left on device)");
    assertThat(folder.resolve("events.jsonl")).hasContent("{}");
  }

  @Test
  void aPlaceThatCannotBeMadeIsAFailureToo() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    Saved saved = new EvidenceFolders(file.resolve("3001"), 20).save(AT, Map.of());

    assertThat(saved.folder()).isEmpty();
    assertThat(saved.failure().orElseThrow())
        .startsWith("the evidence could not be saved in " + file + "/3001: ");
  }
}
