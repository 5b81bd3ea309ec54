// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.SmallNetwork;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The situation of the debugging guide, see {@code guide.py}: on its own port 3001 and in its own
 * directory {@code /srv/app}, among no processes but its own. It is gone when this is closed, with
 * all that was started in it, even if this JVM is killed.
 */
final class GuideScene implements Closeable {

  private static final String SET_UP =
      """
      ip link set lo up &&
      mount -t tmpfs scene /srv && mkdir /srv/app && cp -r "$1" /srv/app/backend &&
      exec python3 /srv/app/backend/guide.py
      """;

  private static final int SECONDS_TO_END = 10;

  private final Process holder;

  GuideScene() {
    List<String> command =
        new ArrayList<>(SmallNetwork.unshare("--pid", "--fork", "--kill-child", "--mount-proc"));
    command.addAll(List.of("sh", "-c", SET_UP, "sh", Backend.script("").toString()));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
      builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      holder = builder.start();
      assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("ready ");
    } catch (IOException e) {
      throw new AssertionError("this test needs util-linux, iproute2 and Python 3", e);
    }
  }

  /** Runs the program in the directory of the scene, as its user would; a server stays. */
  Run tcptable(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("nsenter"));
    String namespaces = "/proc/" + holder.pid() + "/ns/";
    command.add("--net=" + namespaces + "net");
    command.add("--mount=" + namespaces + "mnt");
    command.add("--pid=" + namespaces + "pid_for_children");
    command.addAll(List.of("env", "PATH=/usr/bin:/bin", "BACKEND_UNTIL=1"));
    command.addAll(List.of("sh", "-c", "cd /srv/app && exec \"$@\"", "sh"));
    command.addAll(ProgramJar.command(arguments.toArray(String[]::new)));
    return Run.of(command);
  }

  @Override
  public void close() throws IOException {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
