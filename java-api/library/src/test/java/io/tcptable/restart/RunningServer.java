// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import servers.Children;

/** Starts a server in surroundings that a test chooses, and compares them with those of another. */
final class RunningServer {

  private static final Set<String> KEPT =
      Set.of(
          "Umask",
          "Uid",
          "Gid",
          "Groups",
          "NoNewPrivs",
          "CapInh",
          "CapPrm",
          "CapEff",
          "CapBnd",
          "CapAmb");

  private final Children children;
  private final int port;
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> environment =
      new LinkedHashMap<>(Map.of("PATH", "/usr/bin:/bin"));
  private List<String> command;
  private Path directory;
  private File output = new File("/dev/null");
  private File error = new File("/dev/null");
  private Redirect input = Redirect.from(new File("/dev/null"));

  RunningServer(Children children, int port, Path directory) {
    this.children = children;
    this.port = port;
    this.directory = directory;
    this.command = List.of(Children.server(port));
  }

  RunningServer after(String... words) {
    prefix.addAll(List.of(words));
    return this;
  }

  RunningServer command(String... words) {
    command = List.of(words);
    return this;
  }

  RunningServer with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  RunningServer in(Path place) {
    directory = place;
    return this;
  }

  RunningServer writing(Path to, Path errorsTo) {
    output = to.toFile();
    error = errorsTo.toFile();
    return this;
  }

  RunningServer reading(Redirect from) {
    input = from;
    return this;
  }

  /** Starts it, and waits until it listens. */
  OsProcess start() throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(input)
            .redirectOutput(Redirect.appendTo(output))
            .redirectError(Redirect.appendTo(error));
    builder.environment().clear();
    builder.environment().putAll(environment);
    children.adopt(builder.start().pid());
    return awaitListener(port, children);
  }

  /** Who listens; of several the first. */
  static OsProcess awaitListener(int port, Children children) {
    Children.await("a listener on " + port, () -> !owners(port).isEmpty());
    owners(port).forEach(owner -> children.adopt(owner.pid()));
    return owners(port).get(0);
  }

  /** All who listen on a port, the oldest first. */
  static List<OsProcess> owners(int port) {
    return TcpTable.snapshot(TcpQuery.all().localPort(port).states(TcpState.LISTEN))
        .owners()
        .stream()
        .sorted(Comparator.comparing(OsProcess::startedAt))
        .toList();
  }

  /** All of it that a restart keeps, as /proc shows it. */
  static Map<String, Object> surroundings(OsProcess of) throws IOException {
    Path process = Path.of("/proc", Long.toString(of.pid()));
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("cmdline", strings(process.resolve("cmdline")));
    seen.put("environ", new TreeSet<>(strings(process.resolve("environ"))));
    for (String link : List.of("cwd", "exe", "root", "fd/1", "fd/2")) {
      seen.put(link, Files.readSymbolicLink(process.resolve(link)).toString());
    }
    for (String line : Files.readString(process.resolve("status")).split("\n", -1)) {
      String name = line.split(":", 2)[0];
      if (KEPT.contains(name)) {
        seen.put(name, line);
      }
    }
    assertThat(seen.keySet()).containsAll(KEPT);
    seen.put("limits", Files.readString(process.resolve("limits")));
    seen.put("nice", nice(process));
    return seen;
  }

  /** See {@code proc_pid_stat(5)}. */
  static String nice(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    return Objects.requireNonNull(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  private static List<String> strings(Path file) throws IOException {
    return List.of(
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\0", -1));
  }
}
