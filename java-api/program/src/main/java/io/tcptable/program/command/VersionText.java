// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.Binding;
import io.tcptable.TableSources;
import io.tcptable.TcpTable;
import io.tcptable.internal.binding.BindingName;
import io.tcptable.program.foreign.TerminalText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code --version} says: which program, where it runs, and how it asks the kernel. */
public final class VersionText {

  private VersionText() {}

  public static void print(PrintStream out) {
    out.println("tcptable " + version());
    out.println(
        "Java "
            + Runtime.version()
            + ", "
            + property("os.name")
            + " "
            + property("os.version")
            + " "
            + property("os.arch"));
    Binding binding = TcpTable.binding();
    out.println("binding: " + binding.name());
    Map<String, String> passedOver = new LinkedHashMap<>(binding.passedOver());
    passedOver.replaceAll(VersionText::leftOutOr);
    print(passedOver, out);
    TableSources sources = TcpTable.sources();
    out.println("sockets from: " + sources.sockets());
    out.println("owners from: " + sources.owners());
    print(sources.passedOver(), out);
  }

  private static void print(Map<String, String> passedOver, PrintStream out) {
    for (Map.Entry<String, String> reason : passedOver.entrySet()) {
      out.println(TerminalText.of("  not " + reason.getKey() + ": " + reason.getValue()));
    }
  }

  /** A build that lacks a binding says so, though another one would come first. */
  private static String leftOutOr(String name, String reason) {
    return BindingName.valueOf(name.toUpperCase(Locale.ROOT)).leftOut().orElse(reason);
  }

  /** From the manifest of the jar. */
  public static String version() {
    String version = VersionText.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
