// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM inside a namespace. It opens every binding with every source of owners, says which it could
 * not and why, and then answers each {@link SocketQuestion} with one {@link Answer} by each, or
 * with what went wrong.
 */
final class BindingReaderMain {

  private BindingReaderMain() {}

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    Map<String, SystemAccess> bindings = new LinkedHashMap<>();
    Map<String, String> unavailable = new LinkedHashMap<>();
    for (String name : BindingName.providers(LinuxCalls.class).keySet()) {
      open(name, "bpf", bindings, unavailable);
      open(name, "proc", bindings, unavailable);
    }
    open(BindingName.JAVA.toString(), "proc", bindings, unavailable);
    ObjectOutputStream out =
        new ObjectOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024));
    out.writeObject(unavailable);
    out.flush();
    ObjectInputStream in = new ObjectInputStream(System.in);
    try {
      while (true) {
        out.writeObject(answer((SocketQuestion) in.readObject(), bindings));
        out.flush();
        out.reset();
      }
    } catch (EOFException e) {
      // No more questions.
    }
  }

  private static void open(
      String binding,
      String owners,
      Map<String, SystemAccess> bindings,
      Map<String, String> unavailable) {
    String reader = binding + "+" + owners;
    try {
      bindings.put(reader, LinuxAccess.open(binding, owners));
    } catch (BindingException e) {
      unavailable.put(reader, String.valueOf(e.getMessage()));
    }
  }

  private static Object answer(SocketQuestion question, Map<String, SystemAccess> bindings) {
    try {
      List<Answer> answers = new ArrayList<>();
      for (SystemAccess sources : bindings.values()) {
        answers.add(
            Answer.of(Platforms.reading(sources, () -> TcpTable.snapshot(question.query()))));
      }
      return answers;
    } catch (RuntimeException e) {
      return e;
    }
  }
}
