// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a process runs, and under whom. What this user may not know is empty. Immutable. */
public final class ProcessPlacement {
  private final Optional<String> service;
  private final boolean userService;
  private final Optional<String> container;
  private final boolean userContainer;
  private final boolean trustedProgram;
  private final OptionalLong networkNamespace;
  private final OptionalLong pidNamespace;

  private ProcessPlacement(Builder from) {
    this.service = from.service;
    this.userService = from.userService;
    this.container = from.container;
    this.userContainer = from.userContainer;
    this.trustedProgram = from.trustedProgram;
    this.networkNamespace = from.networkNamespace;
    this.pidNamespace = from.pidNamespace;
  }

  /** Begins with nothing known. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The service of the system's supervisor that it belongs to: on Linux a unit of systemd, such as
   * {@code web.service}, by the path of its control group; on Windows the services that have made
   * its TCP sockets, such as {@code TermService}, several with a comma between them.
   */
  public Optional<String> service() {
    return service;
  }

  /** Whether that is a service of a user's own supervisor ({@code systemctl --user}). */
  public boolean userService() {
    return userService;
  }

  /**
   * The runtime of its container and the ID or name there, such as {@code docker 5f3c0a...}; by the
   * path of its control group as seen from here.
   */
  public Optional<String> container() {
    return container;
  }

  /**
   * Whether that container lies below a user's own service manager, as those of rootless Podman do:
   * the user may have given the name of a container to any process there.
   */
  public boolean userContainer() {
    return userContainer;
  }

  /**
   * Whether only root and the user of this JVM can have put the program there that it runs: the
   * file and each directory above it belongs to one of them, and others cannot write to it. False
   * on Windows, and where it is not known.
   */
  public boolean trustedProgram() {
    return trustedProgram;
  }

  /** The number of its network namespace, see {@code namespaces(7)}. */
  public OptionalLong networkNamespace() {
    return networkNamespace;
  }

  /** The number of its PID namespace. */
  public OptionalLong pidNamespace() {
    return pidNamespace;
  }

  /** All that is known. */
  @Override
  public String toString() {
    return "ProcessPlacement[service="
        + service
        + ", userService="
        + userService
        + ", container="
        + container
        + ", userContainer="
        + userContainer
        + ", trustedProgram="
        + trustedProgram
        + ", networkNamespace="
        + networkNamespace
        + ", pidNamespace="
        + pidNamespace
        + "]";
  }

  /** Makes one. A number below zero, or null, is not known. For one thread. */
  public static final class Builder {

    private Optional<String> service = Optional.empty();
    private boolean userService;
    private Optional<String> container = Optional.empty();
    private boolean userContainer;
    private boolean trustedProgram;
    private OptionalLong networkNamespace = OptionalLong.empty();
    private OptionalLong pidNamespace = OptionalLong.empty();

    private Builder() {}

    public Builder service(Optional<String> service) {
      Objects.requireNonNull(service, "service");
      this.service = service;
      return this;
    }

    public Builder userService(boolean userService) {
      this.userService = userService;
      return this;
    }

    /**
     * Its container, as {@link ProcessPlacement#container()} tells it.
     *
     * @throws IllegalArgumentException if it is not a runtime and an ID or name, such as {@code
     *     docker 5f3c0a}
     */
    public Builder container(Optional<String> container) {
      Objects.requireNonNull(container, "container");
      container.ifPresent(Builder::requireRuntime);
      this.container = container;
      return this;
    }

    private static void requireRuntime(String container) {
      int blank = container.indexOf(' ');
      if (blank < 1 || blank == container.length() - 1) {
        throw new IllegalArgumentException(
            "'" + container + "' is not a runtime and a container, such as 'docker 5f3c0a'");
      }
    }

    public Builder userContainer(boolean userContainer) {
      this.userContainer = userContainer;
      return this;
    }

    public Builder trustedProgram(boolean trustedProgram) {
      this.trustedProgram = trustedProgram;
      return this;
    }

    public Builder networkNamespace(long networkNamespace) {
      this.networkNamespace = Known.orEmpty(networkNamespace);
      return this;
    }

    public Builder pidNamespace(long pidNamespace) {
      this.pidNamespace = Known.orEmpty(pidNamespace);
      return this;
    }

    public ProcessPlacement build() {
      return new ProcessPlacement(this);
    }
  }
}
