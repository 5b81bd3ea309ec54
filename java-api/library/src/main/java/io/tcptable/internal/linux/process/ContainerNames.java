// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.platform.NamedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people call a container, from the files that its runtime keeps: no daemon is asked, which
 * may hang like the server. On a host where this user may not read them, or within a container, the
 * name stays unknown.
 */
public final class ContainerNames {

  private static final String DOCKER = "docker ";
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
    return ofRuntime(runtime, id).or(() -> kubernetesLog(id));
  }

  /**
   * The service of Docker Compose that a container is one of, as {@code project/service}.
   *
   * @param container as above
   */
  public Optional<String> composeService(String container) {
    return container.startsWith(DOCKER)
        ? dockerConfig(container.substring(DOCKER.length()))
            .flatMap(ContainerNames::labels)
            .flatMap(
                labels ->
                    RuntimeFile.text(labels, "com.docker.compose.project")
                        .flatMap(
                            project ->
                                RuntimeFile.text(labels, "com.docker.compose.service")
                                    .map(service -> project + "/" + service)))
        : Optional.empty();
  }

  private Optional<String> ofRuntime(String runtime, String id) {
    return switch (runtime) {
      case "docker" -> dockerConfig(id).flatMap(ContainerNames::docker);
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

  /** Where the daemons of Docker of root and of this user keep a folder of each container. */
  List<Path> docker() {
    return Stream.of(root.resolve("var/lib/docker"), home.resolve(".local/share/docker"))
        .map(folder -> folder.resolve("containers"))
        .toList();
  }

  private Optional<Object> dockerConfig(String id) {
    return docker().stream()
        .map(folder -> folder.resolve(id).resolve("config.v2.json"))
        .flatMap(file -> RuntimeFile.json(file).stream())
        .findFirst();
  }

  static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private static Optional<Object> labels(Object config) {
    return RuntimeFile.member(config, "Config").flatMap(it -> RuntimeFile.member(it, "Labels"));
  }

  /** One that Kubernetes has it run is labelled. */
  private static Optional<String> docker(Object config) {
    return labels(config)
        .flatMap(
            labels ->
                inPod(
                    labels,
                    "io.kubernetes.pod.namespace",
                    "io.kubernetes.pod.name",
                    "io.kubernetes.container.name"))
        .or(() -> RuntimeFile.text(config, "Name").map(ContainerNames::withoutSlash));
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
        .flatMap(file -> RuntimeFile.json(file).stream())
        .flatMap(all -> all instanceof List<?> containers ? containers.stream() : Stream.of())
        .filter(container -> RuntimeFile.text(container, "id").filter(id::equals).isPresent())
        .flatMap(container -> RuntimeFile.member(container, "names").stream())
        .flatMap(names -> names instanceof List<?> list ? list.stream() : Stream.of())
        .map(Object::toString)
        .findFirst();
  }

  private static Optional<String> kubernetes(
      Path folder, String namespace, String pod, String container) {
    return RuntimeFile.json(folder.resolve("config.json"))
        .flatMap(config -> RuntimeFile.member(config, "annotations"))
        .flatMap(notes -> inPod(notes, namespace, pod, container));
  }

  private static Optional<String> inPod(
      Object notes, String namespace, String pod, String container) {
    return RuntimeFile.text(notes, container)
        .map(
            name ->
                RuntimeFile.text(notes, namespace).map(n -> n + "/").orElse("")
                    + RuntimeFile.text(notes, pod).map(p -> p + "/").orElse("")
                    + name);
  }

  /**
   * By the links to logs that the kubelet makes for any runtime, and that all users may list:
   * {@code POD_NAMESPACE_CONTAINER-ID.log}. None of the names has an underscore.
   */
  private Optional<String> kubernetesLog(String id) {
    String end = "-" + id + ".log";
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(
            root.resolve("var/log/containers"),
            log -> log.getFileName().toString().endsWith(end))) {
      for (Path log : logs) {
        String name = log.getFileName().toString();
        String[] parts = name.substring(0, name.length() - end.length()).split("_", -1);
        if (parts.length == 3) {
          return Optional.of(parts[1] + "/" + parts[0] + "/" + parts[2]);
        }
      }
    } catch (IOException e) {
      // There is no kubelet here.
    }
    return Optional.empty();
  }
}
