// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tcptable} in a checkout that is built already, and what it keeps to start. */
@Timeout(600)
class LauncherIT {

  private static final Path HERE = Path.of("..");

  @TempDir Path temporary;

  private Path checkout;
  private Path jar;
  private Path start;
  private ServerSocket listener;

  @BeforeEach
  void build() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    checkout = temporary.resolve("a checkout");
    Path target = checkout.resolve("java-api/target");
    for (String folder : List.of("java-api/src/main", "java-api/src/build", "native")) {
      Files.createDirectories(checkout.resolve(folder));
    }
    Files.createDirectories(target);
    for (String file : List.of("tcptable", "pom.xml", "java-api/pom.xml")) {
      Files.copy(HERE.resolve(file), checkout.resolve(file));
    }
    jar = Files.copy(ProgramJar.path(), target.resolve("tcptable-0-cli.jar"));
    start = target.resolve("start");
    Files.createFile(target.resolve("built"));
    Instant past = Instant.now().minusSeconds(60);
    try (Stream<Path> files = Files.walk(checkout)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(past));
      }
    }
    Files.setLastModifiedTime(target.resolve("built"), FileTime.from(Instant.now()));
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private List<String> command(String... arguments) {
    return Stream.concat(
            Stream.of(
                "env",
                "TCPTABLE_JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                checkout.resolve("tcptable").toString()),
            Arrays.stream(arguments))
        .toList();
  }

  private void assertAnswers() {
    Run run = Run.of(command("list", Integer.toString(listener.getLocalPort())));
    assertThat(run.complaints()).isEmpty();
    assertThat(run.out()).contains("java(" + ProcessHandle.current().pid() + ")");
    assertThat(run.code()).isZero();
  }

  private Path cache() throws IOException {
    try (Stream<Path> files = Files.list(start)) {
      List<Path> caches = files.filter(file -> !file.toString().endsWith(".size")).toList();
      assertThat(caches).hasSize(1);
      return caches.get(0);
    }
  }

  @Test
  void theFirstStartMakesWhatTheSecondUses() throws Exception {
    assertAnswers();
    assertThat(cache()).isNotEmptyFile();
    FileTime made = Files.getLastModifiedTime(cache());

    Process second =
        new ProcessBuilder(command("wait", "--free", Integer.toString(listener.getLocalPort())))
            .redirectErrorStream(true)
            .start();
    try {
      Path maps = Path.of("/proc", Long.toString(second.pid()), "maps");
      String name = cache().toRealPath().toString();
      while (second.isAlive() && !Files.readString(maps).contains(name)) {
        Thread.sleep(1);
      }
      assertThat(second.isAlive()).as("%s is in use", name).isTrue();
    } finally {
      second.destroy();
      assertThat(second.waitFor(180, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Files.getLastModifiedTime(cache())).isEqualTo(made);
  }

  @Test
  void aDamagedCacheIsNoTrouble() throws IOException {
    assertAnswers();
    byte[] whole = Files.readAllBytes(cache());
    byte[] spoilt = whole.clone();
    Arrays.fill(spoilt, whole.length / 4, whole.length / 2, (byte) 'x');
    for (byte[] damaged :
        List.of(new byte[0], new byte[100_000], Arrays.copyOf(whole, whole.length / 2), spoilt)) {
      Path other = Files.write(temporary.resolve("damaged"), damaged);
      Files.move(other, cache(), REPLACE_EXISTING);
      assertAnswers();
    }
  }

  @Test
  void aCacheOfAnotherJarIsNotUsedAndMadeAnew() throws IOException {
    assertAnswers();
    FileTime made = Files.getLastModifiedTime(cache());

    Files.setLastModifiedTime(jar, FileTime.from(made.toInstant().minusSeconds(10)));
    assertAnswers();
    assertThat(Files.getLastModifiedTime(cache())).isEqualTo(made);

    Files.setLastModifiedTime(jar, FileTime.from(made.toInstant().plusMillis(1)));
    assertAnswers();
    assertThat(Files.getLastModifiedTime(cache())).isGreaterThan(made);
  }

  @Test
  void withoutAPlaceForACacheItStartsAllTheSame() throws IOException {
    Files.createFile(start);
    assertAnswers();
    assertThat(start).isEmptyFile();
  }

  @Test
  void aWrongJavaIsSaid() {
    Run run =
        Run.of(List.of("env", "TCPTABLE_JAVA=/none", checkout.resolve("tcptable").toString()));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("tcptable: TCPTABLE_JAVA=/none: no such program\n");
  }
}
