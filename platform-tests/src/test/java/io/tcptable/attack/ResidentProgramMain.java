// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.program.Main;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers each command line on standard input by exit code, output and complaints. */
final class ResidentProgramMain {

  private ResidentProgramMain() {}

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    ObjectOutputStream answers = new ObjectOutputStream(System.out);
    answers.flush();
    ObjectInputStream questions = new ObjectInputStream(System.in);
    while (true) {
      try {
        answers.writeObject(run((String[]) questions.readObject()));
        answers.flush();
        answers.reset();
      } catch (EOFException e) {
        return;
      }
    }
  }

  private static String[] run(String[] arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(out, err, StandardCharsets.UTF_8, false, Map.of());
    int code = Main.run(terminal, arguments);
    return new String[] {
      Integer.toString(code),
      out.toString(StandardCharsets.UTF_8),
      err.toString(StandardCharsets.UTF_8)
    };
  }
}
