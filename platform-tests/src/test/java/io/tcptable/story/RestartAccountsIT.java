// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.ShownProcesses;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose master is root's and whose workers are not, freed by several users: what one of
 * them may not stop as a whole, it does not stop in part unless told to.
 */
@NeedsRoot
@Tag("once")
class RestartAccountsIT {

  /** No other test's: one of these takes from this user the directory for its locks. */
  private static final String UID = "61236";

  /** For as long as a test needs: it is the test that ends this start, and what it started. */
  private static final List<String> WAITING_START =
      List.of("--timeout", "120s", "--", "sleep", "120");

  private static final Pattern STARTED = Pattern.compile("running: sleep\\((\\d+)\\)");

  private static final String PORT = Integer.toString(Place.PORT);
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid", UID, "--regid", UID, "--clear-groups");

  /** Sees all, and may signal no more than any other user. */
  private static final List<String> OBSERVER =
      List.of(
          "setpriv",
          "--reuid",
          UID,
          "--regid",
          UID,
          "--clear-groups",
          "--inh-caps=+sys_ptrace,+dac_read_search",
          "--ambient-caps=+sys_ptrace,+dac_read_search");

  private static final List<String> ROOT = List.of();

  @AutoClose private final RestartedPort port = new RestartedPort();

  /** The directory for the locks of a user who has no session. */
  @AfterAll
  static void removeLocks() throws IOException {
    remove(Path.of("/tmp/tcptable-" + UID));
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<String> command(List<String> account, String name, String... options) {
    List<String> command = new ArrayList<>(ShownProcesses.prefix());
    command.addAll(account);
    List<String> words = new ArrayList<>(List.of(name, Integer.toString(port.number())));
    words.addAll(Arrays.asList(options));
    command.addAll(ProgramJar.command(words.toArray(String[]::new)));
    return command;
  }

  private Run free(List<String> account, String... options) {
    List<String> all = new ArrayList<>(List.of("--yes", "--settle", "200ms"));
    all.addAll(Arrays.asList(options));
    return Run.of(command(account, "free", all.toArray(String[]::new)));
  }

  private static String python(long pid) {
    return "python3(" + pid + ")";
  }

  @ParameterizedTest
  @ValueSource(strings = {"--yes", "--partial"})
  void whoCannotSeeTheOwnersStopsNobody(String option) {
    Backend server = port.backend("drops", UID);

    Run run = free(NOBODY, option);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "nothing was done: the owner of 127.0.0.1:"
                + port.number()
                + " (LISTEN) is not known: this user cannot inspect ")
        .contains("tcptable: Run it as root.");
    assertThat(server.pids()).hasSize(3).noneMatch(RestartedPort::hasEnded);
  }

  @Test
  void whoSeesTheWorkersOnlyStopsNoneOfThem() {
    assertStopsNobody(NOBODY);
  }

  @Test
  void whoSeesAllButMayNotStopTheMasterStopsNobody() {
    assertStopsNobody(OBSERVER);
  }

  private void assertStopsNobody(List<String> account) {
    Backend server = port.backend("drops-open", UID);

    Run run = free(account);

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("nothing was done: this user may not stop " + python(server.pids().get(0)))
        .contains("--partial stops the others");
    assertThat(server.pids()).noneMatch(RestartedPort::hasEnded);
  }

  @Test
  void ifToldToStopsWhomItSeesAndMayAndSaysWhoIsLeft() {
    assertStopsInPart(NOBODY);
  }

  @Test
  void ifToldToStopsWhomItMayAndSaysWhoIsLeft() {
    assertStopsInPart(OBSERVER);
  }

  private void assertStopsInPart(List<String> account) {
    Backend server = port.backend("drops-open", UID);
    long master = server.pids().get(0);
    List<Long> workers = server.pids().subList(1, 3);

    Run run = free(account, "--partial");

    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(5);
    assertThat(run.out())
        .contains("stopped: " + python(workers.get(0)) + ", " + python(workers.get(1)) + "\n");
    assertThat(run.err())
        .contains(
            " still listens on 127.0.0.1:"
                + port.number()
                + ": this user may not stop "
                + python(master));
    assertThat(workers).allMatch(RestartedPort::hasEnded);
    assertThat(RestartedPort.hasEnded(master)).isFalse();
  }

  /** Its master is known by number alone. */
  @Test
  void whoseMasterIsHiddenIsStoppedOnlyIfToldTo() throws IOException {
    try (Place hidden = Place.withHiddenProcesses()) {
      Backend server = hidden.backend("drops-open", UID);

      Run run = hidden.program(NOBODY, "free", PORT, "--yes");

      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(3);
      assertThat(run.err())
          .containsPattern(
              "nothing was done: this user may not stop PID "
                  + server.pids().get(0)
                  + ", which runs python3\\(\\d+\\) and is hidden from this user")
          .contains("--partial stops the others");
      Run partial = hidden.program(NOBODY, "free", PORT, "--yes", "--partial");
      assertThat(partial.code()).as(partial.out() + partial.err()).isEqualTo(5);
    }
  }

  @Test
  void rootStopsAll() {
    Backend server = port.backend("drops", UID);

    Run run = free(ROOT);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(server.pids()).hasSize(3).allMatch(RestartedPort::hasEnded);
    assertThat(run.out()).contains("port " + port.number() + ": nobody listens");
  }

