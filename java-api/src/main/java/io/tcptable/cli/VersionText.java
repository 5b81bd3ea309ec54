package io.tcptable.cli;

import io.tcptable.Binding;
import io.tcptable.TableSources;
import io.tcptable.TcpTable;
import java.io.PrintStream;
import java.util.Map;

/** What {@code --version} says: which program, where it runs, and how it asks the kernel. */
final class VersionText {

  private VersionText() {}

  static void print(PrintStream out) {
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
    print(binding.passedOver(), out);
    TableSources sources = TcpTable.sources();
    out.println("sockets from: " + sources.sockets());
    out.println("owners from: " + sources.owners());
    print(sources.passedOver(), out);
  }

  private static void print(Map<String, String> passedOver, PrintStream out) {
    for (Map.Entry<String, String> reason : passedOver.entrySet()) {
      out.println("not " + reason.getKey() + ": " + Printable.of(reason.getValue()));
    }
  }

  /** From the manifest of the jar. */
  private static String version() {
    String version = VersionText.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
