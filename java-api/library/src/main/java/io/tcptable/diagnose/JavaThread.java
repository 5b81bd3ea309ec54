// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thread of a JVM, as {@code jcmd PID Thread.print} of HotSpot shows it.
 *
 * @param name its name
 * @param frames where it is, the innermost first: {@code com.example.Shop.buy(Shop.java:12)}
 * @param waitsFor the lock that it waits for, if it does
 * @param holds the locks that it holds
 */
record JavaThread(String name, List<String> frames, Optional<String> waitsFor, List<String> holds) {

  private static final Pattern HEADER = Pattern.compile("^\"(.*)\" .*");
  private static final Pattern FRAME = Pattern.compile("^\\s+at (?:[^/(]*/)*(.*)$");
  private static final Pattern WAITS =
      Pattern.compile(
          "^\\s+- (?:waiting to lock|parking to wait for) +(<0x[0-9a-f]+> \\(a .*\\))$");
  private static final Pattern HOLDS =
      Pattern.compile("^\\s+- (?:locked )?(<0x[0-9a-f]+> \\(a .*\\))$");

  /** What stands below the threads. */
  private static final Pattern END = Pattern.compile("JNI global refs|Found .*deadlock");

  /** Those of libraries and servers: what they do is asked for by what calls them, or no work. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "^(java|javax|jdk|sun|com\\.sun|jakarta|kotlin|scala|org\\.apache|org\\.eclipse|"
              + "org\\.springframework|io\\.netty|io\\.undertow|io\\.vertx|reactor)\\..*");

  JavaThread {
    frames = List.copyOf(frames);
    holds = List.copyOf(holds);
  }

  /** Those of a dump; none if it is none. */
  static List<JavaThread> of(String dump) {
    List<JavaThread> threads = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : dump.lines().takeWhile(it -> !END.matcher(it).lookingAt()).toList()) {
      if (HEADER.matcher(line).matches()) {
        read(lines).ifPresent(threads::add);
        lines.clear();
      }
      lines.add(line);
    }
    read(lines).ifPresent(threads::add);
    return threads;
  }

  private static Optional<JavaThread> read(List<String> lines) {
    if (lines.isEmpty() || !HEADER.matcher(lines.get(0)).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new JavaThread(
            all(HEADER, lines).get(0),
            all(FRAME, lines),
            all(WAITS, lines).stream().findFirst(),
            all(HOLDS, lines)));
  }

  private static List<String> all(Pattern pattern, List<String> lines) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .toList();
  }

  /** The innermost frame of the application itself; empty for a thread that waits for work. */
  Optional<String> place() {
    return frames.stream().filter(frame -> !OTHERS.matcher(frame).matches()).findFirst();
  }
}
