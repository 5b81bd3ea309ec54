// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.platform.PublishingContainer.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The containers of Docker by the files that its daemon keeps of each, which only root may read
 * unless they are the user's own: {@code hostconfig.json} says which ports it publishes, {@code
 * config.v2.json} in which state it is.
 */
public final class DockerContainers {

  /** A host may have thousands; each takes two small files. */
  private static final int MOST = 1000;

  private final List<Path> folders;

  /**
   * @param folders where the daemons of root and of this user keep them; they may be missing
   */
  DockerContainers(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** As this process sees the files. */
  public static DockerContainers here() {
    return new DockerContainers(ContainerNames.here().docker());
  }

  /** Those that are set up to publish a TCP port of this machine; not those of a port by chance. */
  public List<PublishingContainer> publishing(int port) {
    List<PublishingContainer> found = new ArrayList<>();
    int left = MOST;
    for (Path folder : folders) {
      try (DirectoryStream<Path> containers = Files.newDirectoryStream(folder)) {
        for (Path container : containers) {
          if (left-- == 0) {
            return found;
          }
          if (publishes(container, port)) {
            state(container).ifPresent(found::add);
          }
        }
      } catch (IOException e) {
        // There is no Docker here, or this user may not read its files.
      }
    }
    return found;
  }

  /** {@code "PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"3001"}]}}. */
  private static boolean publishes(Path container, int port) {
    return RuntimeFile.json(container.resolve("hostconfig.json"))
        .flatMap(config -> RuntimeFile.member(config, "PortBindings"))
        .filter(Map.class::isInstance)
        .map(bindings -> (Map<?, ?>) bindings)
        .filter(bindings -> bindings.entrySet().stream().anyMatch(it -> isOf(it, port)))
        .isPresent();
  }

  private static boolean isOf(Map.Entry<?, ?> binding, int port) {
    return String.valueOf(binding.getKey()).endsWith("/tcp")
        && binding.getValue() instanceof List<?> places
        && places.stream()
            .flatMap(place -> RuntimeFile.text(place, "HostPort").stream())
            .anyMatch(Integer.toString(port)::equals);
  }

  private static Optional<PublishingContainer> state(Path container) {
    return RuntimeFile.json(container.resolve("config.v2.json"))
        .flatMap(
            config ->
                RuntimeFile.member(config, "State").map(state -> of(container, config, state)));
  }

  private static PublishingContainer of(Path container, Object config, Object state) {
    // What is about to be started again counts as running too.
    State known =
        is(state, "Restarting")
            ? State.RESTARTING
            : is(state, "Running") ? State.RUNNING : State.ENDED;
    return new PublishingContainer(
        "docker " + container.getFileName(),
        RuntimeFile.text(config, "Name").map(ContainerNames::withoutSlash),
        known,
        number(config, "RestartCount").orElse(0),
        known == State.RUNNING ? OptionalInt.empty() : number(state, "ExitCode"),
        is(state, "OOMKilled"));
  }

  private static boolean is(Object state, String name) {
    return RuntimeFile.member(state, name).filter(Boolean.TRUE::equals).isPresent();
  }

  private static OptionalInt number(Object of, String name) {
    return Stream.of(RuntimeFile.member(of, name))
        .flatMap(Optional::stream)
        .filter(Number.class::isInstance)
        .mapToInt(it -> ((Number) it).intValue())
        .findFirst();
  }
}
