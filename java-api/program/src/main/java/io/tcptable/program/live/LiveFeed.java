// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.TcpSocket;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a watch tells, until the view takes it: the last look, and which connections ended before
 * it. In bounded memory. Safe for use by the threads of the watch and of the view.
 */
final class LiveFeed {

  /** As many as may wait for a consumer of a watch. */
  static final int MOST_ENDED = 10_000;

  /**
   * What is new since the view has taken something.
   *
   * @param sockets of the last look
   * @param ended what ended before it
   * @param isLossy whether more has ended than {@code ended} has
   */
  record News(List<TcpSocket> sockets, List<WatchedSocket> ended, boolean isLossy) {}

  private @Nullable List<TcpSocket> sockets;
  private List<WatchedSocket> ended = new ArrayList<>();
  private boolean isLossy;
  private String trouble = "";

  /** A look was taken. */
  synchronized void look(List<TcpSocket> found) {
    sockets = found;
    trouble = "";
  }

  /** A look was taken, and what is shown of it cannot be found. */
  synchronized void fail(String reason) {
    trouble = reason;
  }

  /** Something has happened. */
  synchronized void event(TcpEvent event) {
    if (event instanceof TcpEvent.Closed closed) {
      if (ended.size() < MOST_ENDED) {
        ended.add(closed.socket());
      } else {
        isLossy = true;
      }
    } else if (event instanceof TcpEvent.Missed || event instanceof TcpEvent.Lost) {
      isLossy = true;
    } else if (event instanceof TcpEvent.LookFailed failed) {
      fail(failed.reason());
    }
  }

  /** Takes what is new; empty if there was no look since. */
  synchronized Optional<News> take() {
    if (sockets == null) {
      return Optional.empty();
    }
    News news = new News(sockets, ended, isLossy);
    sockets = null;
    ended = new ArrayList<>();
    isLossy = false;
    return Optional.of(news);
  }

  /** Why there is nothing newer; empty if the last look has succeeded. */
  synchronized String trouble() {
    return trouble;
  }
}
