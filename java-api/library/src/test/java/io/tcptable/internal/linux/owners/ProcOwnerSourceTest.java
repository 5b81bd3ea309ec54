// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.linux.FakeKernel;
import io.tcptable.internal.linux.FakeProcess;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every owner that stays is found, what goes is left out, and what is in the way is an error. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcOwnerSourceTest {

  private final FakeKernel kernel = new FakeKernel();
  private final ProcOwnerSource source = new ProcOwnerSource(kernel);

  @AfterEach
  void everyDescriptorIsClosedOnce() {
    assertThat(kernel.open()).isEmpty();
  }

  @Test
  void findsAllOwnersOfEachSocket() {
    kernel.proc().start(7, "seven").holds(1, 2, 2, 1);
    kernel.proc().start(5, "a) S (b").links("/dev/null").holds(2);
    kernel.proc().start(9, "nine").holds(99).links("pipe:[1]").links("anon_inode:[eventpoll]");

    OwnerColumns owners = find(1, 2, 3, 0);

    assertThat(pids(owners, 0)).containsExactly(7);
    assertThat(pids(owners, 1)).containsExactly(5, 7);
    assertThat(pids(owners, 2)).isEmpty();
    assertThat(pids(owners, 3)).isEmpty();
    assertThat(IntStream.range(0, 4).filter(owners::isNone)).containsExactly(3);
    assertThat(owners.processCount()).isEqualTo(2);
    assertThat(owners.process(0).name()).isEqualTo("a) S (b");
    assertThat(owners.process(0).start()).isEqualTo(1200);
    assertThat(owners.process(1).start()).isEqualTo(1100);
    assertThat(owners.unreadable()).isZero();
  }

  @Test
  void whereTheFirstThreadHasEndedTheOthersTell() {
    kernel.proc().start(7, "seven").holds(1, 2).zombie(3);
    kernel.proc().start(20, "gone for good").holds(1).zombie(1);

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).containsExactly(7);
    assertThat(pids(owners, 1)).containsExactly(7);
    assertThat(owners.process(0).name()).isEqualTo("seven");
    assertThat(owners.process(0).start()).isEqualTo(1100);
    assertThat(owners.unreadable()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc/7/fd/../task",
    "getdents64,/proc/7/fd/../task",
    "openat,/proc/7/fd/../task/8/fd",
    "getdents64,/proc/7/fd/../task/8/fd",
    "readlinkat,/proc/7/fd/../task/8/fd/1",
    "read,/proc/7/fd/../stat"
  })
  void threadsThatVanishAtAnyStepHoldNothing(String call, String path) {
    kernel.proc().start(7, "seven").holds(1, 2).zombie(2);
    kernel.on(call, path).once().run(() -> kernel.proc().end(7));

    OwnerColumns owners = find(1, 2);

    assertThat(owners.processCount()).isZero();
    assertThat(owners.unreadable()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc/7/fd/../task,EACCES,13",
    "openat,/proc/7/fd/../task/8/fd,EACCES,13",
    "readlinkat,/proc/7/fd/../task/8/fd/1,EPERM,1"
  })
  void threadsThatMayNotBeReadAreCountedOnce(String call, String path, String name, int errno) {
    kernel.proc().start(7, "seven").holds(1, 2).zombie(3);
    kernel.on(call, path).fail(errno);

    OwnerColumns owners = find(1, 2);

    assertThat(owners.processCount()).as(name).isZero();
    assertThat(owners.unreadable()).as(name).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc/7/fd/../task",
    "getdents64,/proc/7/fd/../task",
    "openat,/proc/7/fd/../task/8/fd",
    "getdents64,/proc/7/fd/../task/8/fd"
  })
  void runningShortAtThreadsIsAnErrorToo(String call, String path) {
    kernel.proc().start(7, "seven").holds(1, 2).zombie(2);
    kernel.on(call, path).fail(Errno.EMFILE);

    assertThatThrownBy(() -> find(1))
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, call, "EMFILE"));
  }

  @Test
  void processesAreHiddenIfTheFirstOneIs() {
    kernel.proc().start(7, "seven").holds(1);
    assertThat(find(1).hidden()).isTrue();

    kernel.proc().start(1, "init");
    assertThat(find(1).hidden()).isFalse();
  }

  @Test
  void looksNowhereIfThereIsNothingToFind() {
    kernel.proc().start(7, "seven").holds(1);

    assertThat(find(0, 0).isNone(1)).isTrue();
    assertThat(kernel.opened()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 12_345, 2_147_483_647L, 2_147_483_648L, 4_294_967_295L})
  void readsInodesOfAnySize(long inode) {
    kernel.proc().start(7, "seven").holds(inode);

    assertThat(pids(find(inode), 0)).containsExactly(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socket:[", "socket:", "socket:[]", "/socket:[1]", "socket[1]", "", "/tmp/x [1]"})
  void otherLinksAreNoSockets(String target) {
    kernel.proc().start(7, "seven").links(target).holds(2);

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).isEmpty();
    assertThat(pids(owners, 1)).containsExactly(7);
  }

  @Test
  void aLongLinkIsNoSocket() {
    kernel.proc().start(7, "seven").links("/" + "x".repeat(4000)).holds(1);

    assertThat(pids(find(1), 0)).containsExactly(7);
  }

  @Test
  void readsMoreDescriptorsThanFitOneBuffer() {
    long[] inodes = LongStream.rangeClosed(1, 5000).toArray();
    kernel.proc().start(7, "seven").holds(inodes);

    OwnerColumns owners = find(inodes);

    assertThat(IntStream.range(0, 5000)).allMatch(row -> owners.count(row) == 1);
    assertThat(owners.processCount()).isOne();
  }

  @Test
  void listsMoreProcessesThanFitOneBuffer() {
    for (int pid = 1; pid <= 3000; pid++) {
      kernel.proc().start(pid, "p" + pid).holds(pid % 10 == 0 ? 1 : 100_000 + pid);
    }

    assertThat(pids(find(1), 0))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).mapToObj(i -> 10 * i).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc/7/fd",
    "getdents64,/proc/7/fd",
    "readlinkat,/proc/7/fd/0",
    "readlinkat,/proc/7/fd/1",
    "openat,/proc/7/fd/../stat",
    "read,/proc/7/fd/../stat"
  })
  void aProcessThatVanishesAtAnyStepHoldsNothing(String call, String path) {
    kernel.proc().start(5, "five").holds(1);
    kernel.proc().start(7, "seven").holds(1, 2);
    kernel.proc().start(9, "nine").holds(1);
    kernel.on(call, path).once().run(() -> kernel.proc().end(7));

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).containsExactly(5, 9);
    assertThat(pids(owners, 1)).isEmpty();
    assertThat(owners.isNone(1)).isFalse();
    assertThat(owners.unreadable()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "getdents64,/proc/7/fd",
    "readlinkat,/proc/7/fd/0",
    "readlinkat,/proc/7/fd/1",
    "openat,/proc/7/fd/../stat",
    "read,/proc/7/fd/../stat"
  })
  void aReusedPidIsNeverMixedUpWithTheOneBefore(String call, String path) {
    kernel.proc().start(7, "before").holds(1, 2);
    kernel
        .on(call, path)
        .once()
        .run(
            () -> {
              kernel.proc().end(7);
              kernel.proc().start(7, "after").holds(3, 1);
            });

    OwnerColumns owners = find(1, 2, 3);

    assertThat(owners.processCount()).isZero();
  }

  @Test
  void aPidReusedBeforeTheLookBelongsToTheNewProcess() {
    kernel.proc().start(7, "before").holds(1);
    kernel
        .on("openat", "/proc/7/fd")
        .once()
        .run(
            () -> {
              kernel.proc().end(7);
              kernel.proc().start(7, "after").holds(2);
            });

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).isEmpty();
    assertThat(pids(owners, 1)).containsExactly(7);
    assertThat(owners.process(0).name()).isEqualTo("after");
    assertThat(owners.process(0).start()).isEqualTo(1200);
  }

  @Test
  void aDescriptorClosedMeanwhileIsNobodys() {
    FakeProcess seven = kernel.proc().start(7, "seven").holds(1, 2);
    kernel.on("readlinkat", "/proc/7/fd/0").once().run(() -> seven.closes(0));

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).isEmpty();
    assertThat(pids(owners, 1)).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc/7/fd,13",
    "openat,/proc/7/fd,1",
    "readlinkat,/proc/7/fd/0,13",
    "readlinkat,/proc/7/fd/1,1"
  })
  void anUnreadableProcessIsCounted(String call, String path, int errno) {
    kernel.proc().start(5, "five").holds(1);
    kernel.proc().start(7, "seven").holds(1, 2);
    kernel.on(call, path).fail(errno);

    OwnerColumns owners = find(1, 2);

    assertThat(owners.unreadable()).isOne();
    assertThat(pids(owners, 0)).containsExactly(5);
    assertThat(pids(owners, 1)).isEmpty();
    assertThat(owners.isNone(1)).isFalse();
  }

  /** To a user who is not root, all that has ended is root's until it is waited for. */
  @ParameterizedTest
  @CsvSource({"readlinkat,/proc/7/fd/1", "openat,/proc/7/fd/../stat"})
  void whatEndsDuringTheLookIsNoErrorAndNotCounted(String call, String path) {
    kernel.proc().start(5, "five").holds(1);
    FakeProcess seven = kernel.proc().start(7, "seven").holds(1, 2);
    kernel.on("readlinkat", "/proc/7/fd/0").once().run(() -> seven.zombie(1));
    kernel.on(call, path).fail(Errno.EACCES);

    OwnerColumns owners = find(1, 2);

    assertThat(pids(owners, 0)).containsExactly(5);
    assertThat(owners.unreadable()).isZero();
  }

  @Test
  void whatMayNoLongerBeIdentifiedIsCounted() {
    kernel.proc().start(7, "of another user by now").holds(1);
    kernel.on("openat", "/proc/7/fd/../stat").fail(Errno.EACCES);

    OwnerColumns owners = find(1);

    assertThat(owners.processCount()).isZero();
    assertThat(owners.unreadable()).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EACCES, Errno.EPERM})
  void aProcessHiddenAltogetherIsCountedToo(int errno) {
    kernel.proc().start(5, "five").holds(1);
    kernel.proc().start(7, "seven").holds(1);
    kernel.on("openat", "/proc/7/fd").fail(errno);
    kernel.on("openat", "/proc/7/stat").fail(errno);

    OwnerColumns owners = find(1);

    assertThat(owners.unreadable()).isOne();
    assertThat(pids(owners, 0)).containsExactly(5);
  }

  @Test
  void whatHoldsNothingIsNotCounted() {
    kernel.proc().start(2, "kthreadd").kernelThread();
    kernel.proc().start(3, "kworker/0:1-events (x)").kernelThread();
    kernel.proc().start(4, "defunct").zombie(1);
    kernel.proc().start(5, "its threads live on").zombie(2);
    for (int pid = 2; pid <= 5; pid++) {
      kernel.on("openat", "/proc/" + pid + "/fd").fail(Errno.EACCES);
    }

    assertThat(find(1).unreadable()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openat", "read"})
  void anUnreadableProcessThatVanishesIsNotCounted(String call) {
    kernel.proc().start(7, "seven").holds(1);
    kernel.on("openat", "/proc/7/fd").fail(Errno.EACCES);
    kernel.on(call, "/proc/7/stat").once().run(() -> kernel.proc().end(7));

    assertThat(find(1).unreadable()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc,24,EMFILE",
    "openat,/proc,2,ENOENT",
    "openat,/proc,13,EACCES",
    "getdents64,/proc,12,ENOMEM",
    "openat,/proc/7/fd,24,EMFILE",
    "openat,/proc/7/fd,23,ENFILE",
    "getdents64,/proc/7/fd,12,ENOMEM",
    "getdents64,/proc/7/fd,22,EINVAL",
    "readlinkat,/proc/7/fd/1,12,ENOMEM",
    "openat,/proc/7/fd/../stat,24,EMFILE",
    "read,/proc/7/fd/../stat,5,EIO"
  })
  void whatIsInTheWayIsAnErrorNotAShortList(String call, String path, int errno, String name) {
    kernel.proc().start(5, "five").holds(1);
    kernel.proc().start(7, "seven").holds(1, 1);
    kernel.on(call, path).fail(errno);

    assertThatThrownBy(() -> find(1))
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, call, name));
  }

  @Test
  void runningShortWhileCountingTheUnreadableIsAnErrorToo() {
    kernel.proc().start(7, "seven").holds(1);
    kernel.on("openat", "/proc/7/fd").fail(Errno.EACCES);
    kernel.on("openat", "/proc/7/stat").fail(Errno.EMFILE);

    assertThatThrownBy(() -> find(1))
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, "openat", "EMFILE"));
  }

  @ParameterizedTest
  @CsvSource({
    "openat,/proc",
    "getdents64,/proc",
    "openat,/proc/7/fd",
    "getdents64,/proc/7/fd",
    "readlinkat,/proc/7/fd/0",
    "openat,/proc/7/fd/../stat",
    "read,/proc/7/fd/../stat"
  })
  void anInterruptedCallIsMadeAgainButNotForEver(String call, String path) {
    kernel.proc().start(7, "seven").holds(1);
    kernel.on(call, path).times(100).fail(Errno.EINTR);

    assertThat(pids(find(1), 0)).containsExactly(7);

    kernel.on(call, path).fail(Errno.EINTR);

    assertThatThrownBy(() -> find(1))
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, call, "EINTR"));
  }

  @Test
  void interruptionsOfOneWalkDoNotAddUpToThoseOfTheNext() {
    for (int pid = 1; pid <= 10; pid++) {
      kernel.proc().start(pid, "p" + pid).holds(1);
      kernel.on("openat", "/proc/" + pid + "/fd").times(60).fail(Errno.EINTR);
    }

    assertThat(pids(find(1), 0)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 18, 20, 25, 0x7fff, 0xffff})
  void aDirectoryEntryOfImpossibleLengthIsAnErrorNeverALoop(int length) {
    FakeKernel damaged =
        new FakeKernel() {
          @Override
          public int getdents64(int fd, ByteBuffer entries) {
            int bytes = super.getdents64(fd, entries);
            entries.putShort(16, (short) length);
            return bytes;
          }
        };

    assertThatThrownBy(() -> find(new ProcOwnerSource(damaged), 1))
        .isInstanceOfSatisfying(SourceException.class, e -> isClear(e, "getdents64", ""));
  }

  /** They hold memory outside of the heap, of which too many failures would take too much. */
  @Test
  void aFailedWalkLeavesItsBuffersToTheNext() {
    Set<ByteBuffer> used = Collections.newSetFromMap(new IdentityHashMap<>());
    FakeKernel failing =
        new FakeKernel() {
          @Override
          public int getdents64(int fd, ByteBuffer entries) {
            used.add(entries);
            return -Errno.ENOMEM;
          }
        };
    ProcOwnerSource one = new ProcOwnerSource(failing);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> find(one, 1)).isInstanceOf(SourceException.class);
    }

    assertThat(used).hasSize(1);
  }

  @Test
  void aFailedWalkLeavesNothingForTheNext() {
    kernel.proc().start(5, "five").holds(1, 2);
    kernel.proc().start(7, "seven").holds(1);
    kernel.on("readlinkat", "/proc/5/fd/1").once().fail(Errno.ENOMEM);

    assertThatThrownBy(() -> find(1, 2)).isInstanceOf(SourceException.class);

    OwnerColumns owners = find(1, 2);
    assertThat(pids(owners, 0)).containsExactly(5, 7);
    assertThat(pids(owners, 1)).containsExactly(5);
  }

  private OwnerColumns find(long... inodes) {
    return find(source, inodes);
  }

  static OwnerColumns find(OwnerSource source, long... inodes) {
    SocketColumns sockets = sockets(inodes);
    OwnerSearch search = new OwnerSearch();
    search.start(sockets);
    source.find(search);
    return search.finish(sockets);
  }

  private static SocketColumns sockets(long... inodes) {
    SocketColumnsBuilder builder = new SocketColumnsBuilder();
    builder.start(SocketFilter.all(), EnumSet.allOf(SocketColumns.Column.class));
    for (long inode : inodes) {
      builder.add(false, DiagMessage.ESTABLISHED, 1, 2);
      builder.addresses(0, 0);
      builder.identity((int) inode, 0);
      builder.attributes(0, 0, -1);
    }
    return builder.build();
  }

  static List<Integer> pids(OwnerColumns owners, int row) {
    return IntStream.range(0, owners.count(row))
        .mapToObj(n -> owners.process(owners.owner(row, n)).pid())
        .toList();
  }

  private static void isClear(SourceException e, String call, String error) {
    assertThat(e.call()).isEqualTo(call);
    assertThat(e.error()).isEqualTo(error);
    assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
  }
}
