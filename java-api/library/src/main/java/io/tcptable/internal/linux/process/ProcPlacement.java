// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.process.ProcessPlacement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a process runs: its namespaces by {@code namespaces(7)}, its container and its systemd
 * service by the path of its control group. What such paths tell is found out once, so an instance
 * serves one question and is not kept.
 */
final class ProcPlacement {

  /**
   * What lies above the group of a service or container: slices, which only the service manager
   * makes. Whoever owns a group may give those below it any name, also that of another's service.
   * Paths from outside of this control group namespace begin with {@code /..}.
   */
  private static final String SLICES = "^(?:/\\.\\.)*(?:/[^/]+\\.slice)*";

  /** Where a user's own services begin; their supervisor is itself a service. */
  private static final Pattern USER_MANAGER =
      Pattern.compile(SLICES + "/user@\\d+\\.service(?=/|$)");

  private static final Pattern SERVICE = Pattern.compile(SLICES + "/([^/]+\\.service)(?=/|$)");

  private static final String ID = "([0-9a-f]{64})";

  /** {@code docker-ID.scope}, {@code cri-containerd-ID.scope}, {@code libpod-ID.scope}. */
  private static final Pattern SCOPE =
      Pattern.compile(
          "(?:"
              + SLICES
              + "|^(?:/\\.\\.)*/(?:kubepods|libpod_parent)(?:/[^/]+)*)/(docker|cri-containerd|crio|libpod)-"
              + ID
              + "(?:\\.scope)?(?=/|$)");

  /** {@code /docker/ID}, and {@code /kubepods/.../ID} as the older drivers write it. */
  private static final Pattern DIRECTORY =
      Pattern.compile("^(?:/\\.\\.)*/(docker|kubepods|ecs|garden)(?:/[^/]+)*?/" + ID + "(?=/|$)");

  /** {@code lxc.payload.NAME}, {@code /lxc/NAME}, {@code machine-NAME.scope} of systemd-nspawn. */
  private static final Pattern NAMED =
      Pattern.compile(
          SLICES + "/(?:(lxc)(?:\\.payload\\.|/)([^/]+)|(machine)-([^/]+)\\.scope)(?=/|$)");

  /** What the paths of control groups tell. */
  private record Place(Optional<Unit> unit, Optional<String> container, boolean isUserContainer) {}

  private final TrustedPrograms trusted = new TrustedPrograms();

  /** Most processes share their control groups with others. */
  private final Map<ProcText, Place> places = new ConcurrentHashMap<>();

  ProcessPlacement of(Path process) throws IOException {
    Place place =
        places.computeIfAbsent(
            ProcFile.text(process.resolve("cgroup")), text -> place(Cgroups.parse(text).paths()));
    return ProcessPlacement.builder()
        .service(place.unit().map(Unit::name))
        .userService(place.unit().map(Unit::user).orElse(false))
        .container(place.container())
        .userContainer(place.isUserContainer())
        .trustedProgram(trusted.include(process))
        .networkNamespace(namespace(process, "net"))
        .pidNamespace(namespace(process, "pid"))
        .build();
  }

  private static Place place(List<String> paths) {
    Optional<Unit> unit = paths.stream().flatMap(path -> unit(path).stream()).findFirst();
    Optional<String> container =
        paths.stream().flatMap(path -> container(path).stream()).findFirst();
    return new Place(
        unit,
        container,
        paths.stream().anyMatch(path -> isBelowUser(path) && container(path).isPresent()));
  }

  /** A service of systemd. */
  record Unit(String name, boolean user) {}

  /** The service; a scope or a login session is not one that is started anew. */
  static Optional<Unit> unit(String path) {
    boolean user = isBelowUser(path);
    String below = user ? withoutManager(path) : withoutContainer(path);
    Matcher service = SERVICE.matcher(below);
    return service.find() && !below.substring(service.end()).contains(".scope")
        ? Optional.of(new Unit(service.group(1), user))
        : Optional.empty();
  }

  private static String withoutManager(String path) {
    return USER_MANAGER.matcher(path).replaceFirst("");
  }

  /** A container may have services of its own. */
  private static String withoutContainer(String path) {
    return Stream.of(SCOPE, DIRECTORY, NAMED)
        .map(pattern -> pattern.matcher(path))
        .filter(Matcher::find)
        .map(container -> path.substring(container.end()))
        .findFirst()
        .orElse(path);
  }

  /** Whether a user's own service manager has made the groups of a path. */
  static boolean isBelowUser(String path) {
    return USER_MANAGER.matcher(path).find();
  }

  /** The runtime and the ID or name: {@code docker 5f3c...}. */
  static Optional<String> container(String path) {
    return containerBelow(withoutManager(path));
  }

  private static Optional<String> containerBelow(String path) {
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

  private static long namespace(Path process, String kind) {
    return ProcLink.number(process.resolve("ns").resolve(kind));
  }
}
