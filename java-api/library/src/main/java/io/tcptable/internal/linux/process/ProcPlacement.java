// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.process.ProcessPlacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a process runs: its namespaces by {@code namespaces(7)}, its container and its systemd
 * service by the path of its control group.
 */
final class ProcPlacement {

  /** {@code docker-ID.scope}, {@code cri-containerd-ID.scope}, {@code libpod-ID.scope}. */
  private static final Pattern SCOPE =
      Pattern.compile("/(docker|cri-containerd|crio|libpod)-([0-9a-f]{64})(?:\\.scope)?(?=/|$)");

  /** {@code /docker/ID}, and {@code /kubepods/.../ID} as the older drivers write it. */
  private static final Pattern DIRECTORY =
      Pattern.compile("/(docker|kubepods|ecs|garden)(?:/[^/]+)*?/([0-9a-f]{64})(?=/|$)");

  /** {@code lxc.payload.NAME}, {@code /lxc/NAME}, {@code machine-NAME.scope} of systemd-nspawn. */
  private static final Pattern NAMED =
      Pattern.compile("/(?:(lxc)(?:\\.payload\\.|/)([^/]+)|(machine)-([^/]+)\\.scope)(?=/|$)");

  /** The supervisor of a user's own services is itself a service. */
  private static final Pattern USER_MANAGER = Pattern.compile("/user@\\d+\\.service(?=/|$)");

  private static final Pattern SERVICE = Pattern.compile("/([^/]+\\.service)(?=/|$)");

  private ProcPlacement() {}

  static ProcessPlacement of(Path process) throws IOException {
    List<String> paths = Cgroups.of(process).paths();
    Optional<Unit> unit = paths.stream().flatMap(path -> unit(path).stream()).findFirst();
    Optional<String> container =
        paths.stream().flatMap(path -> container(path).stream()).findFirst();
    return ProcessPlacement.builder()
        .service(unit.map(Unit::name))
        .userService(unit.map(Unit::user).orElse(false))
        .container(container)
        .networkNamespace(namespace(process, "net"))
        .pidNamespace(namespace(process, "pid"))
        .build();
  }

  /** A service of systemd. */
  record Unit(String name, boolean user) {}

  /** The innermost service; a scope or a login session is not one that is started anew. */
  static Optional<Unit> unit(String path) {
    Matcher manager = USER_MANAGER.matcher(path);
    boolean user = manager.find();
    String below = user ? path.substring(manager.end()) : path;
    return SERVICE
        .matcher(below)
        .results()
        .reduce((outer, inner) -> inner)
        .filter(service -> !below.substring(service.end()).contains(".scope"))
        .map(service -> new Unit(service.group(1), user));
  }

  /** The runtime and the ID or name: {@code docker 5f3c...}. */
  static Optional<String> container(String path) {
    Matcher scope = SCOPE.matcher(path);
    if (scope.find()) {
      return Optional.of(scope.group(1) + " " + scope.group(2));
    }
    Matcher directory = DIRECTORY.matcher(path);
    if (directory.find()) {
      return Optional.of(directory.group(1) + " " + directory.group(2));
    }
    Matcher named = NAMED.matcher(path);
    if (named.find()) {
      return Optional.of(
          named.group(1) != null ? "lxc " + named.group(2) : "machine " + named.group(4));
    }
    return Optional.empty();
  }

  /** The number in a link such as {@code net:[4026531840]}; -1 if this user may not know. */
  private static long namespace(Path process, String kind) {
    try {
      String link = Files.readSymbolicLink(process.resolve("ns").resolve(kind)).toString();
      return Long.parseLong(link, link.indexOf('[') + 1, link.length() - 1, 10);
    } catch (IOException e) {
      return -1;
    }
  }
}
