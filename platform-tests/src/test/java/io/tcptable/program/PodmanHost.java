// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host of containers by a real Podman, in a network and a mount namespace of its own: bridges,
 * rules of the packet filter and mounts are not those of this machine. Containers, images and
 * settings are in one folder. All of it is gone when it is closed.
 */
final class PodmanHost implements Closeable {

  private static final String HOLD = "ip link set lo up && echo held && exec cat";

  private static final List<String> PROGRAMS = List.of("sh", "httpd", "sleep");

  private final Path folder;
  private final Process holder;

  /**
   * @param folder an empty one
   */
  PodmanHost(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(
        folder.resolve("storage.conf"),
        """
        [storage]
        driver = "vfs"
        graphroot = "%1$s/graph"
        runroot = "%1$s/run"
        """
            .formatted(folder));
    Files.writeString(
        folder.resolve("containers.conf"),
        """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1000:1000"]
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "none"
        tmp_dir = "%1$s/tmp"
        [network]
        network_backend = "netavark"
        network_config_dir = "%1$s/networks"
        """
            .formatted(folder));
    makeRoot();
    holder =
        new ProcessBuilder("unshare", "--net", "--mount", "sh", "-c", HOLD)
            .redirectError(Redirect.DISCARD)
            .start();
    BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
    if (!"held".equals(output.readLine())) {
      throw new IOException("no network namespace: needs root, util-linux and iproute2");
    }
  }

  private void makeRoot() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("root/bin"));
    for (String name : List.of("etc", "proc", "sys", "dev", "tmp", "run")) {
      Files.createDirectories(folder.resolve("root").resolve(name));
    }
    Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
    bin.resolve("busybox").toFile().setExecutable(true);
    // With the libraries that it needs, if it is not a static one.
    for (String word : Run.of(List.of("ldd", "/bin/busybox")).out().split("\\s+", -1)) {
      if (word.startsWith("/") && Files.isRegularFile(Path.of(word))) {
        Path copy = folder.resolve("root" + word);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(word), copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    for (String name : PROGRAMS) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("busybox"));
    }
  }

  /** A command line that runs in here. */
  List<String> inside(List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=/proc/" + holder.pid() + "/ns/net",
                "--mount=/proc/" + holder.pid() + "/ns/mnt",
                "env",
                "CONTAINERS_CONF=" + folder.resolve("containers.conf"),
                "CONTAINERS_STORAGE_CONF=" + folder.resolve("storage.conf")));
    words.addAll(command);
    return words;
  }

  /** Runs Podman to its end. What it starts holds its output open, so that is a file. */
  Run podman(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "podman", ".out");
    Path err = Files.createTempFile(folder, "podman", ".err");
    Process process =
        new ProcessBuilder(inside(command))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " has not ended within 30s");
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs the program in here. */
  Run tcptable(String... arguments) {
    return Run.of(inside(ProgramJar.command(arguments)));
  }

  /** The PID of the first process of a container that runs, as this machine has it. */
  long pid(String container) throws IOException, InterruptedException {
    Run run = podman("inspect", "--format", "{{.State.Pid}}", container);
    long pid = Long.parseLong(run.out().strip());
    if (pid <= 0) {
      throw new AssertionError(container + " does not run: " + podman("logs", container));
    }
    return pid;
  }

  @Override
  public void close() throws IOException {
    try {
      podman("rm", "--force", "--all", "--time", "0");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      holder.destroy();
    }
  }
}
