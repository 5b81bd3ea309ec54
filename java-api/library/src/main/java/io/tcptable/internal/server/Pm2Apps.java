// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The applications of a pm2 daemon, by the files {@code pids/NAME-NUMBER.pid} of its home
 * directory, each with the PID of one process. The directory stands in the title of the daemon.
 */
record Pm2Apps(Path home, Map<Long, String> names) {

  private static final Pattern TITLE = Pattern.compile("PM2 v\\S*: God Daemon \\((.+)\\)\\s*");
  private static final Pattern FILE = Pattern.compile("(.+)-\\d+\\.pid");
  private static final int MOST_BYTES = 32;

  /** Those of a daemon; only one that is trusted is asked, since its files are read. */
  static Optional<Pm2Apps> of(ServerProcess daemon) {
    return daemon.commandLine().stream()
        .findFirst()
        .map(TITLE::matcher)
        .filter(Matcher::matches)
        .flatMap(title -> home(title.group(1)))
        .map(home -> new Pm2Apps(home, read(home.resolve("pids"))));
  }

  private static Optional<Path> home(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Map<Long, String> read(Path directory) {
    Map<Long, String> names = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.pid")) {
      for (Path file : files) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (name.matches()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.size(file) < MOST_BYTES) {
          number(file).ifPresent(pid -> names.put(pid, name.group(1)));
        }
      }
    } catch (IOException e) {
      // Then the names are not known.
    }
    return names;
  }

  private static Optional<Long> number(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /**
   * The application of a process that the daemon has started. In cluster mode the daemon has the
   * listener itself: then it is the application whose processes are in the session of the daemon,
   * if there is only one.
   */
  Optional<String> nameOf(ServerProcess child, ServerProcess daemon) {
    String known = names.get(child.pid());
    if (known != null) {
      return Optional.of(known);
    }
    if (child.pid() != daemon.pid()) {
      return Optional.empty();
    }
    Set<String> inCluster =
        names.entrySet().stream()
            .filter(
                app ->
                    daemon.session().isPresent() && daemon.session().equals(session(app.getKey())))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    return inCluster.size() == 1 ? inCluster.stream().findFirst() : Optional.empty();
  }

  private static Optional<Long> session(long pid) {
    return OsProcess.of(pid)
        .flatMap(OsProcess::status)
        .map(ProcessStatus::session)
        .flatMap(it -> it.isPresent() ? Optional.of(it.getAsLong()) : Optional.empty());
  }

  /** Whether the tools look there unless told otherwise. */
  boolean isUsualHome() {
    return home.equals(Path.of(System.getProperty("user.home"), ".pm2"));
  }
}
