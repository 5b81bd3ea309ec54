// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.ShownProcesses;
import io.tcptable.binding.Providers;
import io.tcptable.internal.binding.BindingName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramIT {

  private static final boolean HAS_FFM = Runtime.version().feature() >= 22;
  private static final int CONNECTIONS = 500;
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static String port = "";

  @BeforeAll
  static void open() throws IOException {
    ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    OPEN.add(listener);
    port = Integer.toString(listener.getLocalPort());
    for (int i = 0; i < CONNECTIONS; i++) {
      OPEN.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
      OPEN.add(listener.accept());
    }
  }

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable socket : OPEN) {
      socket.close();
    }
  }

  @Test
  void listsAndSaysNothingElse() {
    Run run = Run.of(ProgramJar.command("list", port));
    assertThat(run.code()).isZero();
    assertThat(run.complaints()).isEmpty();
    assertThat(run.out().lines()).hasSize(1 + 1 + CONNECTIONS + 1);
    assertThat(run.out()).contains("java(" + ProcessHandle.current().pid() + ")");
  }

  @Test
  void takesTheBindingThatIsQuickestToStart() {
    Run run = Run.of(ProgramJar.command("list", "--json", "--listen", port));
    assertThat(run.out()).contains("\"binding\":\"jni\"");
  }

  @Test
  void takesTheNextBestWhereTheQuickestCannotBeLoaded() {
    List<String> noLibrary = List.of("-Dtcptable.library=/nonexistent");
    Run run = Run.of(ProgramJar.command(noLibrary, "--version"));
    assertThat(run.out())
        .contains("binding: " + (HAS_FFM ? "ffm" : "java"))
        .contains("not jni: tcptable.library=/nonexistent: no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffm", "jni", "java"})
  void takesTheBindingAskedFor(String binding) {
    Run run = Run.of(ProgramJar.command("list", "--json", "-l", "--binding", binding, port));
    if (HAS_FFM || !binding.equals("ffm")) {
      assertThat(run.out()).contains("\"binding\":\"" + binding + "\"", "\"port\":" + port);
      assertThat(run.complaints()).isEmpty();
      assertThat(run.code()).isZero();
    } else {
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.complaints()).singleElement().asString().contains(Providers.whyNoFfm());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jna", "jnr"})
  void saysWhichBindingsAreNotInside(String binding) {
    Run run = Run.of(ProgramJar.command("list", "--binding", binding, port));
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains(binding)
        .contains("is not on the class path");
  }

  @Test
  void versionSaysHowTheKernelIsAsked() {
    Run run = Run.of(ProgramJar.command("--version"));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("(?m)^tcptable \\d+\\.\\d+")
        .contains("Java " + Runtime.version())
        .contains("binding: jni")
        .contains(
            "not ffm: "
                + BindingName.FFM
                    .leftOut()
                    .orElse("jni comes first in tcptable.binding=jni,ffm,java"))
        .contains("sockets from: netlink")
        .contains("owners from: ");
  }

  /** A JDK before 22 builds a jar without these classes. */
  @Test
  void versionSaysThatABindingWasLeftOutOfTheBuild(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("without-ffm.jar");
    try (ZipFile whole = new ZipFile(ProgramJar.path().toFile());
        ZipOutputStream part = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry : Collections.list(whole.entries())) {
        if (!entry.getName().contains("/binding/ffm/")) {
          part.putNextEntry(new ZipEntry(entry.getName()));
          whole.getInputStream(entry).transferTo(part);
        }
      }
    }
    String why = "not in this build, which was made with a JDK before 22";
    List<String> command = new ArrayList<>(ProgramJar.command("--version"));
    command.set(command.indexOf("-jar") + 1, jar.toString());
    Run version = Run.of(command);
    assertThat(version.code()).as(version.err()).isZero();
    assertThat(version.out()).contains("binding: jni").contains("  not ffm: " + why);

    command.addAll(List.of("--binding", "ffm"));
    Run demanded = Run.of(command);
    assertThat(demanded.code()).isEqualTo(3);
    assertThat(demanded.err()).contains("tcptable.binding=ffm: " + why);
  }

  /**
   * A descriptor that is closed must not become a connection of the program, nor a file to fill.
   * The JVM takes these numbers, for files that it reads, before the program opens anything.
   */
  @NeedsRoot
  @ParameterizedTest
  @CsvSource({"<&-,0", ">&-,1", "2>&-,2", "<&- >&- 2>&-,012", ">&- 2>&-,12"})
  void nothingIsPrintedIntoADescriptorThatWasClosed(String closed, String numbers)
      throws Exception {
    String watch = String.join(" ", ProgramJar.command("watch", "--lines", port, closed));
    try (RunningProgram program = RunningProgram.start(List.of("sh", "-c", "exec " + watch))) {
      Path process = Path.of("/proc", Long.toString(program.pid()));
      List<String> before = List.of();
      List<String> sockets = sockets(process);
      // Those of the start do not stay.
      while (sockets.isEmpty() || !sockets.equals(before)) {
        assertThat(program.isRunning()).isTrue();
        Thread.sleep(50);
        before = sockets;
        sockets = sockets(process);
      }
      for (String number : numbers.chars().mapToObj(Character::toString).toList()) {
        String file = Files.readSymbolicLink(process.resolve("fd").resolve(number)).toString();
        if (!file.equals("/dev/null")) {
          assertThat(file).as(number).doesNotStartWith("socket:").doesNotStartWith("anon_inode:");
          // The last octal digit tells O_RDONLY from O_WRONLY and O_RDWR.
          assertThat(Files.readString(process.resolve("fdinfo").resolve(number)))
              .as(number)
              .containsPattern("(?m)^flags:\\s+\\d*0$");
        }
      }
      program.signal("TERM");
      program.end();
    }
  }

  /** Those of the Java that the shell becomes. */
  private static List<String> sockets(Path process) throws IOException {
    if (!Files.readSymbolicLink(process.resolve("exe")).endsWith("java")) {
      return List.of();
    }
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors
          .map(ProgramIT::target)
          .filter(target -> target.startsWith("socket:"))
          .sorted()
          .toList();
    }
  }

  /** Empty if it was closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void versionSaysWhyNotABetterSource() {
    assertThat(Run.of(ProgramJar.command(List.of("-Dtcptable.owners=proc"), "--version")).out())
        .contains("owners from: proc")
        .contains("not bpf: proc is wanted: tcptable.owners=proc");
  }

  @Test
  void exitCodesReachTheCaller() {
    assertThat(Run.of(ProgramJar.command("list", "--family=6", "--state=LISTEN", "1")).code())
        .isEqualTo(1);
    Run misused = Run.of(ProgramJar.command("list", "70000"));
    assertThat(misused.code()).isEqualTo(2);
    assertThat(misused.err()).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--color=never", "--json", "--csv"})
  void aReaderWhoLeavesEarlyIsNoTrouble(String format) throws Exception {
    Process process =
        new ProcessBuilder(ProgramJar.command("list", format, "--detail", "--no-owners")).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reader.read()).isPositive();
    }
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(err).isEmpty();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aFullDiskIsSaid() {
    Run run = Run.of(shell("", ProgramJar.command("list", "--csv", port), " > /dev/full"));
    assertThat(run.code()).isEqualTo(6);
    assertThat(run.complaints())
        .containsExactly("tcptable: cannot write the output: No space left on device");
  }

  @Test
  void aCommandThatTheLocaleCannotCarryIsRefused() {
    List<String> command = ProgramJar.command("start", "1", "--", "echo");
    Run run = Run.of(shell("LC_ALL=C ", command, " \"$(printf '\\303\\251')\""));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("set LC_ALL=C.UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "list --json", "list --csv", "diagnose", "free --yes", "--help"})
  void aClosedOutputIsNoSuccess(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    if (!command.equals("--help")) {
      words.add(command.startsWith("free") ? "1" : port);
    }
    Run run = Run.of(shell("", ProgramJar.command(words.toArray(String[]::new)), " >&-"));
    assertThat(run.code()).isEqualTo(6);
    assertThat(run.complaints())
        .containsExactly("tcptable: cannot write the output: Bad file descriptor");
  }

  @NeedsRoot
  @Test
  void withoutRootItSaysWhatIsHidden() {
    for (String format : List.of("--json", "--color=never")) {
      List<String> command = new ArrayList<>(ShownProcesses.prefix());
      command.addAll(asNobody(ProgramJar.command("list", format, "--listen", port)));
      Run run = Run.of(command);
      assertThat(run.code()).isZero();
      Matcher hidden =
          Pattern.compile("could not look into (\\d+) process.*; run as root to see all owners")
              .matcher(run.err());
      assertThat(hidden.find()).as(run.err()).isTrue();
      assertThat(run.err()).hasLineCount(1);
      assertThat(Integer.parseInt(hidden.group(1))).isPositive();
      if (format.equals("--json")) {
        assertThat(run.out())
            .contains("\"unreadableProcesses\":" + hidden.group(1) + ",")
            .contains("\"hasHiddenProcesses\":false,")
            .contains("\"ownership\":\"unknown\",\"owners\":[]");
      } else {
        assertThat(run.out().lines().toList().get(1)).endsWith("  ?");
      }
    }
  }

  /** Where there is nothing to count, since other users' processes are not even listed. */
  @NeedsRoot
  @Test
  void itSaysThatProcessesAreHidden() {
    Run run = Run.of(amongHidden(asNobody(ProgramJar.command("list", "--listen", port))));

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("processes of other users are hidden here (hidepid in proc(5)); run as root")
        .hasLineCount(1);
    assertThat(run.out().lines().toList().get(1)).endsWith("  ?");
    for (String command : List.of("list", "diagnose")) {
      assertThat(Run.of(amongHidden(asNobody(ProgramJar.command(command, "--json", port)))).out())
          .contains("\"unreadableProcesses\":0,\"hasHiddenProcesses\":true,");
    }
    assertThat(Run.of(amongHidden(asNobody(ProgramJar.command("list", "--pid", "1")))).code())
        .isEqualTo(3);
  }

  private static List<String> amongHidden(List<String> command) {
    List<String> whole =
        new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
    whole.addAll(List.of("sh", "-c", "mount -o remount,hidepid=2 /proc && \"$@\"; exit $?", "sh"));
    whole.addAll(command);
    return whole;
  }

  @NeedsRoot
  @Test
  void nothingIsNotFoundWhereNothingCanBeSeen() {
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(Run.of(asNobody(ProgramJar.command("list", "--pid", self, port))).code())
        .isEqualTo(3);
  }

  @Test
  void fitsARealTerminal() {
    Run run = Run.of(onTerminal("stty cols 71; ", ProgramJar.command("list", port)));
    List<String> rows =
        run.out().lines().filter(line -> line.contains(":" + port)).map(ProgramIT::plain).toList();
    assertThat(run.out()).contains("\u001b[32mLISTEN\u001b[0m");
    assertThat(rows).hasSize(1 + CONNECTIONS).allMatch(row -> row.length() <= 71);
    assertThat(rows).allMatch(row -> row.contains("(" + ProcessHandle.current().pid() + ")"));
  }

  @Test
  void columnsCountMoreThanTheTerminal() {
    Run run =
        Run.of(
            onTerminal(
                "stty cols 20; export COLUMNS=150; ",
                ProgramJar.command("list", "-l", "--color=never", port)));
    assertThat(run.out())
        .contains("java(" + ProcessHandle.current().pid() + ")")
        .doesNotContain("..");
  }

  @Test
  void textIsEncodedAsTheTerminalWantsAndJsonInAscii() throws Exception {
    Process server =
        new ProcessBuilder(
                "python3",
                "-c",
                "import socket,sys; s=socket.create_server(('127.0.0.1',0));"
                    + "open('/proc/self/comm','wb').write(b'caf\\xc3\\xa9');"
                    + "print(s.getsockname()[1],flush=True); sys.stdin.read()")
            .start();
    try {
      String cafe = server.inputReader(StandardCharsets.US_ASCII).readLine();
      List<String> latin = List.of("-Dstdout.encoding=ISO-8859-1");
      assertThat(bytes(ProgramJar.command(latin, "list", cafe)))
          .contains("caf\u00e9(" + server.pid() + ")");
      assertThat(bytes(ProgramJar.command(latin, "list", "--json", cafe)))
          .contains("\"caf\\u00E9\"");
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  @Test
  void theJarHoldsWhatItNeedsAndTheirLicences() throws IOException {
    try (JarFile jar = new JarFile(ProgramJar.path().toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      assertThat(names)
          .contains(
              "META-INF/native/linux-x86_64/libtcptable.so",
              "META-INF/LICENSE",
              "META-INF/LICENSES/GPL-2.0-only.txt",
              "META-INF/LICENSES/MIT.txt")
          .noneMatch(name -> name.startsWith("com/sun/jna/") || name.startsWith("jnr/"))
          .doesNotHaveDuplicates();
      assertThat(
              names.contains(
                  "META-INF/versions/22/io/tcptable/internal/binding/ffm/FfmLinuxCalls.class"))
          .as("built by a JDK that has FFM")
          .isEqualTo(BindingName.FFM.leftOut().isEmpty());
      assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
          .isEqualTo("ALL-UNNAMED");
      assertThat(jar.isMultiRelease()).isTrue();
    }
  }

  private static String bytes(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[\\d*m", "");
  }

  private static List<String> asNobody(List<String> command) {
    List<String> whole = new ArrayList<>(NOBODY);
    whole.addAll(command);
    return whole;
  }

  private static List<String> shell(String before, List<String> command, String after) {
    return List.of("sh", "-c", before + String.join(" ", command) + after);
  }

  private static List<String> onTerminal(String before, List<String> command) {
    return List.of("script", "-qec", before + String.join(" ", command), "/dev/null");
  }
}
