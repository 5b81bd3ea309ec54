// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.program.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build of the native libraries promises: the same bytes anywhere, for each C library. */
@Tag("once")
class NativeBuildIT {

  private static final Path MODULE = Path.of("../native").toAbsolutePath().normalize();
  private static final Path SOURCES = MODULE.resolve("src");
  private static final String ALL = "META-INF/native/";

  @TempDir private static Path libraries;

  @TempDir private Path directory;

  /** The libraries of the jar, by their names in it. */
  private static final Map<String, Path> BUILT = new TreeMap<>();

  @BeforeAll
  static void extract() throws IOException {
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptableNative())) {
      for (ZipEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(ALL) && (name.endsWith(".so") || name.endsWith(".dll"))) {
          Path file = libraries.resolve(name.substring(ALL.length()));
          Files.createDirectories(file.getParent());
          try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file);
          }
          BUILT.put(name.substring(ALL.length()), file);
        }
      }
    }
  }

  private static Run run(Path folder, List<String> command) {
    List<String> there = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
    there.add(folder.toString());
    there.addAll(command);
    return Run.of(there);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }

  private static Path built(String platform) {
    Path library = BUILT.get(platform + "/libtcptable.so");
    assumeTrue(library != null, "this build has no library for " + platform);
    return library;
  }

  @Test
  void isTheSameInAFolderOfAnyName() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("a folder"));
    assertThat(Run.of(List.of("cp", "-r", SOURCES.toString(), copy.toString())).code()).isZero();
    List<String> build = new ArrayList<>(List.of("sh", "src/build/build.sh"));
    build.addAll(List.of(copy.resolve("target").toString(), System.getProperty("java.home")));
    BUILT.keySet().forEach(name -> build.add(name.substring(0, name.indexOf('/'))));

    Run run = run(copy, build);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    assertThat(BUILT).isNotEmpty();
    for (Map.Entry<String, Path> built : BUILT.entrySet()) {
      Path again = copy.resolve("target/classes/" + ALL + built.getKey());
      assertThat(again).as(built.getKey()).hasSameBinaryContentAs(built.getValue());
    }
  }

  @Test
  void aPlatformWithoutACompilerIsLeftOutInOneLine() {
    Run run =
        run(
            MODULE,
            List.of(
                "sh",
                "src/build/linux.sh",
                "vax",
                directory.resolve("out").toString(),
                directory.toString(),
                System.getProperty("java.home")));
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "No gcc for vax (vax-linux-gnu-gcc): built without the library for linux-vax.\n");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  /** By what it imports: glibc of 2012, and nothing that musl lacks. */
  @Test
  void loadsOnEachCLibrary() {
    List<Path> linux =
        BUILT.values().stream().filter(library -> library.toString().endsWith(".so")).toList();
    assertThat(linux).isNotEmpty();
    for (Path library : linux) {
      Run run = run(MODULE, List.of("sh", "src/build/portable.sh", library.toString()));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void whatDoesNotLoadEverywhereIsNamed() throws Exception {
    Path source = Files.writeString(directory.resolve("late.c"), LATE);
    Path late = directory.resolve("late.so");
    List<String> compile = List.of("gcc", "-shared", "-fPIC", "-nostartfiles", "-o");
    Run compiled =
        Run.of(
            Stream.concat(compile.stream(), Stream.of(late.toString(), source.toString()))
                .toList());
    assertThat(compiled.code()).as(compiled.err()).isZero();
    assertThat(run(MODULE, List.of("sh", "src/build/portable.sh", late.toString())).out())
        .startsWith(late + " does not load everywhere: it needs ")
        .contains("qsort_r");
  }

  private static final String LATE =
      """
      void qsort_r(void *, unsigned long, unsigned long, void *, void *);
      void late(void) { qsort_r(0, 0, 0, 0, 0); }
      """;

  /** Compiles the program that loads a library, and runs it on that library. */
  private void assertAnswers(Path library, String compiler, List<String> under) {
    assumeTrue(isInstalled(compiler), compiler + " is not installed");
    String program = directory.resolve("entry-points").toString();
    String include = Path.of(System.getProperty("java.home"), "include").toString();
    Run compiled =
        Run.of(
            List.of(
                compiler,
                "-std=c11",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-isystem",
                include,
                "-isystem",
                include + "/linux",
                SOURCES.resolve("test/c/linux/entry_points.c").toString(),
                "-o",
                program,
                "-ldl"));
    assertThat(compiled.code()).as(compiled.err()).isZero();

    List<String> command = new ArrayList<>(under);
    command.addAll(List.of(program, library.toString()));
    Run run = Run.of(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("close 0\nclosed 1\nmissing 1\nsocket 0\nbpf ");
  }

  @Test
  void runsOnMusl() {
    String own = System.getProperty("os.arch").replace("amd64", "x86_64");
    assertAnswers(built("linux-" + own), "musl-gcc", List.of());
  }

  @Test
  void runsOnAarch64() {
    String qemu =
        Stream.of("qemu-aarch64", "qemu-aarch64-static")
            .filter(NativeBuildIT::isInstalled)
            .findFirst()
            .orElse("");
    assumeTrue(!qemu.isEmpty(), "neither qemu-user nor qemu-user-static is installed");
    assertAnswers(
        built("linux-aarch64"),
        "aarch64-linux-gnu-gcc",
        List.of(qemu, "-L", "/usr/aarch64-linux-gnu"));
  }
}
