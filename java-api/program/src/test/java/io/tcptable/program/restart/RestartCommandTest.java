// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.program.Answer;
import io.tcptable.program.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.Children;
import servers.FreePorts;

/** The commands restart, free, start and wait, with servers in processes of the test's own. */
class RestartCommandTest {

  private static final int NOBODY = 65534;
  private static final String[] QUICK = {"--settle", "200ms", "--grace", "2s"};

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  /** A command on this port, with a server's command after it. */
  private String[] line(String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, Integer.toString(port)));
    words.addAll(List.of(options));
    if (!command.equals("free")) {
      words.addAll(List.of("--log", directory.resolve("log").toString(), "--"));
      words.addAll(List.of(Children.server(port)));
    }
    return words.toArray(String[]::new);
  }

  private String[] free(String... options) {
    List<String> words = new ArrayList<>(List.of(QUICK));
    words.addAll(List.of(options));
    return line("free", words.toArray(String[]::new));
  }

  private void adoptListener() {
    TcpTable.snapshot(port).owners().forEach(owner -> children.adopt(owner.pid()));
  }

  @Test
  void aDryRunShowsThePlanAndDoesNothing() {
    Process server = children.startServer(port);

    Answer answer = Answer.to(line("restart", "--dry-run")).found();

    assertThat(answer.out())
        .contains("python3(" + server.pid() + ") listens on 127.0.0.1:" + port)
        .containsSubsequence(
            "Plan:", "hold", "terminate", "kill", "free", "start", "listen", "health");
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void thatTheUserOfTheServerChangesIsSaidInAdvance() throws IOException {
    Optional<String> own = OsProcess.of(ProcessHandle.current().pid()).flatMap(OsProcess::user);
    assumeTrue(own.equals(Optional.of("root")), "needs root, to start a server of another user");
    children.startServer(port, "--as=" + NOBODY);
    String change = "the server ran as nobody and will run as root\n";

    Answer plan = Answer.to(line("restart", "--dry-run")).found();
    Answer json = Answer.to(line("restart", "--dry-run", "--json")).found();
    Answer done = Answer.to(line("restart", "--yes", "--settle", "200ms")).found();

    adoptListener();
    assertThat(plan.out())
        .contains("listens on 127.0.0.1:" + port + " (user nobody)", "Note: " + change);
    assertThat(Json.list(Json.object(json.out()), "targets").get(0))
        .containsEntry("user", "nobody");
    assertThat(Json.object(json.out()))
        .containsEntry("userChange", Map.of("from", "nobody", "to", "root"));
    assertThat(done.err()).isEqualTo("tcptable: " + change);
  }

  @Test
  void whereThereIsNobodyToAskNobodyIsStopped() {
    Process server = children.startServer(port);

    Answer answer = Answer.to(free());

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: this would stop python3("
                + server.pid()
                + "); no terminal to confirm on; pass --yes, or --dry-run to preview\n");
    assertThat(server.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n\n", "\n", ""})
  void whoDoesNotSayYesSaysNo(String typed) {
    Process server = children.startServer(port);

    Answer answer = Answer.typing(typed, free());

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.out()).contains("Plan:", "Continue? [y/N]");
    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void onAScreenEachStepIsShown() {
    Process server = children.startServer(port);

    Answer answer = Answer.typing("y\n", free("--color", "never")).found();

    assertThat(server.isAlive()).isFalse();
    assertThat(answer.out())
        .containsSubsequence(
            "Continue? [y/N]",
            "ok      lock",
            "ok      find",
            "ok      hold",
            "ok      terminate",
            "-       kill",
            "ok      free",
            "stopped: python3(" + server.pid() + ")",
            "port " + port + ": nobody listens");
  }

  @Test
  void inAPipeOnlyTheResultIsPrinted() {
    Process server = children.startServer(port);

    Answer answer = Answer.to(free("--yes")).found();

    assertThat(answer.lines())
        .containsExactly(
            "stopped: python3(" + server.pid() + ")", "port " + port + ": nobody listens");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aRestartAsJson() {
    Process server = children.startServer(port);

    Map<String, Object> answer =
        Json.object(Answer.to(line("restart", "--json", "-y", "--settle", "200ms")).found().out());

    adoptListener();
    assertThat(Json.text(answer, "schema")).isEqualTo("tcptable.restart/1");
    assertThat(Json.text(answer, "command")).isEqualTo("restart");
    assertThat(Json.text(answer, "outcome")).isEqualTo("done");
    assertThat(Json.number(answer, "port")).isEqualTo(port);
    assertThat(Json.list(answer, "targets"))
        .singleElement()
        .satisfies(
            target -> {
              assertThat(Json.number(target, "pid")).isEqualTo(server.pid());
              assertThat(Json.text(target, "role")).isEqualTo("listener");
            });
    assertThat(Json.list(answer, "steps"))
        .extracting(step -> Json.text(step, "step") + " " + Json.text(step, "outcome"))
        .containsExactly(
            "prepare done",
            "lock done",
            "find done",
            "hold done",
            "terminate done",
            "kill skipped",
            "free done",
            "start done",
            "listen done",
            "health done");
    assertThat(TcpTable.snapshot(port).owners())
        .extracting(owner -> owner.pid())
        .containsExactly(Json.number(Json.object(answer, "started"), "pid"));
  }

  @Test
  void aRefusalAsJson() {
    children.startServer(port);

    Answer answer = Answer.to(line("start", "--json"));

    assertThat(answer.code()).isEqualTo(4);
    Map<String, Object> object = Json.object(answer.out());
    assertThat(Json.text(object, "outcome")).isEqualTo("refused");
    assertThat(Json.text(Json.object(object, "obstacle"), "kind")).isEqualTo("PORT_TAKEN");
  }

  @Test
  void aStartOnATakenPortIsRefusedWithTheCommandsThatHelp() {
    Process server = children.startServer(port);

    Answer answer = Answer.to(line("start"));

    assertThat(answer.code()).isEqualTo(4);
    assertThat(answer.err())
        .contains(
            "nothing was done: python3(" + server.pid() + ") listens on 127.0.0.1:" + port,
            "try: tcptable diagnose " + port,
            "try: tcptable restart " + port + " -- ");
  }

  @Test
  void whatEndsAtOnceIsShownWithItsLastLines() {
    Answer answer =
        Answer.to(
            Stream.concat(Stream.of(line("start")), Stream.of("--exit=7")).toArray(String[]::new));

    assertThat(answer.code()).isEqualTo(5);
    assertThat(answer.out())
        .contains("exit code 7", "Last lines of its log:", "  cannot go on: no configuration");
    assertThat(answer.err()).contains("ended with exit code 7 before it listened");
  }

  @Test
  void waitsForWhatWasSaid() {
    String number = Integer.toString(port);
    assertThat(Answer.to("wait", number, "--free").found().out()).contains("nobody listens");
    assertThat(Answer.to("wait", number, "--listening", "--timeout", "100ms").code()).isEqualTo(1);

    String server = OsProcess.of(children.startServer(port).pid()).orElseThrow().toString();

    assertThat(Answer.to("wait", number, "--listening").found().out())
        .startsWith(server + " listens on port " + port + " (after ");
    Answer.to("wait", number, "--healthy", "--expect-json", "{\"status\":\"healthy\"}").found();
    Answer late = Answer.to("wait", number, "--free", "--timeout", "100ms");
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err())
        .startsWith("tcptable: timed out after ")
        .endsWith(": " + server + " listens on port " + port + System.lineSeparator());
  }

  @Test
  void waitsAndAnswersInJson() {
    String number = Integer.toString(port);

    Map<String, Object> met =
        Json.object(Answer.to("wait", number, "--free", "--json").found().out());
    Answer late = Answer.to("wait", number, "--listening", "--timeout", "100ms", "--json");
    Map<String, Object> missed = Json.object(late.out());

    assertThat(met)
        .containsOnlyKeys("schema", "port", "wanted", "met", "millis", "detail", "listening")
        .containsEntry("schema", "tcptable.wait/1")
        .containsEntry("wanted", "free")
        .containsEntry("met", true);
    assertThat(Json.number(met, "port")).isEqualTo(port);
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.err()).isEmpty();
    assertThat(missed)
        .containsEntry("wanted", "listening")
        .containsEntry("met", false)
        .containsEntry("detail", "nobody listens on port " + port);
    assertThat(Json.number(missed, "millis")).isGreaterThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "restart | no port given",
        "restart 3001 -- | no command after --; leave out -- to start the server again as it was",
        "start 3001 | no command to start",
        "restart 3001 --env =x -- true | '=x' is not a variable",
        "restart 3001 --grace soon -- true | 'soon' is not a duration",
        "restart 3001 --health ftp://x -- true | does not start with http",
        "free | no port given",
        "free 3001 --keep 0 | '0' is not a process ID",
        "free 3001 3002 | unexpected argument '3002'",
        "wait 3001 | use exactly one of --listening, --free and --healthy",
        "wait 3001 --free --listening | use exactly one of --listening, --free and --healthy",
      })
  void whatMakesNoSenseIsSaidAndNothingIsDone(String line, String reason) {
    Answer answer = Answer.to(line.split(" "));

    assertThat(answer.code()).as(answer.err()).isEqualTo(2);
    assertThat(answer.err()).contains(reason).hasLineCount(1);
    assertThat(answer.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--cwd=/x\ufffd", "--env=A=\ufffd", "--log=\ud83d", "-- \ufffdx", "-- a \ude00"})
  void whatTheLocaleCannotCarryIsRefusedBeforeAnybodyIsStopped(String options) {
    Process server = children.startServer(port);
    String line = "restart " + port + " --yes " + options;

    Answer answer = Answer.to((options.startsWith("-- ") ? line : line + " -- true").split(" "));

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .hasLineCount(1)
        .contains("cannot be read in the character set of this locale", "set LC_ALL=C.UTF-8");
    assertThat(server.isAlive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "restart, --dry-run --json --yes --grace --settle --keep --partial"
        + " --ignore-supervisor --also-stops --cwd --env --log --timeout"
        + " --health --expect-status --expect-body --expect-json --insecure --cacert",
    "free, --dry-run --json --yes --grace --settle --keep --partial --ignore-supervisor"
        + " --also-stops",
    "start, --dry-run --json --cwd --env --log --timeout --health --expect-status",
    "wait, --listening --free --healthy --timeout --json --health --expect-json"
  })
  void theHelpExplainsEveryOptionAndFitsTheScreen(String command, String options) {
    String help = Answer.onScreenWith("COLUMNS", "80", command, "--help", "--color=never").out();
    String plain = help.replaceAll("\u001b\\[[0-9;]*m", "");

    assertThat(plain)
        .contains(options.split(" "))
        .contains("Exit codes:", "Examples:", "  tcptable " + command + " 3001");
    assertThat(plain.lines()).allMatch(line -> line.length() <= 80);
  }
}
