// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a directory laid out as {@code /proc} is. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NioProcOwnerSourceTest {

  @TempDir private Path proc;

  @Test
  void findsAllOwnersOfEachSocket() throws IOException {
    process(1, "S", "pipe:[1]");
    process(7, "S", "socket:[11]", "pipe:[12]", "socket:[11]");
    process(8, "S", "socket:[11]", "socket:[12]", "socket:[99]");

    OwnerColumns owners = find(11, 12, 13);

    assertThat(pids(owners, 0)).containsExactly(7, 8);
    assertThat(pids(owners, 1)).containsExactly(8);
    assertThat(pids(owners, 2)).isEmpty();
    assertThat(owners.unreadable()).isZero();
    assertThat(owners.hidden()).isFalse();
  }

  /** Its start time is another one once its descriptors have been read. */
  @Test
  void aPidThatWasGivenAwayMeanwhileOwnsNothing() throws Exception {
    process(6, "S", "socket:[11]");
    process(7, "S", "socket:[11]", "socket:[12]");
    Thread kernel = restartedOnceItIsLookedAt(7);

    OwnerColumns owners = find(11, 12);

    kernel.join();
    assertThat(pids(owners, 0)).containsExactly(6);
    assertThat(pids(owners, 1)).isEmpty();
    assertThat(owners.isNone(1)).isFalse();
  }

  @Test
  void whereTheFirstThreadHasEndedTheOthersTell() throws IOException {
    process(7, "Z");
    descriptors(proc.resolve("7/task/7"));
    descriptors(proc.resolve("7/task/8"), "socket:[11]");

    assertThat(pids(find(11), 0)).containsExactly(7);
  }

  @Test
  void processesAreHiddenIfTheFirstOneIs() throws IOException {
    process(7, "S", "socket:[11]");

    OwnerColumns owners = find(11);

    assertThat(owners.hidden()).isTrue();
    assertThat(pids(owners, 0)).containsExactly(7);
  }

  private void process(int pid, String state, String... links) throws IOException {
    Path process = proc.resolve(Integer.toString(pid));
    descriptors(process, links);
    Files.createDirectories(process.resolve("task"));
    Files.writeString(process.resolve("stat"), stat(pid, state, 100));
  }

  private static void descriptors(Path task, String... links) throws IOException {
    Path descriptors = Files.createDirectories(task.resolve("fd"));
    for (int i = 0; i < links.length; i++) {
      Files.createSymbolicLink(descriptors.resolve(Integer.toString(i)), Path.of(links[i]));
    }
  }

  private static String stat(int pid, String state, int start) {
    return pid
        + (" (server) " + state + " 1 1 1 0 -1 4194560 100 0 0 0 5 6 0 0 20 0 2 0 " + start)
        + " 12345678 900 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0\n";
  }

  /**
   * The first reading of its status is still that of the process before: from a pipe, which hands
   * it out only when the file of the next one stands in its place.
   */
  private Thread restartedOnceItIsLookedAt(int pid) throws Exception {
    Path stat = proc.resolve(pid + "/stat");
    Path next = Files.writeString(proc.resolve("next"), stat(pid, "S", 200));
    Files.delete(stat);
    assertThat(new ProcessBuilder("mkfifo", stat.toString()).start().waitFor()).isZero();
    Thread kernel =
        new Thread(
            () -> {
              try (var pipe = Files.newBufferedWriter(stat)) {
                Files.move(next, stat, StandardCopyOption.ATOMIC_MOVE);
                pipe.write(stat(pid, "S", 100));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    kernel.start();
    return kernel;
  }

  private OwnerColumns find(int... inodes) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all(), EnumSet.allOf(SocketColumns.Column.class));
    for (int inode : inodes) {
      builder.add(false, DiagMessage.ESTABLISHED, 1, 2);
      builder.addresses(0, 0);
      builder.identity(inode, 0);
      builder.attributes(0, 0, -1);
    }
    SocketColumns sockets = builder.build();
    OwnerSearch search = new OwnerSearch();
    search.start(sockets);
    new NioProcOwnerSource(proc).find(search);
    return search.finish(sockets);
  }

  private static List<Integer> pids(OwnerColumns owners, int row) {
    return IntStream.range(0, owners.count(row))
        .mapToObj(n -> owners.process(owners.owner(row, n)).pid())
        .toList();
  }
}
