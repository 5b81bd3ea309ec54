// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.process.ProcessLaunch.Context;
import io.tcptable.process.ProcessLaunch.Limit;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel keeps of a process and hands to its children, see {@code proc_pid(5)}. */
public final class ProcContext {

  /** The names in {@code proc_pid_limits(5)}, and those of {@code prlimit(1)}. */
  private static final Map<String, String> LIMITS =
      Map.ofEntries(
          Map.entry("Max cpu time", "cpu"),
          Map.entry("Max file size", "fsize"),
          Map.entry("Max data size", "data"),
          Map.entry("Max stack size", "stack"),
          Map.entry("Max core file size", "core"),
          Map.entry("Max resident set", "rss"),
          Map.entry("Max processes", "nproc"),
          Map.entry("Max open files", "nofile"),
          Map.entry("Max locked memory", "memlock"),
          Map.entry("Max address space", "as"),
          Map.entry("Max file locks", "locks"),
          Map.entry("Max pending signals", "sigpending"),
          Map.entry("Max msgqueue size", "msgqueue"),
          Map.entry("Max nice priority", "nice"),
          Map.entry("Max realtime priority", "rtprio"),
          Map.entry("Max realtime timeout", "rttime"));

  private static final Pattern LIMIT =
      Pattern.compile("(Max [a-z ]+?)\\s{2,}(\\d+|unlimited)\\s+(\\d+|unlimited)(?:\\s.*)?");

  private ProcContext() {}

  /**
   * What it says of a process.
   *
   * @param process its directory in /proc
   */
  public static Context of(Path process) throws IOException {
    ProcStat stat =
        ProcIdentity.stat(process).orElseThrow(() -> new NoSuchFileException(process.toString()));
    return of(process, stat, ProcFile.text(process.resolve("status")));
  }

  static Context of(Path process, ProcStat stat, ProcText status) throws IOException {
    return new Context(
        number(status, "Uid:"),
        number(status, "Gid:"),
        numbers(status, "Groups:"),
        umask(status),
        limits(ProcFile.text(process.resolve("limits"))),
        stat.nice(),
        status.numberAfter("NoNewPrivs:") > 0,
        others(process, stat, status));
  }

  private static long number(ProcText status, String field) throws IOException {
    long number = status.numberAfter(field);
    if (number < 0) {
      throw new IOException("no field " + field);
    }
    return number;
  }

  static List<Long> numbers(ProcText status, String field) {
    return status.numbersAfter(field).stream()
        .filter(number -> number != ProcText.NO_NUMBER)
        .toList();
  }

  private static int umask(ProcText status) throws IOException {
    String octal = status.after("Umask:").orElse("");
    if (!octal.matches("[0-7]{1,4}")) {
      throw new IOException("no field Umask:");
    }
    return Integer.parseInt(octal, 8);
  }

  /** Those that have a name here. */
  static Map<String, Limit> limits(ProcText file) {
    Map<String, Limit> limits = new LinkedHashMap<>();
    for (String line : file.lines()) {
      Matcher limit = LIMIT.matcher(line);
      String name = limit.matches() ? LIMITS.get(limit.group(1)) : null;
      if (name != null) {
        limits.put(name, new Limit(limit.group(2), limit.group(3)));
      }
    }
    return limits;
  }

  private static Map<String, String> others(Path process, ProcStat stat, ProcText status) {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("CPU affinity", status.after("Cpus_allowed_list:").orElse(""));
    others.put("scheduling policy", Integer.toString(stat.policy()));
    others.put("OOM score", ProcFile.textIfKnown(process.resolve("oom_score_adj")).line());
    return others;
  }
}
