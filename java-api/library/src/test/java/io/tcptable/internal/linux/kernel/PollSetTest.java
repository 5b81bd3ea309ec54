// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.platform.SourceException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of the answers of poll(2), which are given here one after the other. */
class PollSetTest {

  /** Of {@code poll.h}. */
  private static final short POLLIN = 1;

  private static final short POLLHUP = 0x10;
  private static final short POLLNVAL = 0x20;

  /** What a call answers, and the events of each descriptor, which it leaves alone if it fails. */
  private record Answer(int result, List<Short> events) {

    Answer(int result, int... events) {
      this(result, IntStream.of(events).mapToObj(event -> (short) event).toList());
    }
  }

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final PollSet set = new PollSet(kernel(), "waiting", 7, 9);

  private LinuxCalls kernel() {
    return (LinuxCalls)
        Proxy.newProxyInstance(
            LinuxCalls.class.getClassLoader(),
            new Class<?>[] {LinuxCalls.class},
            (proxy, method, arguments) -> poll((ByteBuffer) arguments[0]));
  }

  private int poll(ByteBuffer descriptors) {
    assertThat(List.of(descriptors.getInt(0), descriptors.getInt(8))).containsExactly(7, 9);
    assertThat(List.of(descriptors.getShort(4), descriptors.getShort(12)))
        .containsExactly(POLLIN, POLLIN);
    Answer answer = answers.remove();
    for (int i = 0; i < answer.events.size(); i++) {
      descriptors.putShort(8 * i + 6, answer.events.get(i));
    }
    return answer.result;
  }

  private List<Boolean> after(Answer answer) {
    answers.add(answer);
    set.await(0);
    return List.of(set.isReadable(0), set.isReadable(1));
  }

  @Test
  void tellsWhichCanBeRead() {
    assertThat(after(new Answer(1, 0, POLLIN | POLLHUP))).containsExactly(false, true);
    assertThat(after(new Answer(1, POLLIN, 0))).containsExactly(true, false);
    assertThat(after(new Answer(0, 0, 0))).containsExactly(false, false);
  }

  @Test
  void whatIsNotOpenCannotBeRead() {
    assertThat(after(new Answer(2, POLLNVAL, POLLHUP))).containsExactly(false, false);
  }

  /** An interrupted call leaves what the one before has found. */
  @Test
  void anInterruptedWaitHasFoundNothing() {
    after(new Answer(2, POLLIN, POLLIN));

    assertThat(after(new Answer(-Errno.EINTR))).containsExactly(false, false);
  }

  @Test
  void aFailureSaysWhatWasBeingDone() {
    answers.add(new Answer(-Errno.ENOMEM));

    assertThatThrownBy(() -> set.await(0))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("waiting: poll failed with ENOMEM");
  }
}
