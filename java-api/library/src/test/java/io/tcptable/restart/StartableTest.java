// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  private void assertRefused(Path program, String why) {
    assertThat(command(program.toString()).refusal().orElseThrow().message()).isEqualTo(why);
  }

  @Test
  void aScriptNeedsWhatEnvLooksFor() throws IOException {
    assertThat(command(script("#!/usr/bin/env sh\nexit\n").toString()).refusal()).isEmpty();
    assertThat(command(script("#!/usr/bin/env -S none\n").toString()).refusal()).isEmpty();
    Path script = script("#!/usr/bin/env no-such-python\n");
    assertRefused(script, "the interpreter of " + script + " is missing: no-such-python");
  }

  @Test
  void aScriptWithTheLineEndsOfWindows() throws IOException {
    Path script = script("#!/bin/sh\r\nexit\r\n");
    assertRefused(
        script,
        "the first line of " + script + " ends as on Windows, in CR LF: convert it with dos2unix");
  }

  @Test
  void aScriptWithoutAFirstLineIsOneOfTheShell() throws IOException {
    assertThat(command(script("exit 0\n").toString()).refusal()).isEmpty();
    assertRefused(script(""), directory.resolve("run") + " is empty");
  }

  @Test
  void aFileThatMayNotBeExecuted() throws IOException {
    Path file = Files.writeString(directory.resolve("plain"), "exit");
    assertRefused(
        file, file + " is not executable: run chmod +x, or name the program that runs it");
    assertRefused(directory.resolve("none"), "no such program: " + directory.resolve("none"));
  }

  @Test
  void aProgramForAnotherProcessor() throws IOException {
    Path file = elf(0x1234);
    assertRefused(file, file + " is made for another processor than this one");
  }

  /** As one that was made for musl, where there is glibc only. */
  @Test
  void aProgramWithoutItsLoader() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    byte[] own = Files.readAllBytes(java);
    int machine = own[18] | own[19] << 8;
    Path file = elf(machine);
    assertRefused(file, "the loader of " + file + " is missing: /lib/no-such-ld.so");
    assertThat(command(java.toString()).refusal()).isEmpty();
  }

  /** The header of a program of 64 bits, and one segment that names its loader. */
  private Path elf(int machine) throws IOException {
    byte[] loader = "/lib/no-such-ld.so\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    bytes.putShort(18, (short) machine).putLong(32, 64).putShort(54, (short) 56);
    bytes.putShort(56, (short) 1).putInt(64, 3).putLong(72, 128).putLong(96, loader.length);
    bytes.put(128, loader);
    Path file = Files.write(script("").resolveSibling("run"), bytes.array());
    return file;
  }

  @Test
  void whatIsNeitherAProgramNorAScript() throws IOException {
    Path file = Files.write(script(""), new byte[] {'M', 'Z', 0, 0, 1});
    assertRefused(file, file + " is neither a program for Linux nor a script");
  }

  /** An empty entry is the current directory, and so is a relative one below it. */
  @Test
  void pathsAsTheSystemSearchesThem() throws IOException {
    script("exit\n");
    for (String path : List.of("", ":/none", "/none:", ".", "/none::/none")) {
      EnvironmentChanges changes = new EnvironmentChanges(Map.of("PATH", Optional.of(path)));
      assertThat(
              new StartCommand(
                      List.of("run"),
                      directory,
                      changes,
                      ServerOutput.both(log("log")),
                      Optional.empty())
                  .refusal())
          .as(path)
          .isEmpty();
    }
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
