// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs commands that the program has printed in a shell that finds nothing but stand-ins: each
 * writes down how it was called and does nothing.
 */
final class AdvisedCommands {

  /** All that advice may call. */
  static final List<String> NAMES =
      List.of(
          "tcptable",
          "sudo",
          "runuser",
          "kill",
          "py-spy",
          "rbspy",
          "phpspy",
          "tail",
          "cat",
          "nft",
          "ss",
          "sysctl",
          "systemctl",
          "journalctl",
          "machinectl",
          "docker",
          "podman",
          "crictl",
          "lxc",
          "lxc-info",
          "lxc-stop",
          "sv",
          "svc",
          "svstat",
          "s6-svc",
          "s6-svstat",
          "supervisorctl",
          "circusctl",
          "pm2");

  /** What an attacker would have called, or could be called by accident. */
  private static final List<String> TRAPS =
      List.of("touch", "payload", "reboot", "poweroff", "rm", "web", "x", "sh", "env", "id");

  private static final Pattern PRINTED = Pattern.compile("^(?:Next: |  > |tcptable: try: )(.*)$");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HostileHost host;
  private final Path folder;

  AdvisedCommands(HostileHost host) {
    this.host = host;
    this.folder = host.folder().resolve("stand-ins");
    try {
      Files.createDirectory(folder);
      Path recorder =
          Files.writeString(
              folder.resolve(".recorder"),
              "#!/bin/sh\nprintf '%s\\0' \"${0##*/}\" \"$@\" \"$(printf '\\1')\" >>\"$RECORD\"\n");
      Files.setPosixFilePermissions(recorder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : Stream.concat(NAMES.stream(), TRAPS.stream()).toList()) {
        Files.createSymbolicLink(folder.resolve(name), recorder);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The commands among the lines of a text answer. */
  private static List<String> printed(Run run) {
    return Stream.concat(run.out().lines(), run.err().lines())
        .map(PRINTED::matcher)
        .filter(line -> line.matches() && !isSentence(line.group(1)))
        .map(line -> line.group(1))
        .toList();
  }

  private static boolean isSentence(String text) {
    return text.matches("[A-Z].*|try as .*|--ignore-supervisor .*");
  }

  /** Whatever another user's words are, no command that is printed does more than it says. */
  void assertDoNothingElse(Attack attack, ForeignWord word) throws IOException {
    Set<String> commands = all(attack);
    assertThat(commands).isNotEmpty();
    Set<String> before = files(attack);
    for (String command : commands) {
      List<List<String>> calls = calls(attack, command);
      assertThat(calls)
          .as(command)
          .isNotEmpty()
          .allSatisfy(call -> assertThat(call.get(0)).isIn(NAMES))
          .allSatisfy(call -> assertThat(!call.get(0).equals("cat") || isToShow(call)).isTrue())
          .allSatisfy(call -> assertIsNoOption(word, call));
      assertThat(files(attack)).as("what <%s> leaves behind", command).isEqualTo(before);
    }
  }

  /** {@code cat} does no more than to show what another command prints. */
  private static boolean isToShow(List<String> call) {
    return call.equals(List.of("cat", "-v"));
  }

  /** All commands that root is given about the port. */
  static Set<String> all(Attack attack) throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    commands.addAll(commands(attack.diagnose("--json")));
    commands.addAll(printed(attack.diagnose()));
    commands.addAll(printed(attack.tcptable("free", attack.port(), "--dry-run")));
    return commands;
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
    for (JsonNode finding : JSON.readTree(diagnosis.out()).path("findings")) {
      for (JsonNode advice : finding.path("advice")) {
        if (advice.path("kind").asText().equals("command")) {
          commands.add(advice.path("text").asText());
        }
      }
    }
    return commands;
  }

  /** But what the stand-ins write down. */
  private static Set<String> files(Attack attack) throws IOException {
    try (Stream<Path> files = Files.walk(attack.folder())) {
      Set<String> names = new TreeSet<>();
      files.map(Path::toString).filter(file -> !file.endsWith("/record")).forEach(names::add);
      return names;
    }
  }

  /** What a shell calls when this line is pasted into it: the words of each call, in order. */
  List<List<String>> calls(Attack attack, String line) throws IOException {
    Path record = attack.folder().resolve("record");
    Files.deleteIfExists(record);
    List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.NOBODY));
    command.addAll(List.of("timeout", "-s", "KILL", "10", "env", "-i", "-C"));
    command.addAll(List.of(attack.folder().toString(), "PATH=" + folder, "RECORD=" + record));
    command.addAll(List.of("HOME=" + attack.folder(), "/bin/sh", "-c", line));
    Run run = Run.of(command);
    assertThat(run.code()).as("the shell says of <%s>: %s", line, run).isZero();
    String calls = Files.exists(record) ? new String(Files.readAllBytes(record), UTF_8) : "";
    return Arrays.stream(calls.split("\1\0"))
        .filter(call -> !call.isEmpty())
        .map(call -> Arrays.asList(call.substring(0, call.length() - 1).split("\0", -1)))
        .toList();
  }
}
