// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Python process that makes sockets as a test tells it; see {@code python_peer.py}. */
public final class PythonPeer implements Closeable {

  private static final String PROGRAM = program();

  private final Process process;
  private final Writer snippets;
  private final BufferedReader answers;

  PythonPeer(List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("/usr/bin/python3", "-ISuc", PROGRAM));
    process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    snippets = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  private static String program() {
    try (InputStream program = PythonPeer.class.getResourceAsStream("python_peer.py")) {
      if (program == null) {
        throw new AssertionError("python_peer.py is not among the test resources");
      }
      return new String(program.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs Python code, and returns what it left in the variable {@code answer}. */
  public String run(String snippet) {
    try {
      snippets.write(snippet + "\n---\n");
      snippets.flush();
      String answer = answers.readLine();
      if (answer == null || !answer.startsWith("ok ")) {
        throw new AssertionError("the peer could not:\n" + snippet + "\n" + answer);
      }
      return answer.substring("ok ".length());
    } catch (IOException e) {
      throw new AssertionError("the peer is gone", e);
    }
  }

  /** Runs Python code, and returns the number it left in {@code answer}. */
  public long number(String snippet) {
    return Long.parseLong(run(snippet));
  }

  /** Its PID as it sees it itself. */
  public long pid() {
    return number("answer = os.getpid()");
  }

  @Override
  public void close() throws IOException {
    Child.end(process);
  }
}
