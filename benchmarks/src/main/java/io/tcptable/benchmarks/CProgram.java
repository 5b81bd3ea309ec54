// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compiles the C sources that lie in this jar, where they are to run. */
final class CProgram {

  private static final List<String> FLAGS =
      List.of(
          "-std=c11",
          "-O2",
          "-Wall",
          "-Wextra",
          "-Wconversion",
          "-Wshadow",
          "-Werror",
          "-fPIC",
          "-fvisibility=hidden",
          "-pthread");

  /** Names a compiled {@code baseline-main.c}, so that not each JVM compiles its own. */
  static final String BASELINE = "tcptable.baseline";

  private static final List<String> BASELINE_SOURCES =
      List.of(
          "baseline.h",
          "parts.h",
          "tcptable.h",
          "socket_owners.h",
          "baseline.c",
          "sockets.c",
          "proc_owners.c",
          "bpf_owners.c",
          "bpf_iterator.c");

  /** Made by others, so not held to the flags above; missing where it could not be made. */
  private static final String SKELETON = "socket_owners.skel.h";

  private CProgram() {}

  /** The C baseline as a whole process. */
  static synchronized String baseline() {
    String compiled = System.getProperty(BASELINE);
    if (compiled == null) {
      compiled = compile("baseline", List.of(), withBaseline("main.c")).toString();
      System.setProperty(BASELINE, compiled);
    }
    return compiled;
  }

  /** The C baseline as a library. */
  static Path baselineLibrary() {
    return compile("baseline.so", List.of("-shared"), withBaseline());
  }

  private static List<String> withBaseline(String... more) {
    return Stream.concat(BASELINE_SOURCES.stream(), Stream.of(more)).toList();
  }

  /** The C compiler on the path. */
  static Optional<String> compiler() {
    return Stream.of("gcc", "clang", "cc").filter(CProgram::isOnPath).findFirst();
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1)).anyMatch(d -> Files.isExecutable(Path.of(d, program)));
  }

  static Path executable(String name, String... sources) {
    return compile(name, List.of(), List.of(sources));
  }

  private static Path compile(String name, List<String> flags, List<String> sources) {
    String compiler =
        compiler()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the benchmarks need a C compiler on the PATH, such as gcc, for " + name));
    try {
      Path directory = Files.createTempDirectory("tcptable-benchmarks-");
      directory.toFile().deleteOnExit();
      Path target = directory.resolve(name);
      target.toFile().deleteOnExit();
      List<String> command = new ArrayList<>();
      command.add(compiler);
      command.addAll(FLAGS);
      command.addAll(flags);
      Path skeletons = Files.createDirectory(directory.resolve("skeletons"));
      skeletons.toFile().deleteOnExit();
      copyIfThere(SKELETON, skeletons);
      command.addAll(List.of("-isystem", skeletons.toString()));
      command.addAll(List.of("-o", target.toString()));
      for (String source : sources) {
        Path copy = copy(source, directory);
        if (source.endsWith(".c")) {
          command.add(copy.toString());
        }
      }
      run(command);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copy(String source, Path directory) throws IOException {
    if (!copyIfThere(source, directory)) {
      throw new IllegalArgumentException("no source " + source);
    }
    return directory.resolve(source);
  }

  private static boolean copyIfThere(String source, Path directory) throws IOException {
    try (InputStream in = CProgram.class.getResourceAsStream("/c/" + source)) {
      if (in != null) {
        Path copy = directory.resolve(source);
        copy.toFile().deleteOnExit();
        Files.copy(in, copy);
      }
      return in != null;
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ":\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
