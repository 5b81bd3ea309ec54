// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.json.JsonText;
import io.tcptable.internal.platform.NamedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people call a container, from the files that its runtime keeps: no daemon is asked, which
 * may hang like the server. On a host where this user may not read them, or within a container, the
 * name stays unknown.
 */
public final class ContainerNames {

  /** More is no such file. */
  private static final long LONGEST = 16 << 20;

  private static final String PODMAN = "var/lib/containers/storage";

  private final Path root;
  private final Path home;

  /**
   * @param root of the file system
   * @param home where rootless runtimes keep their files
   */
  ContainerNames(Path root, Path home) {
    this.root = root;
    this.home = home;
  }

  /** As this process sees the files. */
  public static ContainerNames here() {
    Path root = Path.of("/");
    return new ContainerNames(root, NamedFile.of(System.getProperty("user.home")).orElse(root));
  }

  /**
   * The name, or in Kubernetes namespace, pod and container as {@code shop/web-7d4b9/app}.
   *
   * @param container runtime and ID, such as {@code docker 5f3c0a...}
   */
  public Optional<String> of(String container) {
    String runtime = container.substring(0, container.indexOf(' '));
    String id = container.substring(container.indexOf(' ') + 1);
    return switch (runtime) {
      case "docker" ->
          Stream.of(root.resolve("var/lib/docker"), home.resolve(".local/share/docker"))
              .flatMap(folder -> docker(folder.resolve("containers").resolve(id)).stream())
              .findFirst();
      case "libpod" ->
          Stream.of(root.resolve(PODMAN), home.resolve(".local/share/containers/storage"))
              .flatMap(folder -> podman(folder, id).stream())
              .findFirst();
      case "cri-containerd" ->
          kubernetes(
              root.resolve("run/containerd/io.containerd.runtime.v2.task/k8s.io").resolve(id),
              "io.kubernetes.cri.sandbox-namespace",
              "io.kubernetes.cri.sandbox-name",
              "io.kubernetes.cri.container-name");
      case "crio" ->
          kubernetes(
              root.resolve("run/containers/storage/overlay-containers")
                  .resolve(id)
                  .resolve("userdata"),
              "io.kubernetes.pod.namespace",
              "io.kubernetes.pod.name",
              "io.kubernetes.container.name");
      default -> Optional.empty();
    };
  }

  private static Optional<String> docker(Path folder) {
    return json(folder.resolve("config.v2.json"))
        .flatMap(config -> text(config, "Name"))
        .map(name -> name.startsWith("/") ? name.substring(1) : name);
  }

  /** One file for all containers of a storage driver, and one for those run with {@code --rm}. */
  private static Optional<String> podman(Path storage, String id) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> drivers = Files.newDirectoryStream(storage, "*-containers")) {
      for (Path driver : drivers) {
        files.add(driver.resolve("containers.json"));
        files.add(driver.resolve("volatile-containers.json"));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return files.stream()
        .flatMap(file -> json(file).stream())
        .flatMap(all -> all instanceof List<?> containers ? containers.stream() : Stream.of())
        .filter(container -> text(container, "id").filter(id::equals).isPresent())
        .flatMap(container -> member(container, "names").stream())
        .flatMap(names -> names instanceof List<?> list ? list.stream() : Stream.of())
        .map(Object::toString)
        .findFirst();
  }

  private static Optional<String> kubernetes(
      Path folder, String namespace, String pod, String container) {
    return json(folder.resolve("config.json"))
        .flatMap(config -> member(config, "annotations"))
        .flatMap(
            notes ->
                text(notes, container)
                    .map(
                        name ->
                            text(notes, namespace).map(n -> n + "/").orElse("")
                                + text(notes, pod).map(p -> p + "/").orElse("")
                                + name));
  }

  private static Optional<Object> json(Path file) {
    try {
      return Files.size(file) > LONGEST
          ? Optional.empty()
          : Optional.of(JsonText.parse(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      // Not there, not for this user, or kept in another way by another version.
      return Optional.empty();
    }
  }

  private static Optional<Object> member(Object of, String name) {
    return of instanceof Map<?, ?> members
        ? Optional.ofNullable(members.get(name))
        : Optional.empty();
  }

  private static Optional<String> text(Object of, String name) {
    return member(of, name).filter(String.class::isInstance).map(String.class::cast);
  }
}
