// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.io.Closeable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a {@link BindingReaderMain}. */
public final class BindingReader implements Closeable {

  private final Process process;
  private final ObjectOutputStream questions;
  private final ObjectInputStream answers;
  private final Map<String, String> unavailable;

  @SuppressWarnings("unchecked")
  BindingReader(List<String> prefix, String classPath) throws IOException, ClassNotFoundException {
    process =
        new ProcessBuilder(command(prefix, classPath, BindingReaderMain.class))
            .redirectError(Redirect.INHERIT)
            .start();
    questions = new ObjectOutputStream(process.getOutputStream());
    questions.flush();
    answers = new ObjectInputStream(process.getInputStream());
    unavailable = (Map<String, String>) answers.readObject();
  }

  /** Starts a JVM like this one. */
  public static List<String> command(List<String> prefix, String classPath, Class<?> main) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    // In a PID namespace it would warn among its answers that another JVM has its PID too.
    command.add("-XX:-UsePerfData");
    // Started often and for a short time.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  public static String classPath() {
    return System.getProperty("java.class.path", "");
  }

  /** Why bindings could not be opened, by name. */
  Map<String, String> unavailable() {
    return unavailable;
  }

  /** One answer per binding. */
  @SuppressWarnings("unchecked")
  List<Answer> ask(SocketQuestion question) {
    try {
      questions.writeObject(question);
      questions.flush();
      Object answer = answers.readObject();
      if (answer instanceof RuntimeException e) {
        throw new AssertionError("a snapshot failed", e);
      }
      return (List<Answer>) answer;
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("the reader is gone", e);
    }
  }

  @Override
  public void close() throws IOException {
    Child.end(process);
  }
}
