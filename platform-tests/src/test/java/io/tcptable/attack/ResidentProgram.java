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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged program in one JVM that runs many commands, several at a time, as starting one for
 * each is slow.
 */
final class ResidentProgram implements AutoCloseable {

  private final Process process;
  private final ObjectOutputStream questions;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Run>> asked = new ConcurrentHashMap<>();

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
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread reader = new Thread(this::readAnswers, "answers");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAnswers() {
    try (ObjectInputStream answers = new ObjectInputStream(process.getInputStream())) {
      while (true) {
        String[] answer = (String[]) answers.readObject();
        Run run = new Run(Integer.parseInt(answer[1]), answer[2], answer[3]);
        asked(Integer.valueOf(answer[0])).complete(run);
      }
    } catch (IOException | ClassNotFoundException e) {
      asked.values().forEach(run -> run.completeExceptionally(e));
    }
  }

  private CompletableFuture<Run> asked(Integer number) {
    return asked.computeIfAbsent(number, it -> new CompletableFuture<>());
  }

  /** Ends with {@link HostileHost#HUNG} if it takes longer. */
  Run run(long seconds, String... arguments) {
    Integer number = next.getAndIncrement();
    try {
      synchronized (questions) {
        questions.writeObject(number);
        questions.writeObject(arguments);
        questions.flush();
      }
      return asked(number).get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Run(HostileHost.HUNG, "", "did not end within " + seconds + " s");
    } catch (IOException | ExecutionException | InterruptedException e) {
      throw new AssertionError("the program is gone", e);
    } finally {
      asked.remove(number);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
