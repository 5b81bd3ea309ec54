// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** Real servers that cannot be started again as they were: each is refused and goes on running. */
@EnabledOnOs(OS.LINUX)
class AsItWasRefusedTest {

  private static final String FREE = " cannot be started again as it was: ";

  /** Listens on a port, after a snippet. */
  private static final String LISTEN =
      """
      import os, signal, socket, sys, time
      signal.alarm(120)
      def listen(port):
          listener = socket.create_server(("127.0.0.1", port))
          time.sleep(110)
      def area(field):
          stat = open("/proc/self/stat", "rb").read()
          return int(stat[stat.rindex(b")") + 2:].split()[field - 3])
      def overwrite(start, end, text):
          with open("/proc/self/mem", "r+b", 0) as memory:
              memory.seek(start)
              memory.write(text.ljust(end - start, b"\\0"))
      """;

  @RegisterExtension final Children children = new Children();

  @TempDir private Path folder;

  private final int port = FreePorts.next();

  @BeforeEach
  void openFolder() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private RunningServer server() {
    return new RunningServer(children, port, folder);
  }

  /** A server that does something first. */
  private RunningServer python(String first) throws IOException {
    Path script =
        Files.writeString(folder.resolve("server.py"), LISTEN + first + "\nlisten(" + port + ")\n");
    return server().command(Children.python(), script.toString());
  }

  private PortRestart asItWas() {
    return PortRestart.asItWas(port).settle(Duration.ofMillis(100));
  }

