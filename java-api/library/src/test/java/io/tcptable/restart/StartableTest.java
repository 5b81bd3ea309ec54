// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a command and its log before anybody is stopped. */
class StartableTest {

  private static final int NOBODY = 65534;

  @TempDir private Path directory;

  private StartCommand command(String... words) {
    return new StartCommand(
        List.of(words),
        directory,
        EnvironmentChanges.NONE,
        ServerOutput.both(log("log")),
        Optional.empty());
  }

  private LogFile log(String name) {
    return LogFile.own(directory.resolve(name));
  }

  private Path script(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("run"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aScriptNeedsItsInterpreter() throws IOException {
    assertThat(command(script("#!/bin/sh -e\nexit\n").toString()).refusal()).isEmpty();
    assertThat(
            command(script("#! /no/such/python -u\n").toString()).refusal().orElseThrow().message())
        .isEqualTo(
            "the interpreter of " + directory.resolve("run") + " is missing: /no/such/python");
  }

  @Test
  void aWordMustReachTheProgramUnchanged() {
    assertThat(command("sh", "a\0b").refusal().orElseThrow().message())
        .startsWith("this cannot be passed to a program");
    assertThat(command("sh", "\ud800").refusal().orElseThrow().kind())
        .isEqualTo(Refusal.Kind.COMMAND_UNUSABLE);
  }

  @Test
  void aNewLogIsForThisUserAlone() throws Exception {
    LogFile log = log("new/log");

    assertThat(log.describe()).endsWith("log (new, readable by this user only)");
    assertThat(log.refusal()).isEmpty();
    log.open();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("new"))))
        .isEqualTo("rwx------");
    log.open();
    assertThat(log.describe()).endsWith("log");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path target = Files.writeString(directory.resolve("target"), "mine");
    Files.createSymbolicLink(directory.resolve("log"), target);
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("none"));

    for (String name : List.of("log", "dangling")) {
      assertThat(log(name).refusal().orElseThrow().message()).contains("not a regular file");
      assertThatThrownBy(() -> log(name).open()).isInstanceOf(StepException.class);
    }
    assertThat(target).hasContent("mine");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("log").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThatThrownBy(() -> log("log").open()).hasMessageContaining("regular file"));
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "needs root, to give a file away");
    Files.setAttribute(file, "unix:uid", NOBODY);

    assertThat(log("log").refusal().orElseThrow().message())
        .endsWith("it belongs to another user, UID " + NOBODY);
    assertThatThrownBy(() -> log("log").open()).isInstanceOf(StepException.class);
  }
}
