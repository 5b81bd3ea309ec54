// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.platform.BindObstacle;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.ProcessLaunch.Context;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may bind a port below the first unprivileged one, by the rules of the kernel. */
class BindRightsTest {

  private static final long BIND = 1 << 10;
  private static final long NONE = 0;
  private static final int USER = 1000;
  private static final int ROOT = 0;

  private static final PortPolicy FROM_1024 =
      new PortPolicy(
          OptionalInt.empty(), OptionalInt.empty(), List.of(), OptionalInt.of(1024), List.of());

  private static final String LACKS =
      "ports below 1024 take root or CAP_NET_BIND_SERVICE, and neither the user nor %s has that";

  /** The kernel as far as it tells the capabilities of one file. */
  private static final class FileOf extends FakeKernel {

    private final int permitted;
    private final int inheritable;

    FileOf(long permitted, long inheritable) {
      this.permitted = (int) permitted;
      this.inheritable = (int) inheritable;
    }

    @Override
    public int getxattr(ByteBuffer path, ByteBuffer name, ByteBuffer value) {
      if (permitted == 0 && inheritable == 0) {
        return -Errno.ENODATA;
      }
      value.order(ByteOrder.LITTLE_ENDIAN);
      value.putInt(0, 0x0200_0001).putInt(4, permitted).putInt(8, inheritable);
      return 20;
    }
  }

  @TempDir private Path directory;

  private FakeKernel kernel = new FileOf(NONE, NONE);
  private Map<String, String> environment = Map.of();
  private Optional<Context> as = Optional.empty();
  private boolean isDenied;
  private boolean isFirst = true;

  private static ProcText status(int user, long inherited, long own, long bounds, long ambient) {
    return new ProcText(
        "Uid:\t%d\t%d\t%d\t%d\n".formatted(user, user, user, user)
            + "CapInh:\t%016x\nCapPrm:\t%016x\n".formatted(inherited, own)
            + "CapEff:\t%016x\nCapBnd:\t%016x\n".formatted(own, bounds)
            + "CapAmb:\t%016x\nNoNewPrivs:\t0\n".formatted(ambient));
  }

  private static ProcText plain() {
    return status(USER, NONE, NONE, BIND, NONE);
  }

  private static ProcText root() {
    return status(ROOT, NONE, BIND, BIND, NONE);
  }

  private static ProcText withoutNewPrivileges(ProcText status) {
    return new ProcText(status.text().replace("NoNewPrivs:\t0", "NoNewPrivs:\t1"));
  }

  private Path program() {
    try {
      Path program = directory.resolve("program");
      return Files.exists(program) ? program : Files.createFile(program);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<BindObstacle> obstacle(ProcText own, int port) {
    LaunchRequest start =
        new LaunchRequest(
            List.of("program"), environment, directory, as, Optional.empty(), Optional.empty());
    return new BindRights(own, isFirst, address -> isDenied, new FileRights(kernel))
        .obstacle(new InetSocketAddress(port), FROM_1024, program(), start);
  }

  private void assertRefused(ProcText own, String reason) {
    BindObstacle obstacle = obstacle(own, 80).orElseThrow();
    assertThat(obstacle.reason()).isEqualTo(reason.formatted(program()));
    assertThat(obstacle.isCertain()).isTrue();
  }

  @Test
  void whoHasNotTheRightIsRefusedBelowTheFirstPortOnly() {
    assertRefused(plain(), LACKS);
    assertThat(obstacle(plain(), 1023).orElseThrow().remedy())
        .isEqualTo("Run it as root, or use a port from 1024 on.");
    assertThat(obstacle(plain(), 1024)).isEmpty();
  }

  @Test
  void rootMayUnlessItLacksTheRight() {
    assertThat(obstacle(root(), 80)).isEmpty();
    assertThat(obstacle(status(ROOT, NONE, NONE, BIND, NONE), 80)).as("regained").isEmpty();
    String lacks = "ports below 1024 take CAP_NET_BIND_SERVICE, which this root lacks";
    assertRefused(status(ROOT, NONE, NONE, NONE, NONE), lacks);
    assertRefused(withoutNewPrivileges(status(ROOT, NONE, NONE, BIND, NONE)), lacks);
    assertThat(obstacle(withoutNewPrivileges(root()), 80)).isEmpty();
  }

  /** As on a user's own Java with file capabilities: what it starts does not have them. */
  @Test
  void onlyAnAmbientCapabilityIsHandedOnToAnyProgram() {
    assertThat(obstacle(status(USER, BIND, BIND, BIND, BIND), 80)).isEmpty();
    assertRefused(status(USER, BIND, BIND, BIND, NONE), LACKS);
  }

  @Test
  void aFileMayGiveIt() {
    kernel = new FileOf(BIND, NONE);
    assertThat(obstacle(plain(), 80)).isEmpty();
    kernel = new FileOf(1 << 5, NONE);
    assertRefused(plain(), LACKS);
    kernel = new FileOf(NONE, BIND);
    assertThat(obstacle(status(USER, BIND, NONE, BIND, NONE), 80)).isEmpty();
    assertRefused(plain(), LACKS);
  }

  @Test
  void aFileGivesNothingToAProcessThatMayNotGain() {
    kernel = new FileOf(BIND, NONE);
    String barred =
        "ports below 1024 take root or CAP_NET_BIND_SERVICE; %s would get that, but this process"
            + " may not gain rights";
    assertRefused(withoutNewPrivileges(plain()), barred);
    assertRefused(status(USER, NONE, NONE, NONE, NONE), barred);
    as = Optional.of(context(USER, true));
    assertRefused(plain(), barred);
  }

  @Test
  void theUserThatItIsStartedAsCounts() {
    as = Optional.of(context(USER, false));
    assertRefused(root(), LACKS);
    as = Optional.of(context(ROOT, false));
    assertThat(obstacle(root(), 80)).isEmpty();
  }

  private static Context context(int user, boolean noNewPrivileges) {
    return new Context(user, user, List.of(), 022, Map.of(), 0, noNewPrivileges, Map.of());
  }

  @Test
  void whatCannotBeReadIsNotCertain() {
    kernel = new FakeKernel();
    BindObstacle unread = obstacle(plain(), 80).orElseThrow();
    assertThat(unread.isCertain()).isFalse();
    assertThat(unread.reason())
        .isEqualTo(
            "ports below 1024 take root or CAP_NET_BIND_SERVICE, and the user does not have that");
    assertThat(obstacle(ProcText.UNKNOWN, 80)).isEmpty();
  }

  /** As {@code authbind(1)} does. */
  @Test
  void aLibraryThatIsLoadedBeforeMayHaveAHelper() {
    environment = Map.of("LD_PRELOAD", "/usr/lib/authbind/libauthbind.so.1");
    assertThat(obstacle(plain(), 80).orElseThrow().isCertain()).isFalse();
  }

  @Test
  void rootOfAUserNamespaceMayBindInANetworkOfThatNamespaceOnly() {
    isFirst = false;
    assertThat(obstacle(root(), 80)).isEmpty();
    isDenied = true;
    assertRefused(
        root(),
        "ports below 1024 take CAP_NET_BIND_SERVICE, which does not count here: the network does"
            + " not belong to the user namespace of this process");
    isFirst = true;
    assertThat(obstacle(root(), 80)).as("denied by something else").isEmpty();
  }
}