  /** Waits for a server that never comes to listen, the lock in its hand. */
  private RunningProgram starting(List<String> account) throws IOException {
    Path log = Files.createTempFile("tcptable-accounts", ".log");
    log.toFile().deleteOnExit();
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
    if (!account.equals(ROOT)) {
      // A log of another user's is refused.
      Files.setAttribute(log, "unix:uid", Integer.valueOf(UID));
    }
    List<String> words = new ArrayList<>(List.of("--log", log.toString()));
    words.addAll(WAITING_START);
    RunningProgram program =
        RunningProgram.start(command(account, "start", words.toArray(String[]::new)));
    RestartedPort.await("it has started a server", () -> isStarting(program));
    return program;
  }

  private static boolean isStarting(RunningProgram start) {
    return ProcessHandle.of(start.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .anyMatch(it -> it.info().command().orElse("").endsWith("/sleep"));
  }

  /** Nothing if it is not there. */
  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a start has started is left running. */
  private static void endStarted(Run start) {
    Matcher sleeping = STARTED.matcher(start.out());
    assertThat(sleeping.find()).as("%s", start).isTrue();
    ProcessHandle.of(Long.parseLong(sleeping.group(1))).ifPresent(ProcessHandle::destroy);
  }

  @Test
  void othersSeeWhatRootIsAbout() throws IOException {
    try (RunningProgram root = starting(ROOT)) {
      Run run =
          Run.of(command(NOBODY, "start", "--log", "/tmp/tcptable-" + UID + "/log", "--", "true"));

      assertThat(run.code()).as(run.err()).isEqualTo(4);
      assertThat(run.err())
          .contains(
              "another restart of port "
                  + port.number()
                  + " is running: java("
                  + root.pid()
                  + ") of root");
      root.signal("INT");
      endStarted(root.end());
    } finally {
      Files.deleteIfExists(Path.of("/tmp/tcptable-" + UID + "/log"));
    }
  }

  /** What root announces is heeded, since whether its PID still runs cannot be seen. */
  @Test
  void othersHeedWhatRootIsAboutIfItIsHidden() throws IOException {
    List<String> words = new ArrayList<>(List.of("start", PORT));
    words.addAll(WAITING_START);
    try (Place hidden = Place.withHiddenProcesses();
        RunningProgram root =
            RunningProgram.start(hidden.command(UserAccount.ROOT, words.toArray(String[]::new)))) {
      String namespace = hidden.root("stat", "-Lc", "%i", "/proc/self/ns/net").strip();
      Path announced = Path.of("/run/tcptable", PORT + "-" + namespace + ".pid");
      RestartedPort.await("the lock", () -> text(announced).endsWith("\n"));
      String log = "/tmp/tcptable-" + UID + "/log";

      Run run = hidden.program(NOBODY, "start", PORT, "--log", log, "--", "true");

      assertThat(run.code()).as("%s", run).isEqualTo(4);
      assertThat(run.err())
          .contains("another restart of port " + PORT + " is running: PID ")
          .contains(", which is hidden from this user (" + announced + ")");
      // The start itself: what can be signalled from here has only entered the namespaces.
      hidden.root("kill", "-INT", text(announced).split(" ", 2)[0]);
      assertThat(root.end().code()).isEqualTo(130);
    }
  }

  /** Another user has made the directory for the locks: a user's own home has to do. */
  @Test
  void whereTheDirectoryForLocksIsTakenTheHomeDirectoryHasThem(@TempDir Path home)
      throws IOException {
    Files.setAttribute(home, "unix:uid", Integer.valueOf(UID));
    Path squatted = Path.of("/tmp/tcptable-" + UID);
    remove(squatted);
    Files.createDirectory(squatted);
    try {
      List<String> account = new ArrayList<>(NOBODY);
      account.addAll(List.of("env", "XDG_STATE_HOME=" + home));

      Run run = free(account);

      assertThat(run.code()).as(run.err()).isZero();
      assertThat(squatted).isEmptyDirectory();
      assertThat(home.resolve("tcptable/locks").toFile().list())
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("lock-" + port.number() + "-");

      Run without = free(NOBODY);

      assertThat(without.code()).isEqualTo(3);
      assertThat(without.err())
          .contains("nothing was done: the lock of port " + port.number() + " cannot be taken: ")
          .contains(squatted + ": it belongs to another user, UID 0; ")
          .contains("tcptable: Let this user write to one of these directories.");
    } finally {
      remove(squatted);
    }
  }

  @Test
  void nobodyElseCanKeepRootFromAPort() throws IOException {
    try (RunningProgram other = starting(NOBODY);
        RunningProgram root = RunningProgram.start(rootsStart(), environment())) {
      Run run = root.end();
      port.adoptListeners();

      assertThat(run.code()).as(run.err()).isZero();
      Run loser = other.end();
      assertThat(loser.code()).as(loser.err()).isEqualTo(5);
      assertThat(loser.err()).contains(" listens on 127.0.0.1:" + port.number());
      endStarted(loser);
    }
  }

  private List<String> rootsStart() {
    List<String> words = new ArrayList<>(List.of("--log", port.log().toString(), "--"));
    words.addAll(Backend.command(port.number(), "healthy"));
    return command(ROOT, "start", words.toArray(String[]::new));
  }

  private static Map<String, String> environment() {
    return Map.of("BACKEND_UNTIL", Long.toString(ProcessHandle.current().pid()));
  }
}
