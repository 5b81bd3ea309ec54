// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.program.Main;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Answers each number and command line on standard input by the number, exit code, output and
 * complaints, each in a thread of its own.
 */
final class ResidentProgramMain {

  private ResidentProgramMain() {}

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    ObjectOutputStream answers = new ObjectOutputStream(System.out);
    answers.flush();
    ObjectInputStream questions = new ObjectInputStream(System.in);
    while (true) {
      try {
        Integer number = (Integer) questions.readObject();
        String[] arguments = (String[]) questions.readObject();
        Thread thread = new Thread(() -> answer(answers, number, arguments), "command-" + number);
        thread.setDaemon(true);
        thread.start();
      } catch (EOFException e) {
        return;
      }
    }
  }

  private static void answer(ObjectOutputStream answers, Integer number, String[] arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, StandardCharsets.UTF_8, false, Map.of());
    int code = Main.run(terminal, arguments);
    String[] answer = {
      number.toString(),
      Integer.toString(code),
      out.toString(StandardCharsets.UTF_8),
      err.toString(StandardCharsets.UTF_8)
    };
    synchronized (answers) {
      try {
        answers.writeObject(answer);
        answers.flush();
        answers.reset();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
