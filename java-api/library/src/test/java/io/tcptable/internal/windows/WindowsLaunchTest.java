// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a process was started, out of memory laid out as Windows does. */
class WindowsLaunchTest {

  private static final int PID = 400;
  private static final int SELF = (int) ProcessHandle.current().pid();
  private static final int SESSION = 3;
  private static final int MEMBER = 1001;

  /** In hundreds of nanoseconds since 1601: long after the files of these tests are made. */
  private static final long START = (4_000_000_000L + 11_644_473_600L) * 10_000_000;

  private static final long LONG_BEFORE = (1_000_000_000L + 11_644_473_600L) * 10_000_000;

  @TempDir private Path folder;

  private Path program;

  @BeforeEach
  void makeProgram() throws IOException {
    program = Files.createFile(folder.resolve("node.exe"));
  }

  private FakeMemory memory() {
    return new FakeMemory(program.toString());
  }

  private FakeMemory memory(String line, String... variables) {
    return memory().of64Bits(program.toString(), line, folder.toString(), variables);
  }

  private static FakeWindows windows(FakeMemory memory) {
    return new FakeWindows()
        .process(SELF, 0, 1, "java.exe", SESSION)
        .process(PID, 0, START, "node.exe", SESSION)
        .account(SELF, MEMBER)
        .account(PID, MEMBER)
        .memory(PID, memory);
  }

  private static ProcessLaunch launch(FakeWindows windows) {
    ProcessSource processes =
        WindowsAccess.of(new BindingSelection<>("fake", windows, Map.of())).processes();
    ProcessLaunch launch = processes.launch(processes.find(PID).orElseThrow()).orElseThrow();
    assertThat(windows.openHandles()).isZero();
    return launch;
  }

  private ProcessLaunch launch(String line, String... variables) {
    return launch(windows(memory(line, variables)));
  }

  private static void assertRefused(ProcessLaunch launch, Kind kind, String detail) {
    assertThat(launch.obstacles()).containsExactly(new LaunchObstacle(kind, detail));
  }

  @Test
  void all() {
    ProcessLaunch launch =
        launch(
            "node  server.js --name \"my caf\u00e9\"",
            "=C:=C:\\work",
            "EMPTY=",
            "EQUALS==a=b=",
            "no variable",
            "Path=C:\\node;C:\\bin",
            "PATH=hidden",
            "odd=\ud83d\ude00 and half \udc00");

    assertThat(launch.obstacles()).isEmpty();
    assertThat(launch.arguments())
        .containsExactly(program.toString(), "server.js", "--name", "my caf\u00e9");
    assertThat(launch.program()).contains(program);
    assertThat(launch.directory()).contains(folder);
    assertThat(launch.environment())
        .containsExactly(
            Map.entry("=C:", "C:\\work"),
            Map.entry("EMPTY", ""),
            Map.entry("EQUALS", "=a=b="),
            Map.entry("Path", "C:\\node;C:\\bin"),
            Map.entry("PATH", "hidden"),
            Map.entry("odd", "\ud83d\ude00 and half \udc00"));
    assertThat(launch.context()).isEmpty();
    assertThat(launch.output()).isEqualTo(Target.UNKNOWN);
  }

  /** The block of 64 bits has what it was started with, that of 32 bits what it has now. */
  @Test
  void ofAProcessOf32Bits() {
    FakeMemory memory =
        memory("node.exe old.js", "A=old")
            .of32Bits(program.toString(), "node.exe new.js", folder.toString(), "A=new", "B=");

    ProcessLaunch launch = launch(windows(memory));

    assertThat(launch.obstacles()).isEmpty();
    assertThat(launch.arguments()).containsExactly(program.toString(), "new.js");
    assertThat(launch.environment()).containsExactly(Map.entry("A", "new"), Map.entry("B", ""));
  }

