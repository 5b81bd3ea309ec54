// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.ListenAddress;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.Platform;
import io.tcptable.process.PortPolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why a new server would lack the right to bind an address, be that in use or not.
 *
 * @param address the address
 * @param obstacle why
 */
public record MissingBindRight(ListenAddress address, BindObstacle obstacle) {

  /**
   * Of a server that is to be started here; empty if it has the right, as far as that is known.
   *
   * @param policy the rules of the system
   * @param start how it is started
   */
  public static Optional<MissingBindRight> of(
      ListenAddress address, PortPolicy policy, LaunchRequest start) {
    return image(start)
        .flatMap(
            image ->
                Platforms.access()
                    .processes()
                    .bindObstacle(BindAddress.of(address), policy, image, start)
                    .map(it -> ServerProgram.runsOthers(image, start.words()) ? asked(it) : it))
        .map(it -> new MissingBindRight(address, it));
  }

  /** The file whose code runs; empty if there is none, which is said elsewhere. */
  private static Optional<Path> image(LaunchRequest start) {
    Platform platform = Platforms.current();
    return platform
        .findProgram(start.words().get(0), start.directory(), start.environment())
        .map(program -> platform.image(program, start.directory(), start.environment()));
  }

  private static BindObstacle asked(BindObstacle of) {
    return of.isCertain()
        ? new BindObstacle(
            of.reason() + ", but it may have another program do so", of.remedy(), false)
        : of;
  }

  /** Whether it certainly could not bind the address. */
  public boolean isCertain() {
    return obstacle.isCertain();
  }

  /** What is known: a clause without a full stop. */
  public String clause() {
    return (isCertain()
            ? "the new server could not bind "
            : "it is not known whether the new server may bind ")
        + address
        + ": "
        + obstacle.reason();
  }
}
