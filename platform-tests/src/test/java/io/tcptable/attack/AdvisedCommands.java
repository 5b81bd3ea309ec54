// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.agreement.UserAccount;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
          "tail",
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
      List.of("touch", "payload", "reboot", "poweroff", "rm", "web", "x", "sh", "env", "cat", "id");

  private static final Pattern PRINTED = Pattern.compile("^(?:Next: |  > |tcptable: try: )(.*)$");

  private final HostileHost host;
  private final Path folder;
  private final Path record;

  AdvisedCommands(HostileHost host) {
    this.host = host;
    this.folder = host.folder().resolve("stand-ins");
    this.record = host.folder().resolve("record");
    try {
      Files.createDirectory(folder);
      Path recorder =
          Files.writeString(
              folder.resolve(".recorder"),
              "#!/bin/sh\n{ printf '%s\\0' \"${0##*/}\" \"$@\"; printf '\\1\\0'; } >>\"$RECORD\"\n");
      Files.setPosixFilePermissions(recorder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : Stream.concat(NAMES.stream(), TRAPS.stream()).toList()) {
        Files.createSymbolicLink(folder.resolve(name), recorder);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The commands among the lines of a text answer. */
  static List<String> printed(Run run) {
    return Stream.concat(run.out().lines(), run.err().lines())
        .map(PRINTED::matcher)
        .filter(line -> line.matches() && !isSentence(line.group(1)))
        .map(line -> line.group(1))
        .toList();
  }

  private static boolean isSentence(String text) {
    return text.matches("[A-Z].*") || text.startsWith("try as ");
  }

  /** What a shell calls when this line is pasted into it: the words of each call, in order. */
  List<List<String>> calls(String line) {
    try {
      Files.deleteIfExists(record);
      List<String> command = new ArrayList<>(host.namespace().prefix(UserAccount.NOBODY));
      command.addAll(
          List.of(
              "timeout", "-s", "KILL", "10", "env", "-i", "PATH=" + folder, "RECORD=" + record));
      command.addAll(List.of("HOME=" + host.folder(), "/bin/sh", "-c", line));
      Run run = Run.of(command);
      if (run.code() != 0) {
        throw new AssertionError("the shell says of <" + line + ">: " + run);
      }
      String calls =
          Files.exists(record)
              ? new String(Files.readAllBytes(record), StandardCharsets.UTF_8)
              : "";
      return Arrays.stream(calls.split("\1\0"))
          .filter(call -> !call.isEmpty())
          .map(call -> Arrays.asList(call.substring(0, call.length() - 1).split("\0", -1)))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
