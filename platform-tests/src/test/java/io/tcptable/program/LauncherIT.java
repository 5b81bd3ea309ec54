// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script {@code tcptable} keeps for a quicker start, and that it starts without. */
@Timeout(600)
class LauncherIT {

  @TempDir private static Path temporary;

  /** The cache takes seconds to make: each test begins with the same, and its checksum. */
  @TempDir private static Path kept;

  private static LauncherCheckout checkout;

  private ServerSocket listener;

  @BeforeAll
  static void build() throws IOException {
    checkout = LauncherCheckout.in(temporary, "a checkout");
    assertThat(checkout.run("list", "1").complaints()).isEmpty();
    copy(checkout.start(), kept);
  }

  @BeforeEach
  void restore() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    checkout.forget();
    copy(kept, Files.createDirectory(checkout.start()));
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()), COPY_ATTRIBUTES);
      }
    }
  }

  private String port() {
    return Integer.toString(listener.getLocalPort());
  }

  private void assertAnswers() {
    assertAnswers(checkout.run("list", port()));
  }

  private static void assertAnswers(Run run) {
    assertThat(run.complaints()).isEmpty();
    assertThat(run.out()).contains("java(" + ProcessHandle.current().pid() + ")");
    assertThat(run.code()).isZero();
  }

  /** The Java that the script has started, as soon as it reads that file. */
  private static void assertReads(Process launcher, Path file) throws Exception {
    String name = file.toRealPath().toString();
    while (launcher.isAlive()
        && launcher.children().noneMatch(child -> maps(child).contains(name))) {
      Thread.sleep(1);
    }
    assertThat(launcher.isAlive()).as("%s is in use", name).isTrue();
  }

  private static String maps(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void theFirstStartMakesWhatTheSecondUses() throws Exception {
    checkout.forget();
    assertAnswers();
    assertThat(checkout.cache()).isNotEmptyFile();
    FileTime made = Files.getLastModifiedTime(checkout.cache());

    Process second =
        new ProcessBuilder(checkout.command("wait", "--free", port()))
            .redirectErrorStream(true)
            .start();
    try {
      assertReads(second, checkout.cache());
    } finally {
      second.destroy();
      assertThat(second.waitFor(180, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Files.getLastModifiedTime(checkout.cache())).isEqualTo(made);
  }

  /**
   * As on a machine that has busybox alone: what is kept could not be told from what is damaged.
   */
  @Test
  void nothingIsMadeThatCouldNotBeVerified() throws IOException {
    checkout.forget();
    Path tools = Files.createDirectory(temporary.resolve("tools"));
    try (Stream<Path> programs = Files.list(Path.of("/usr/bin"))) {
      for (Path program : (Iterable<Path>) programs::iterator) {
        if (!program.endsWith("cksum")) {
          Files.createSymbolicLink(tools.resolve(program.getFileName()), program);
        }
      }
    }
    assertAnswers(checkout.shell("PATH='" + tools + "' exec \"$1\" list " + port()));
    assertThat(checkout.start()).doesNotExist();
  }

  @Test
  void twoFirstStartsAtOnceMakeOneCache() throws Exception {
    checkout.forget();
    Process other = new ProcessBuilder(checkout.command("list", port())).start();
    try {
      assertAnswers();
    } finally {
      assertThat(other.waitFor(180, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(other.exitValue()).isZero();
    FileTime made = Files.getLastModifiedTime(checkout.cache());

    assertAnswers();
    assertThat(Files.getLastModifiedTime(checkout.cache())).isEqualTo(made);
  }

  /** The Serial collector of Java 17 takes none of the objects in the JDK's archive of classes. */
  @ParameterizedTest
  @CsvSource({
    "17.0.15+6-Debian-1deb12u1, G1",
    "17, G1",
    "21.0.7+6-LTS, Serial",
    "25.0.3+9-LTS, Serial"
  })
  void theCollectorThatStartsQuickest(String release, String collector, @TempDir Path home)
      throws IOException {
    Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String version = "JAVA_RUNTIME_VERSION=\"" + release + "\"\nMODULES=\"java.base\"\n";
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"17 21 25\"\n" + version);
    Run run = checkout.shell("TCPTABLE_JAVA='" + java + "' exec \"$1\" list");
    assertThat(run.complaints()).isEmpty();
    assertThat(Stream.of(run.out().split(" ")).filter(word -> word.matches("-XX:.Use.*GC")))
        .containsExactly("-XX:+Use" + collector + "GC");
  }

  private void damage(byte[] content) throws IOException {
    Path other = Files.write(temporary.resolve("damaged"), content);
    Files.move(other, checkout.cache(), REPLACE_EXISTING);
  }

  @Tag("once")
  @Test
  void aDamagedCacheIsNoTrouble() throws IOException {
    byte[] whole = Files.readAllBytes(checkout.cache());
    byte[] spoilt = whole.clone();
    Arrays.fill(spoilt, whole.length / 4, whole.length / 2, (byte) 'x');
    for (byte[] damaged :
        List.of(new byte[0], new byte[100_000], Arrays.copyOf(whole, whole.length / 2), spoilt)) {
      damage(damaged);
      assertAnswers();
    }
  }

  /** Of the right length, too: of some damage, the JVM dies before it says a word. */
  @Tag("once")
  @Test
  void aCacheDamagedInAnyPartIsMadeAgain() throws IOException {
    byte[] whole = Files.readAllBytes(checkout.cache());
    for (int from : List.of(0, whole.length / 2, whole.length - 4096, whole.length - 1)) {
      byte[] spoilt = whole.clone();
      int to = Math.min(from + 4096, whole.length);
      for (int i = from; i < to; i++) {
        spoilt[i] ^= 0x55;
      }
      damage(spoilt);
      assertAnswers();
      assertThat(checkout.cache()).isNotEmptyFile();
      assertThat(Files.readAllBytes(checkout.cache())).isNotEqualTo(spoilt);
    }
  }

  @Test
  void aCacheOfAnotherJarIsNotUsedAndMadeAnew() throws IOException {
    FileTime made = Files.getLastModifiedTime(checkout.cache());

    Files.setLastModifiedTime(checkout.jar(), FileTime.from(made.toInstant().minusSeconds(10)));
    assertAnswers();
    assertThat(Files.getLastModifiedTime(checkout.cache())).isEqualTo(made);

    Files.setLastModifiedTime(checkout.jar(), FileTime.from(made.toInstant().plusMillis(1)));
    assertAnswers();
    assertThat(Files.getLastModifiedTime(checkout.cache())).isGreaterThan(made);
  }

  @Test
  void withoutAPlaceForACacheItStartsAllTheSame() throws IOException {
    checkout.forget();
    Files.createFile(checkout.start());
    assertAnswers();
    assertThat(checkout.start()).isEmptyFile();
  }

  /** Both where it chooses the Java, which it notes, and where it is told. */
  private void assertAnswersIn(String mount) {
    for (String java : List.of("", "unset TCPTABLE_JAVA; ")) {
      assertAnswers(
          checkout.shell(
              "exec unshare --mount sh -euc '"
                  + mount
                  + java
                  + "exec \"$1\" list "
                  + port()
                  + "' sh \"$1\" \"$2\""));
    }
  }

  @Tag("once")
  @NeedsRoot
  @Test
  void aReadOnlyCheckoutIsEnough() throws IOException {
    checkout.forget();
    assertAnswersIn("mount --bind \"$2\" \"$2\"; mount -o remount,ro,bind \"$2\"; ");
  }

  @Tag("once")
  @NeedsRoot
  @Test
  void aFullDiskIsNoTrouble() throws IOException {
    checkout.forget();
    assertAnswersIn(
        "cp -a \"$2\" \"$2.kept\"; mount -t tmpfs -o size=8m tmpfs \"$2\"; cp -a \"$2.kept\"/. \"$2\"; rm -r"
            + " \"$2.kept\"; ! dd if=/dev/zero of=\"$2/full\" status=none 2>/dev/null; ");
  }

  @Test
  void anythingInThePlaceOfWhatItKeepsIsNoTrouble() throws IOException {
    checkout.forget();
    Files.createDirectory(checkout.target().resolve("java"));
    Files.createSymbolicLink(checkout.start(), Path.of("/none/such"));
    assertAnswers();
    assertAnswers(checkout.shell("unset TCPTABLE_JAVA; exec \"$1\" list " + port()));
  }
}
