// SPDX-License-Identifier: Apache-2.0
package io.tcptable.packaging;

import static io.tcptable.packaging.PackagedApplication.MAIN;
import static io.tcptable.packaging.PackagedApplication.application;
import static io.tcptable.packaging.PackagedApplication.fatJar;
import static io.tcptable.packaging.PackagedApplication.java;
import static io.tcptable.packaging.PackagedApplication.library;
import static io.tcptable.packaging.PackagedApplication.natives;
import static io.tcptable.packaging.PackagedApplication.path;
import static io.tcptable.packaging.PackagedApplication.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.binding.Providers;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;

/** Each packaging reads by system calls, or says truly why it does not. */
class ApplicationsIT {

  private static final boolean HAS_FFM = Runtime.version().feature() >= 22;
  private static final String BEST = HAS_FFM ? "binding=ffm" : "binding=jni";
  private static final String WHY_NO_FFM = Providers.whyNoFfm();
  private static final String NO_FFM = "not.ffm=" + WHY_NO_FFM;

  @TempDir private Path directory;

  private static void assertQuiet(Run run, String binding) {
    assertThat(said(run)).contains(binding, "sockets=netlink");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void onTheClassPath() {
    assertQuiet(java("ALL-UNNAMED", "-cp", path(application(), library(), natives()), MAIN), BEST);
  }

  /** Where nothing but plain Java is left, the log says so and why. */
  @Test
  void withTheNativesExcluded() {
    Run run = java("ALL-UNNAMED", "-cp", path(application(), library()), MAIN);
    if (HAS_FFM) {
      assertQuiet(run, BEST);
      return;
    }
    assertThat(said(run)).contains("binding=java", NO_FFM, "sockets=proc");
    assertThat(run.err().lines().skip(1))
        .containsExactly(
            "WARNING: tcptable makes no system calls, is slower and tells less of a socket (ffm: "
                + WHY_NO_FFM
                + "; jni: tcptable-native is not on the class path; jna:"
                + " com.sun.jna.NativeLibrary is not on the class path; jnr:"
                + " jnr.ffi.LibraryLoader is not on the class path)");
  }

  /** The caller knows it then. */
  @Test
  void plainJavaThatWasAskedForIsNotLogged() {
    Run run =
        java("ALL-UNNAMED", "-Dtcptable.binding=java", "-cp", path(application(), library()), MAIN);
    assertThat(said(run)).contains("binding=java");
    assertThat(run.err()).isEmpty();
  }

  /** Its module requires io.tcptable alone, and no option names the natives. */
  @ParameterizedTest
  @ValueSource(strings = {"ffm,jni", "jni"})
  void onTheModulePath(String binding) {
    String modules = path(application(), library(), natives());
    String main = "io.tcptable.application/" + MAIN;
    assertQuiet(
        java("io.tcptable", "-Dtcptable.binding=" + binding, "-p", modules, "-m", main),
        binding.equals("jni") ? "binding=jni" : BEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multi-release", "minimized"})
  void inAFatJar(String classifier) {
    assertQuiet(java("ALL-UNNAMED", "-cp", fatJar(classifier).toString(), MAIN), BEST);
  }

  @Test
  void inAFatJarThatIsNotMultiRelease() {
    Run run = java("ALL-UNNAMED", "-cp", fatJar("without-multi-release").toString(), MAIN);
    assertQuiet(run, "binding=jni");
    assertThat(said(run))
        .contains(
            HAS_FFM
                ? "not.ffm=the class io.tcptable.internal.binding.ffm.FfmLinuxCalls is in"
                    + " META-INF/versions/22, where this Java does not look; the manifest of the jar"
                    + " needs Multi-Release: true"
                : NO_FFM);
  }

  /** The shade plugin moves no class that is for later Java only. */
  @Test
  void inAFatJarWithRenamedPackages() {
    Run run = java("ALL-UNNAMED", "-cp", fatJar("relocated").toString(), MAIN);
    assertQuiet(run, "binding=jni");
    assertThat(said(run))
        .contains(
            PackagedApplication.isBuiltWithFfm()
                ? "not.ffm=the tool that has renamed the packages of this jar left it under its old"
                    + " name"
                : NO_FFM);
  }

  /** As jlink takes only what is required, the natives are named; without them it says so. */
  @Test
  void inAnImage() {
    Path image = link("io.tcptable.application,io.tcptable.natives");
    String java = image.resolve("bin/java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    if (HAS_FFM) {
      command.add("--enable-native-access=io.tcptable");
    }
    command.addAll(List.of("-m", "io.tcptable.application/" + MAIN));
    assertQuiet(Run.of(command), BEST);

    command.add(1, "--limit-modules=io.tcptable.application");
    command.add(2, "-Dtcptable.binding=jni,java");
    assertThat(said(Run.of(command)))
        .contains(
            "not.jni=the module io.tcptable.natives takes no part in this run: require it, or see"
                + " --add-modules");
  }

  private Path link(String modules) {
    Path image = directory.resolve("image");
    Run linked =
        Run.of(
            List.of(
                PackagedApplication.JDK.resolve("bin/jlink").toString(),
                "--module-path",
                path(application(), library(), natives()),
                "--add-modules",
                modules,
                "--output",
                image.toString()));
    assertThat(linked.code()).as(linked.out() + linked.err()).isZero();
    return image;
  }

  /** The second example of README.md. */
  @Test
  void restartsAServer() throws Exception {
    Files.writeString(directory.resolve("health"), "well");
    int port = FreePorts.next();
    List<String> server =
        List.of(
            "python3",
            "-m",
            "http.server",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--directory",
            directory.toString());
    try (RunningProgram first = RunningProgram.start(server)) {
      awaitListener(port);
      List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
      // The log is made where it runs.
      command.add(directory.toString());
      command.add(PackagedApplication.JDK.resolve("bin/java").toString());
      command.addAll(List.of("-cp", path(application(), library(), natives()), MAIN));
      command.add(Integer.toString(port));
      command.addAll(server);
      Run run = Run.of(command);
      List<Long> owners = new ArrayList<>();
      TcpTable.snapshot(port).owners().forEach(owner -> owners.add(owner.pid()));
      try {
        assertThat(run.out()).as(run.err()).isEqualTo("outcome=DONE\n");
        assertThat(first.end().code()).isNotZero();
        assertThat(owners).hasSize(1).doesNotContain(first.pid());
      } finally {
        owners.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
      }
    }
  }

  private static void awaitListener(int port) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (TcpTable.snapshot(port).listeners().isEmpty()) {
      assertThat(System.nanoTime()).as("listens in time").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
