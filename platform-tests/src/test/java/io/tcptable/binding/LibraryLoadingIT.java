// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the JNI library gets from its jar into the JVM, and what keeps others' hands off it. */
class LibraryLoadingIT {

  private static final String LIBRARY =
      "META-INF/native/linux-"
          + System.getProperty("os.arch").replace("amd64", "x86_64")
          + "/libtcptable.so";

  @TempDir private Path directory;

  private Path temporary;
  private Path runtime;
  private Path home;

  @BeforeEach
  void makePlaces() throws IOException {
    temporary = Files.createDirectory(directory.resolve("temporary"));
    runtime = Files.createDirectory(directory.resolve("runtime"));
    home = Files.createDirectory(directory.resolve("home"));
  }

  /** With places of the test's own for temporary files, the user's run time files, and a home. */
  private ForkedJvm jvm() {
    return new ForkedJvm()
        .classPath(ForkedJvm.tcptable(), ForkedJvm.tcptableNative())
        .nativeAccess("ALL-UNNAMED")
        .option("-Dtcptable.binding=jni")
        .option("-Djava.io.tmpdir=" + temporary)
        .option("-Duser.home=" + home)
        .environment("XDG_RUNTIME_DIR", runtime.toString());
  }

  private static void openToAll(Path place) throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private Path extracted() throws IOException {
    Path library = Files.createDirectory(directory.resolve("own")).resolve("libtcptable.so");
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptableNative());
        InputStream content = jar.getInputStream(jar.getEntry(LIBRARY))) {
      Files.copy(content, library);
    }
    return library;
  }

  @Test
  void leavesNothingBehind() throws Exception {
    ForkedJvm.Outcome outcome = jvm().run();
    assertThat(outcome.binding()).isEqualTo("jni");
    assertThat(outcome.said().get("loaded"))
        .startsWith(temporary + "/.tcptable-")
        .endsWith("/libtcptable.so (deleted)");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void goesElsewhereIfOthersMayWriteThere() throws Exception {
    openToAll(temporary);
    ForkedJvm.Outcome outcome = jvm().run();
    assertThat(outcome.said().get("loaded")).startsWith(runtime + "/.tcptable-");
    assertThat(temporary).isEmptyDirectory();
    assertThat(runtime).isEmptyDirectory();
  }

  @Test
  void goesElsewhereIfOthersMayWriteAboveIt() throws Exception {
    Path below = Files.createDirectory(temporary.resolve("below"));
    openToAll(temporary);
    ForkedJvm.Outcome outcome = jvm().option("-Djava.io.tmpdir=" + below).run();
    assertThat(outcome.said().get("loaded")).startsWith(runtime + "/.tcptable-");
  }

  @Test
  void followsALinkOnlyToWhereItMayGo() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), temporary);
    ForkedJvm.Outcome safe = jvm().option("-Djava.io.tmpdir=" + link).run();
    assertThat(safe.said().get("loaded")).startsWith(temporary + "/.tcptable-");

    openToAll(temporary);
    ForkedJvm.Outcome unsafe = jvm().option("-Djava.io.tmpdir=" + link).run();
    assertThat(unsafe.said().get("loaded")).startsWith(runtime + "/.tcptable-");
  }

  @Test
  void refusesEveryPlaceOfOthers() throws Exception {
    openToAll(temporary);
    openToAll(runtime);
    openToAll(home);
    assertThat(jvm().run().error())
        .startsWith("tcptable.binding=jni: no place to load the JNI library from (")
        .contains(temporary + ": " + temporary + " is writable by others and has no sticky bit")
        .contains(runtime + " is writable by others")
        .contains(home + " is writable by others")
        .endsWith("); take it out of tcptable-native and name it with -Dtcptable.library");
  }

  @NeedsRoot
  @Test
  void goesElsewhereIfNothingMayRunThere() throws Exception {
    String mount = "mount -t tmpfs -o noexec tmpfs " + temporary + " && exec \"$@\"";
    ForkedJvm.Outcome outcome = jvm().under("unshare", "--mount", "sh", "-c", mount, "sh").run();
    assertThat(outcome.said().get("loaded")).startsWith(runtime + "/.tcptable-");
  }

  @NeedsRoot
  @Test
  void saysWhyIfNothingMayRunAnywhere() throws Exception {
    String mount = "mount -t tmpfs -o noexec tmpfs " + directory;
    String places = "mkdir " + temporary + " " + runtime + " " + home;
    ForkedJvm.Outcome outcome =
        jvm()
            .under(
                "unshare", "--mount", "sh", "-c", mount + " && " + places + " && exec \"$@\"", "sh")
            .run();
    assertThat(outcome.error())
        .contains("no place to load the JNI library from")
        .contains(temporary + ": failed to map segment from shared object")
        .contains(runtime + ": failed to map", home + ": failed to map");
  }

  @NeedsRoot
  @Test
  void doesNotTrustAnotherUsersPlace() throws Exception {
    Files.setAttribute(temporary, "unix:uid", 65534);
    assertThat(jvm().run().said().get("loaded")).startsWith(runtime + "/.tcptable-");
  }

  @Test
  void anotherMachinesLibraryIsNotTaken() throws Exception {
    assertThat(jvm().option("-Dos.arch=s390x").run().error())
        .isEqualTo("tcptable.binding=jni: tcptable-native holds no library for linux-s390x");
  }

  @Test
  void oneOfTheUsersOwn() throws Exception {
    Path own = extracted();
    ForkedJvm.Outcome outcome = jvm().option("-Dtcptable.library=" + own).run();
    assertThat(outcome.binding()).isEqualTo("jni");
    assertThat(outcome.said()).containsEntry("loaded", own.toString());
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void oneOfTheUsersOwnNeedsNoJar() throws Exception {
    ForkedJvm jvm =
        new ForkedJvm()
            .classPath(ForkedJvm.tcptable())
            .nativeAccess("ALL-UNNAMED")
            .option("-Dtcptable.binding=jni")
            .option("-Dtcptable.library=" + extracted());
    assertThat(jvm.run().binding()).isEqualTo("jni");
  }

  @Test
  void oneOfTheUsersOwnThatCannotBe() throws Exception {
    Path text = Files.writeString(directory.resolve("text.so"), "no library");
    Map<String, String> reasons =
        Map.of(
            "libtcptable.so",
            ": not an absolute path",
            "/missing/libtcptable.so",
            ": no such file",
            directory.toString(),
            ": no such file",
            text.toString(),
            ": file too short");
    for (Map.Entry<String, String> reason : reasons.entrySet()) {
      String name = reason.getKey();
      assertThat(jvm().option("-Dtcptable.library=" + name).run().error())
          .isEqualTo("tcptable.binding=jni: tcptable.library=" + name + reason.getValue());
    }
  }

  @Test
  void theJarHoldsOneLibraryAPlatform() throws IOException {
    try (ZipFile jar = new ZipFile(ForkedJvm.tcptableNative())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")))
          .contains("META-INF/native/tcptable.txt", LIBRARY)
          .allMatch(
              name ->
                  name.startsWith("META-INF/")
                      || name.equals("module-info.class")
                      || name.equals("io/tcptable/natives/NativeModule.class"));
    }
  }
}
