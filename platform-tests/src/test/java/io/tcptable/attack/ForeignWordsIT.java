// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever another user's words enter, no printed command does more than it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignWordsIT {

  private static final String PORT = Integer.toString(HostileHost.PORT);

  @AutoClose private final HostileHost host = new HostileHost();
  private final AdvisedCommands advised = new AdvisedCommands(host);

  @AfterEach
  void endAttack() throws IOException {
    host.endAttack();
  }

  /** Words that a control group can be called. */
  static Stream<ForeignWord> groupWords() {
    return Stream.of(
        ForeignWord.SEPARATORS,
        ForeignWord.SUBSTITUTIONS,
        ForeignWord.QUOTES,
        ForeignWord.CARRIAGE_RETURNS,
        ForeignWord.LONG_OPTION,
        ForeignWord.PERCENT);
  }

  static Stream<Arguments> groups() {
    return Stream.of(
            "system.slice/%s.service",
            "user.slice/user-65534.slice/user@65534.service/app.slice/%s.service",
            "machine.slice/machine-%s.scope",
            "lxc.payload.%s")
        .flatMap(group -> groupWords().map(word -> Arguments.of(group, word)));
  }

  static Stream<Arguments> supervisors() {
    return Stream.of("runsv", "s6-supervise", "supervise", "supervisord", "PM2 v5", "docker-proxy")
        .flatMap(
            name ->
                Stream.of(ForeignWord.SEPARATORS, ForeignWord.LONG_OPTION, ForeignWord.NEW_LINES)
                    .map(word -> Arguments.of(name, word)));
  }

  @ParameterizedTest
  @EnumSource
  void aServersOwnWords(ForeignWord word) throws IOException {
    host.attacker().run(looks(word) + "\nhang()");

    assertNothingElseHappens(word);
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theNameOfAControlGroup(String group, ForeignWord word) throws IOException {
    PythonPeer server = host.attacker();
    server.run("hang()");
    PythonPeer root = host.root();
    try {
      String path = group.formatted(word.text().replace('/', '_'));
      root.run("group(" + HostileHost.bytes(path) + ", " + server.pid() + ")");

      assertNothingElseHappens(word);
    } finally {
      root.run("remove_groups()");
    }
  }

  @ParameterizedTest
  @MethodSource("supervisors")
  void theWordsOfWhatCallsItselfASupervisor(String name, ForeignWord word) throws IOException {
    host.attacker()
        .run(
            """
            name(%s)
            arguments(%1$s, %s)
            fork(lambda: (name(b'server'), hang()))
            """
                .formatted(HostileHost.bytes(name), word.literal()));

    assertNothingElseHappens(word);
  }

  /** All that a process may choose itself. */
  private String looks(ForeignWord word) {
    return """
        name(%s)
        arguments(%s, %2$s)
        enter(%s + %2$s.replace(b'/', b'_'))
        write_to(%2$s.replace(b'/', b'_') + b'.log')
        """
        .formatted(
            word.shortLiteral(),
            word.literal(),
            HostileHost.bytes(host.folder().resolve("at-").toString()));
  }

  private void assertNothingElseHappens(ForeignWord word) throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    commands.addAll(commands(host.tcptable("diagnose", PORT, "--deadline", "300ms", "--json")));
    commands.addAll(
        AdvisedCommands.printed(host.tcptable("diagnose", PORT, "--deadline", "300ms")));
    commands.addAll(AdvisedCommands.printed(host.tcptable("free", PORT, "--dry-run")));
    assertThat(commands).isNotEmpty();
    Set<String> before = files();
    for (String command : commands) {
      List<List<String>> calls = advised.calls(command);
      assertThat(calls)
          .as(command)
          .isNotEmpty()
          .allSatisfy(call -> assertThat(call.get(0)).isIn(AdvisedCommands.NAMES))
          .allSatisfy(call -> assertIsNoOption(word, call));
      assertThat(files()).as("what <%s> leaves behind", command).isEqualTo(before);
    }
  }

  private static void assertIsNoOption(ForeignWord word, List<String> call) {
    int end = call.contains("--") ? call.indexOf("--") : call.size();
    for (int i = 1; word.isOption() && i < end; i++) {
      boolean isValue = List.of("-u", "-M").contains(call.get(i - 1));
      assertThat(isValue || !call.get(i).startsWith(word.text())).as("%s", call).isTrue();
    }
  }

  private static List<String> commands(Run diagnosis) throws IOException {
    assertThat(diagnosis.out()).as(diagnosis.err()).isNotEmpty();
    List<String> commands = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(diagnosis.out()).path("findings")) {
      for (JsonNode advice : finding.path("advice")) {
        if (advice.path("kind").asText().equals("command")) {
          commands.add(advice.path("text").asText());
        }
      }
    }
    return commands;
  }

  /** But what the stand-ins write down. */
  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(host.folder())) {
      Set<String> names = new TreeSet<>();
      files.map(Path::toString).filter(file -> !file.endsWith("/record")).forEach(names::add);
      return names;
    }
  }
}