  private Refusal refused(PortRestart restart, OsProcess server) throws InterruptedException {
    RestartPlan plan = restart.plan();
    RestartReport report = restart.run();
    Refusal refusal = plan.refusal().orElseThrow();
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.launch()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal()).hasValue(refusal);
    assertThat(report.stopped()).isEmpty();
    assertThat(server.isRunning()).isTrue();
    assertThat(RunningServer.awaitListener(port, children)).isEqualTo(server);
    return refusal;
  }

  private void assertRefused(OsProcess server, String why) throws InterruptedException {
    Refusal refusal = refused(asItWas(), server);
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_REPRODUCIBLE);
    assertThat(refusal.message()).isEqualTo(server + FREE + why);
  }

  private static boolean isRoot() {
    return OsProcess.of(ProcessHandle.current().pid()).orElseThrow().userIds().contains(0L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'nginx: master process /usr/bin/python3'",
        "b'python3'",
        "b'/usr/bin/python3\\0/payload'",
        "b''",
        "b'x' * (area(49) - area(48))"
      })
  void aTitle(String title) throws Exception {
    OsProcess server = python("overwrite(area(48), area(49), " + title + ")").start();

    assertRefused(server, "it has overwritten its command line");
  }

  /** As many bytes and words as before: only the file that runs tells. */
  @Test
  void argumentsThatNameAnotherProgram() throws Exception {
    OsProcess server =
        python(
                """
                words = open("/proc/self/cmdline", "rb").read()
                end = words.index(b"\\0")
                overwrite(area(48), area(48) + end, b"/bin/payload".rjust(end, b"/")[:end])
                """)
            .start();

    assertRefused(
        server,
        "its command line names another program than the one it runs, "
            + server.executable().orElseThrow());
  }

  @Test
  void aTitleInOneWordAsLongAsTheArguments() throws Exception {
    OsProcess server =
        python("overwrite(area(48), area(49), b'puma 5.6.5 '.ljust(area(49) - area(48) - 1, b'x'))")
            .start();

    assertRefused(
        server,
        "its command line names another program than the one it runs, "
            + server.executable().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"b'title'", "b'=x'", "b'A=1\\0A=2'", "b'x' * (area(51) - area(50))"})
  void anOverwrittenEnvironment(String text) throws Exception {
    OsProcess server =
        python("overwrite(area(50), area(51), " + text + ")")
            .with("ROOM", "for a longer text, and some more")
            .start();

    assertRefused(server, "it has overwritten its environment");
  }

  @Test
  void aProgramThatWasDeleted() throws Exception {
    Path copy = copyOfPython("deleted");
    OsProcess server = home(python("").command(copy.toString(), "server.py")).start();
    Files.delete(copy);

    assertRefused(server, "its program has been deleted or replaced: " + copy + " (deleted)");
  }

  private Path copyOfPython(String name) throws IOException {
    Path copy = folder.toRealPath().resolve(name);
    Files.copy(Path.of(Children.python()).toRealPath(), copy);
    return copy;
  }

  /** A copy does not find its library by itself. */
  private static RunningServer home(RunningServer server) {
    return server.with("PYTHONHOME", "/usr");
  }

  @Test
  void aSetUserIdProgram() throws Exception {
    Path copy = copyOfPython("privileged");
    Files.setAttribute(copy, "unix:mode", 04755);
    OsProcess server = home(python("").command(copy.toString(), "server.py")).start();

    assertRefused(server, "it has changed its user or group since it was started");
  }

  @ParameterizedTest
  @ValueSource(strings = {"os.setuid(65534)", "os.setgid(65534)", "os.seteuid(65534)"})
  void aServerThatHasChangedItsUser(String change) throws Exception {
    assumeTrue(isRoot(), "needs root, to change the user");
    OsProcess server = python(change).start();

    assertRefused(server, "it has changed its user or group since it was started");
  }

  @Test
  void capabilitiesOfItsOwn() throws Exception {
    assumeTrue(isRoot(), "needs root, to have capabilities");
    OsProcess server =
        server()
            .after(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "--inh-caps=+net_bind_service",
                "--ambient-caps=+net_bind_service")
            .start();

    assertRefused(server, "it runs with other capabilities than its user has");
  }

  @Test
  void aDirectoryThatWasDeleted() throws Exception {
    Path place = Files.createDirectory(folder.resolve("place"));
    OsProcess server = server().in(place).start();
    Files.delete(place);

    assertRefused(
        server, "its working directory has been deleted or replaced: " + place + " (deleted)");
    assertThat(asItWas().directory(folder).plan().refusal()).isEmpty();
  }

  @Test
  void aDirectoryThatItHasLeft() throws Exception {
    OsProcess server =
        python("os.chdir('/')")
            .command(Children.python(), "server.py")
            .with("PWD", folder.toString())
            .start();

    assertRefused(
        server,
        "it has changed its working directory since it was started; server.py is not there");
    assertThat(asItWas().directory(folder).plan().refusal()).isEmpty();
  }

  @Test
  void anotherRootDirectory() throws Exception {
    assumeTrue(isRoot(), "needs root, to change the root directory");
    OsProcess server = python("os.chroot('" + folder + "')").start();

    assertRefused(server, "it runs in another root directory");
  }

  @ParameterizedTest
  @CsvSource({"--mount,mount", "--uts,UTS", "--ipc,IPC"})
  void anotherNamespace(String option, String name) throws Exception {
    assumeTrue(isRoot(), "needs root, to make a namespace");
    OsProcess server = server().after("unshare", option).start();

    assertRefused(server, "it runs in another namespace (" + name + ")");
  }

  /** The one that was started has ended: its command would go to the background again. */
  @Test
  void aDaemon() throws Exception {
    OsProcess server = python("if os.fork(): os._exit(0)\nos.setsid()").start();

    assertRefused(
        server, "it was forked by a process that is not stopped or has ended, as a daemon is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from multiprocessing.spawn import spawn_main; ",
        "from billiard.spawn import x; ",
        "from joblib.externals.loky import x; "
      })
  void aProcessOfALibrary(String beginning) throws Exception {
    Path module = Files.createDirectories(folder.resolve("billiard"));
    Files.writeString(module.resolve("spawn.py"), "x = 1\n");
    Path other = Files.createDirectories(folder.resolve("joblib/externals/loky"));
    Files.writeString(other.resolve("__init__.py"), "x = 1\n");
    OsProcess server =
        server()
            .command(
                Children.python(), "-c", beginning + "\n" + LISTEN + "\nlisten(" + port + ")\n")
            .start();

    assertRefused(server, "its command line is internal to the library that has started it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LISTEN_FDS", "NODE_CHANNEL_FD", "SERVER_STARTER_PORT"})
  void descriptorsThatItWasPassed(String variable) throws Exception {
    OsProcess server = server().with(variable, "3").start();

    assertRefused(server, "it was passed open descriptors (" + variable + ")");
  }

  /** A variable that was meant for a process above it says nothing. */
  @Test
  void descriptorsOfAnother() throws Exception {
    server().with("LISTEN_FDS", "1").with("LISTEN_PID", "1").start();

    assertThat(asItWas().plan().refusal()).isEmpty();
  }

  @Test
  void anInputThatSomebodyCanWriteTo() throws Exception {
    OsProcess server = server().reading(Redirect.PIPE).start();

    assertRefused(server, "it may need its standard input, which is a pipe");
  }

  @Test
  void anInputFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("input"), "x");
    OsProcess server = server().reading(Redirect.from(file.toFile())).start();

    assertRefused(server, "it may need its standard input, which is " + file.toRealPath());
  }

  @Test
  void anEnvironmentThatIsTooLong() throws Exception {
    RunningServer server = server();
    for (int i = 0; i < 11; i++) {
      server.with("LONG_" + i, "x".repeat(100_000));
    }

    assertRefused(server.start(), "its environment is too long");
  }

  @Test
  void aVariableThatLeavesNoRoomForAnother() throws Exception {
    OsProcess server = server().with("X", "y".repeat(128 * 1024 - 4)).start();

    Refusal refusal = refused(asItWas(), server);

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.COMMAND_UNUSABLE);
    assertThat(refusal.message())
        .endsWith(" cannot be started as it was: a variable of its environment is too long");
  }

  @ParameterizedTest
  @CsvSource({"argument,an argument", "variable,the variable ODD"})
  void whatIsNoText(String where, String what) throws Exception {
    python("");
    Path launcher =
        Files.writeString(
            folder.resolve("launcher.py"),
            """
            import os, sys
            odd = b"\\xff\\xfe"
            words = [sys.argv[1].encode(), sys.argv[2].encode()]
            if sys.argv[3] == "argument":
                os.execve(words[0], words + [odd], os.environb)
            os.execve(words[0], words, {**os.environb, b"ODD": odd})
            """,
            StandardCharsets.UTF_8);
    OsProcess server =
        server()
            .command(
                Children.python(),
                launcher.toString(),
                Children.python(),
                folder.resolve("server.py").toString(),
                where)
            .start();

    assertRefused(server, what + " is not text in the encoding of this locale");
  }

  private OsProcess second(String a) throws IOException {
    server().with("A", a).command(Children.server(port, "--reuse-port")).start();
    Children.await("two servers", () -> RunningServer.owners(port).size() == 2);
    OsProcess second = RunningServer.owners(port).get(1);
    children.adopt(second.pid());
    return second;
  }

  @Test
  void twoServersOfOneCommandAreOneServer() throws Exception {
    OsProcess one = server().with("A", "1").command(Children.server(port, "--reuse-port")).start();
    OsProcess other = second("1");

    RestartPlan plan = asItWas().plan();

    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.notes())
        .contains(
            one
                + ", "
                + other
                + " were started in the same way; only one of them is started again");
  }

  @Test
  void twoServers() throws Exception {
    OsProcess one = server().with("A", "1").command(Children.server(port, "--reuse-port")).start();
    OsProcess other = second("2");

    Refusal refusal = asItWas().plan().refusal().orElseThrow();

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_REPRODUCIBLE);
    assertThat(refusal.message())
        .isEqualTo(
            one
                + " and "
                + other
                + " were started in different ways, so it is not clear which one is the server");
    assertThat(asItWas().run().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(one.isRunning()).isTrue();
  }

  /** All is well but that the program is not for the server's user any more. */
  @Test
  void whatFailsInATrial() throws Exception {
    assumeTrue(isRoot(), "needs root, to start a server of another user");
    Path place = Files.createDirectory(folder.resolve("place"));
    OsProcess server =
        server()
            .after("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            .in(place)
            .start();
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));

    RestartReport report = asItWas().run();

    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().message())
        .contains(
            " cannot be started as it was: a trial with a program that does nothing ended with exit"
                + " code ");
    assertThat(server.isRunning()).isTrue();
  }
}