  /** An end at the last character of a page, of which the next one cannot be read. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000, 2043, 2044, 2045, 2046, 2047, 2048, 100_000})
  void aLongEnvironment(int length) {
    String value = "x".repeat(length);

    assertThat(launch("node a.js", "A=" + value).environment()).isEqualTo(Map.of("A", value));
  }

  @Test
  void noVariables() {
    ProcessLaunch launch = launch("node a.js", "");

    assertThat(launch.obstacles()).isEmpty();
    assertThat(launch.environment()).isEmpty();
  }

  @Test
  void variablesThatChangeMeanwhileAreNotBelieved() {
    int refused = 0;
    for (int reading = 1; reading < 40; reading++) {
      ProcessLaunch launch = launch(windows(memory("node a.js", "A=1").changingAt(reading)));
      if (!launch.obstacles().isEmpty()) {
        assertRefused(launch, Kind.UNREADABLE, "its environment");
        refused++;
      } else {
        assertThat(launch.environment().get("A")).isIn("1", "X");
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void theFileThatWasLoadedStandsForItsName() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("NODE.exe"), program);

    for (String called : new String[] {"node", "Node.EXE", "bin\\node", "\".\\node.exe\""}) {
      FakeMemory memory =
          memory().of64Bits(link.toString(), called + " a.js", folder.toString(), "A=1");
      assertThat(launch(windows(memory)).arguments()).containsExactly(link.toString(), "a.js");
    }
  }

  /** Whether it is the same file is found out later, by looking at both. */
  @ParameterizedTest
  @ValueSource(strings = {"C:\\venv\\node.exe", "\\\\host\\share\\node.exe", "nginx: master"})
  void whatNamesAnotherFileStays(String called) {
    assertThat(launch("\"" + called + "\" a.js").arguments()).containsExactly(called, "a.js");
  }

  @Test
  void anotherUser() {
    assertRefused(
        launch(windows(memory("node a.js")).account(PID, 1002)), Kind.OTHER_USER, "S-1-5-21-1002");
  }

  /** An administrator would start again as one what runs without such rights. */
  @Test
  void otherRights() {
    assertRefused(
        launch(windows(memory("node a.js")).integrity(SELF, 0x3000)),
        Kind.OTHER_RIGHTS,
        "S-1-16-8192");
  }

  @Test
  void anotherSession() {
    FakeWindows windows =
        new FakeWindows()
            .process(SELF, 0, 1, "java.exe", SESSION)
            .process(PID, 0, START, "node.exe", 0)
            .memory(PID, memory("node a.js"));

    assertRefused(launch(windows), Kind.OTHER_SESSION, "0");
  }

  @Test
  void aService() {
    FakeWindows windows =
        windows(memory("node a.js"))
            .table(new TcpTableBytes(TcpRowLayout.V4_OWNER_PID, 1).row(2, 1, 0, PID, START, 7));

    assertRefused(launch(windows), Kind.SERVICE, "Seven");
  }

  @Test
  void memoryThatMayNotBeRead() {
    FakeWindows windows =
        new FakeWindows() {
          @Override
          public long OpenProcess(int access, int pid) {
            return pid == PID && (access & OpenProcesses.VM_READ) != 0
                ? -Win32Error.ACCESS_DENIED
                : super.OpenProcess(access, pid);
          }
        }.process(SELF, 0, 1, "java.exe").process(PID, 0, START, "node.exe");

    assertRefused(launch(windows), Kind.UNREADABLE, "its memory");
  }

  @Test
  void aProgramThatIsGone() throws IOException {
    Files.delete(program);

    assertRefused(launch("node a.js"), Kind.PROGRAM_DELETED, program.toString());
  }

  /** An update has put another file in its place. */
  @Test
  void aProgramThatIsNewerThanItsProcess() {
    FakeWindows windows =
        new FakeWindows()
            .process(SELF, 0, 1, "java.exe")
            .process(PID, 0, LONG_BEFORE, "node.exe")
            .account(SELF, MEMBER)
            .account(PID, MEMBER)
            .memory(PID, memory("node a.js"));

    assertRefused(launch(windows), Kind.PROGRAM_DELETED, program.toString());
  }

  @Test
  void aDirectoryThatIsGone() {
    Path gone = folder.resolve("gone");
    FakeMemory memory = memory().of64Bits(program.toString(), "node", gone.toString(), "A=1");

    assertRefused(launch(windows(memory)), Kind.DIRECTORY_DELETED, gone.toString());
  }

  @Test
  void aPipeOfItsParent() {
    assertRefused(
        launch("node a.js", "NODE_CHANNEL_FD=3"), Kind.DESCRIPTORS_PASSED, "NODE_CHANNEL_FD");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "cmd.exe /d /s /c \"vite --port 3001\", true",
        "cmd.exe /c npm run dev, true",
        "cmd.exe /c \"\"C:\\my server\\run.cmd\" a\", false",
        "cmd.exe /c  npm, false",
      })
  void theCommandInterpreter(String line, boolean isFaithful) throws IOException {
    Path interpreter = Files.createFile(folder.resolve("cmd.exe"));
    FakeMemory memory =
        new FakeMemory(interpreter.toString())
            .of64Bits(interpreter.toString(), line, folder.toString(), "A=1");

    ProcessLaunch launch = launch(windows(memory));

    if (isFaithful) {
      assertThat(launch.obstacles()).isEmpty();
    } else {
      assertRefused(launch, Kind.ARGUMENTS_AMBIGUOUS, line);
    }
  }
}
