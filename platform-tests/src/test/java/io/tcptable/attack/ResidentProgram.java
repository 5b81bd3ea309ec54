// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The packaged program in one JVM that runs many commands, as starting one for each is slow. */
final class ResidentProgram implements AutoCloseable {

  private final Process process;
  private final ObjectOutputStream questions;
  private final ObjectInputStream answers;

  ResidentProgram(List<String> prefix, List<String> options) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    // A JVM that warns, such as of a control group it cannot read, does so among the answers.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable"));
    command.addAll(options);
    String classPath =
        ProgramJar.path() + File.pathSeparator + System.getProperty("java.class.path");
    command.addAll(List.of("-cp", classPath, ResidentProgramMain.class.getName()));
    try {
      process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      questions = new ObjectOutputStream(process.getOutputStream());
      questions.flush();
      answers = new ObjectInputStream(process.getInputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends with {@link HostileHost#HUNG}, and its JVM with it, if it takes longer. */
  Run run(long seconds, String... arguments) {
    try {
      questions.writeObject(arguments);
      questions.flush();
      String[] answer = CompletableFuture.supplyAsync(this::answer).get(seconds, TimeUnit.SECONDS);
      return new Run(Integer.parseInt(answer[0]), answer[1], answer[2]);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return new Run(HostileHost.HUNG, "", "did not end within " + seconds + " s");
    } catch (IOException | ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String[] answer() {
    try {
      return (String[]) answers.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("the program is gone", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
