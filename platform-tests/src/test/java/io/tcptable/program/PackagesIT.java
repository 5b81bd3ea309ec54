// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive and the Debian package, in folders and mounts of their own. */
@Timeout(300)
class PackagesIT {

  private static final Path BUILT = Path.of("..", "packages", "target");

  /** A cache of the whole machine, and the tests' own; a user's own home is in the folder. */
  private static final String PRIVATE =
      "mount -t tmpfs tmpfs /var/cache; mount -t proc proc /proc; ";

  @TempDir private static Path temporary;

  private static Path installed;

  private ServerSocket listener;

  @BeforeAll
  static void unpack() throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path folder = Files.createDirectory(temporary.resolve("a folder"));
    Run run = Run.of(List.of("tar", "-xzf", built("tcptable-*.tar.gz"), "-C", folder.toString()));
    assertThat(run.code()).as(run.err()).isZero();
    installed = only(folder, "tcptable-*");
  }

  private static String built(String name) throws IOException {
    return only(BUILT, name).toString();
  }

  /** Not one with a Java, which has the name of its platform, too. */
  private static Path only(Path folder, String name) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
      for (Path file : files) {
        if (!file.toString().matches(".*-(?:x64|aarch64)\\..*")) {
          return file;
        }
      }
    }
    throw new AssertionError("no " + name + " in " + folder);
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** A shell command that has the program as {@code $1}, a port as {@code $2}, as root. */
  private Run shell(String command) {
    return Run.of(
        List.of(
            "env",
            "TCPTABLE_JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
            "unshare",
            "--mount",
            "sh",
            "-euc",
            PRIVATE + command,
            "sh",
            installed.resolve("bin/tcptable").toString(),
            Integer.toString(listener.getLocalPort())));
  }

  private static void assertAnswers(Run run, int times) {
    assertThat(run.complaints()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("LISTEN"))).hasSize(times);
  }

  @NeedsRoot
  @Test
  void rootKeepsWhatMakesAStartQuickerInTheCacheOfTheMachine() {
    Run run =
        shell(
            "mount --bind \"${1%/bin/*}\" \"${1%/bin/*}\"; mount -o remount,ro,bind \"${1%/bin/*}\";"
                + " mkdir -p /var/cache/tcptable/older;"
                + " HOME=/none \"$1\" list $2; \"$1\" list $2; find /var/cache/tcptable");

    assertAnswers(run, 2);
    assertThat(run.out())
        .containsPattern("/var/cache/tcptable/[^/]+/start/\\+\\S+\\.sum")
        .doesNotContain("older");
  }

  /** And not in a folder that another user can change: what is kept there is run. */
  @NeedsRoot
  @Test
  void aUserKeepsItInAFolderOfTheOwnAlone() throws IOException {
    Path home = Files.createDirectory(temporary.resolve("home"));
    Path foreign = Files.createDirectories(temporary.resolve("foreign/tcptable"));
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxrwxrwx"));
    String user = "setpriv --reuid=61235 --regid=61235 --clear-groups env HOME='" + home + "' ";

    Run run =
        shell(
            "unset XDG_CACHE_HOME; chown 61235 '%s'; ".formatted(home)
                + (user + "\"$1\" list $2; ")
                + (user + "XDG_CACHE_HOME='%s' \"$1\" list $2".formatted(foreign.getParent())));

    assertAnswers(run, 2);
    try (Stream<Path> kept = Files.walk(home.resolve(".cache/tcptable"))) {
      assertThat(kept).anyMatch(file -> file.toString().endsWith(".sum"));
    }
    assertThat(foreign).isEmptyDirectory();
  }

  /** {@code install.sh} as its user, with a home of its own and the archives as built. */
  private Run install(Path home, String from, String command) {
    return shell(
        "export HOME='%s' TCPTABLE_FROM='file://%s' install='%s'; unset XDG_CACHE_HOME XDG_DATA_HOME; "
                .formatted(home, from, BUILT.resolve("install.sh").toAbsolutePath().normalize())
            + command);
  }

  @Tag("once")
  @NeedsRoot
  @Test
  void theScriptInstallsForOneUserAndRemovesAll() throws IOException {
    Path home = Files.createDirectory(temporary.resolve("a user"));

    Run run =
        install(
            home,
            BUILT.toAbsolutePath().normalize().toString(),
            "sh \"$install\"; sh \"$install\" >&2; \"$HOME\"/.local/bin/tcptable list $2;"
                + " sh \"$install\" --uninstall; find \"$HOME\" -name '*tcptable*'");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("LISTEN"))).hasSize(1);
    assertThat(run.out()).endsWith("tcptable is removed\n");
  }

  @Tag("once")
  @NeedsRoot
  @Test
  void theScriptInstallsNothingOfAnotherChecksumAndOverNothingOfOthers() throws IOException {
    Path home = Files.createDirectory(temporary.resolve("another user"));
    Path from = Files.createDirectory(temporary.resolve("from"));
    Path archive = Path.of(built("tcptable-*.tar.gz"));
    Files.copy(archive, from.resolve(archive.getFileName()));
    Files.writeString(from.resolve(archive.getFileName()), "x", StandardOpenOption.APPEND);

    Run damaged = install(home, from.toString(), "sh \"$install\"");
    Run taken =
        install(
            home,
            from.toString(),
            "mkdir -p \"$HOME\"/.local/bin; echo other > \"$HOME\"/.local/bin/tcptable;"
                + " ! sh \"$install\" --uninstall; cat \"$HOME\"/.local/bin/tcptable");

    assertThat(damaged.code()).isOne();
    assertThat(damaged.err()).contains("does not have the checksum", "; nothing was installed\n");
    assertThat(home.resolve(".local/share")).doesNotExist();
    assertThat(taken.err()).endsWith("/.local/bin/tcptable is not tcptable; move it away\n");
    assertThat(taken.out()).isEqualTo("other\n");
  }

  @Tag("once")
  @NeedsRoot
  @Test
  void theFeatureOfADevContainerInstallsForAllUsers() {
    Path built = BUILT.toAbsolutePath().normalize();

    Run run =
        shell(
            "mount -t tmpfs tmpfs /usr/local; cd '%1$s/devcontainer/tcptable'; export TCPTABLE_FROM='file://%1$s';"
                    .formatted(built)
                + " sh install.sh; /usr/local/bin/tcptable list $2;"
                + " TCPTABLE_PREFIX=/usr/local sh tcptable.sh --uninstall;"
                + " find /usr/local /var/cache -name '*tcptable*'");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("tcptable ").endsWith("tcptable is removed\n");
    assertThat(run.out().lines().filter(line -> line.startsWith("LISTEN"))).hasSize(1);
  }

  @NeedsRoot
  @Test
  void withoutAJavaItSaysWhatToInstall() throws IOException {
    Run none = withPrograms("");
    Run old =
        withPrograms(
            """
            echo '#!/bin/sh' > java
            echo "echo 'openjdk version \\"1.8.0_412\\"' >&2" >> java
            chmod +x java
            """);

    assertThat(List.of(none.code(), old.code())).containsOnly(125);
    assertThat(none.err())
        .isEqualTo(
            "tcptable: needs Java 17 or later; install one, or set TCPTABLE_JAVA to its java\n");
    assertThat(old.err())
        .isEqualTo(
            "tcptable: needs Java 17 or later, and java is version 8 or older; install one, or set"
                + " TCPTABLE_JAVA to its java\n");
  }

  /** Where there is no Java but what this makes, in the one folder of programs. */
  private Run withPrograms(String command) throws IOException {
    Path programs = Files.createDirectories(temporary.resolve("programs"));
    return shell(
        """
        mount -t tmpfs tmpfs '%1$s'; cd '%1$s'
        for program in readlink sed sort env mkdir grep head locale cksum rm; do
          ln -s "$(command -v $program)" .
        done
        %2$s
        mount -t tmpfs tmpfs /usr/lib/jvm
        exec env -i HOME=/none PATH='%1$s' "$1" list $2
        """
            .formatted(programs, command));
  }

  @Tag("once")
  @Test
  void theDebianPackageHasTheSameAndALinkInThePath() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("root"));
    Run run = Run.of(List.of("dpkg-deb", "--extract", built("tcptable_*.deb"), root.toString()));
    assertThat(run.code()).as(run.err()).isZero();

    Path link = root.resolve("usr/bin/tcptable");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("/usr/lib/tcptable/bin/tcptable"));
    for (String file : List.of("bin/tcptable", "lib/tcptable.jar", "lib/start.sh", "lib/java.sh")) {
      assertThat(root.resolve("usr/lib/tcptable").resolve(file))
          .hasSameBinaryContentAs(installed.resolve(file));
    }
    assertThat(Files.isExecutable(root.resolve("usr/lib/tcptable/bin/tcptable"))).isTrue();
    assertThat(root.resolve("usr/share/man/man1/tcptable-diagnose.1")).isNotEmptyFile();
    assertThat(root.resolve("usr/lib/systemd/system/tcptable-export.service"))
        .content()
        .contains("ExecStart=/usr/bin/tcptable export\n", "DynamicUser=yes\n")
        .doesNotContain(".jar");
    assertThat(root.resolve("usr/share/zsh/vendor-completions/_tcptable")).isNotEmptyFile();
  }

  /** And what Windows runs. */
  @Tag("once")
  @Test
  void theZipHasTheSame() throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipFile zip = new ZipFile(built("tcptable-*.zip"))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        if (!entry.isDirectory() && names.add(name) && !name.equals("bin/tcptable.cmd")) {
          assertThat(installed.resolve(name))
              .hasBinaryContent(zip.getInputStream(entry).readAllBytes());
        }
      }
    }

    assertThat(names).hasSizeGreaterThan(20).contains("bin/tcptable.cmd");
    assertThat(installed.resolve("bin/tcptable.cmd")).doesNotExist();
  }

  /** It brings no folder that others have files in, as that would get its rights. */
  @Tag("once")
  @Test
  void theRpmHasTheSame() throws IOException {
    Run run =
        Run.of(
            List.of(
                "rpm",
                "--query",
                "--package",
                "--queryformat",
                "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES} %{FILELINKTOS}\\n]",
                built("tcptable-*.rpm")));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .contains(
            "-rwxr-xr-x root /usr/lib/tcptable/bin/tcptable ",
            "-rw-r--r-- root /usr/lib/tcptable/lib/start.sh ",
            "-rw-r--r-- root /usr/lib/systemd/system/tcptable-export.service ",
            "-rw-r--r-- root /usr/share/man/man1/tcptable-diagnose.1 ")
        .anyMatch(line -> line.endsWith("/usr/bin/tcptable /usr/lib/tcptable/bin/tcptable"))
        .filteredOn(line -> line.startsWith("d"))
        .allMatch(line -> line.startsWith("drwxr-xr-x root ") && line.contains("/tcptable"));
  }

  /** {@code groff} warns of each line that it does not understand. */
  @Tag("once")
  @Test
  void theManualIsWellFormed() throws IOException {
    Path manual = installed.resolve("share/man/man1");
    try (Stream<Path> pages = Files.list(manual)) {
      for (Path page : (Iterable<Path>) pages::iterator) {
        Run run = Run.of(List.of("groff", "-man", "-ww", "-Tutf8", "-P-cbou", page.toString()));
        assertThat(run.err()).as("%s", page).isEmpty();
        assertThat(run.out()).contains("SYNOPSIS", "OPTIONS", "--help");
      }
    }
  }

  @Tag("once")
  @Test
  void theShellsCompleteCommandsAndOptions() {
    String share = installed.resolve("share").toString();
    Run bash =
        Run.of(
            List.of(
                "bash",
                "-c",
                ". \"$0\"; COMP_WORDS=(tcptable restart --ins); COMP_CWORD=2;"
                    + " _complete_tcptable; echo \"${COMPREPLY[@]}\"",
                share + "/bash-completion/completions/tcptable"));
    assertThat(bash.out()).as(bash.err()).isEqualTo("--insecure\n");
    Run fish =
        Run.of(
            List.of(
                "fish",
                "-c",
                "source $argv[1]; complete -C 'tcptable res'; complete -C 'tcptable wait --li'",
                share + "/fish/vendor_completions.d/tcptable.fish"));
    assertThat(fish.out().lines().map(line -> line.replaceFirst("\t.*", "")))
        .as(fish.err())
        .containsExactly("restart", "--listening");
    Run zsh = Run.of(List.of("zsh", "-n", share + "/zsh/site-functions/_tcptable"));
    assertThat(zsh.code()).as(zsh.err()).isZero();
  }
}
