// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.watch.Ending;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An event for people. What others chose is in it as it is. */
final class EventText {

  /** Where a word begins, but the first. */
  private static final Pattern WORD = Pattern.compile("(?<=.)[A-Z]");

  private EventText() {}

  /** The name of its kind: {@code state changed}. */
  static String kind(TcpEvent event) {
    return WORD.matcher(event.getClass().getSimpleName())
        .replaceAll(" $0")
        .toLowerCase(Locale.ROOT);
  }

  /** What happened, and how that is known. */
  static String message(TcpEvent event) {
    if (event instanceof TcpEvent.OfSocket of) {
      String known = of.knownBy() == TcpEvent.KnownBy.PUSHED ? " (pushed)" : " (between two looks)";
      return message(of, of.socket()) + known;
    } else if (event instanceof TcpEvent.Missed missed) {
      return Quantities.count(missed.events(), "event")
          + " not shown here: they came faster than they could be printed";
    } else if (event instanceof TcpEvent.Lost lost) {
      return (lost.records().isPresent()
              ? Quantities.count(lost.records().getAsLong(), "record")
              : "records")
          + " of the system lost: connections that came and went are not shown here";
    } else if (event instanceof TcpEvent.LookFailed failed) {
      return failed.reason() + "; the watch goes on";
    }
    return event.toString();
  }

  private static String message(TcpEvent.OfSocket event, WatchedSocket socket) {
    if (event instanceof TcpEvent.Opened opened) {
      return name(socket) + ", " + socket.state() + from(socket, opened.listener());
    } else if (event instanceof TcpEvent.Accepted) {
      return owners(socket).orElse("a process") + " accepted " + name(socket);
    } else if (event instanceof TcpEvent.StateChanged changed) {
      return name(socket) + of(socket) + ": " + changed.before() + ", now " + socket.state();
    } else if (event instanceof TcpEvent.Closed closed) {
      return name(socket)
          + of(socket)
          + ": "
          + text(closed.ending())
          + ", open for "
          + lived(closed.livedAtLeast(), closed.livedAtMost());
    } else if (event instanceof TcpEvent.OwnersChanged changed) {
      return name(socket)
          + ": "
          + (changed.before().isEmpty() ? "owner " : text(changed.before()) + ", now ")
          + owners(socket).orElse("no owner");
    } else if (event instanceof TcpEvent.ListenerOpened) {
      return listens(socket);
    } else if (event instanceof TcpEvent.ListenerClosed closed) {
      return name(socket)
          + of(socket)
          + " is gone, was there for "
          + lived(closed.livedAtLeast(), closed.livedAtMost());
    } else if (event instanceof TcpEvent.SecondServer second) {
      return listens(socket)
          + ", and so does "
          + second.others().stream()
              .map(other -> owners(other).orElse("an unknown process"))
              .distinct()
              .collect(Collectors.joining(", "))
          + ": a client may reach either";
    } else if (event instanceof TcpEvent.AcceptQueueFilled filled) {
      return name(socket)
          + of(socket)
          + ": "
          + Quantities.count(filled.waiting(), "connection")
          + " in the accept queue, limit "
          + Quantities.number(filled.limit());
    } else if (event instanceof TcpEvent.CloseWaitAged aged) {
      return name(socket)
          + of(socket)
          + ": closed by the peer and in CLOSE_WAIT for at least "
          + DurationText.of(aged.atLeast());
    }
    return event.toString();
  }

  /** What it is, and both its addresses. */
  private static String name(WatchedSocket socket) {
    if (socket.state() == TcpState.LISTEN) {
      return "listener " + socket.local();
    }
    Endpoint remote = socket.remote();
    return remote.port() == 0
        ? "socket " + socket.local()
        : "connection " + socket.local() + " <-> " + remote;
  }

  private static String listens(WatchedSocket socket) {
    return owners(socket).orElse("an unknown process") + " listens on " + socket.local();
  }

  private static String of(WatchedSocket socket) {
    return owners(socket).map(owners -> " of " + owners).orElse("");
  }

  /** A connection that nobody has accepted yet is told by its listener. */
  private static String from(WatchedSocket socket, Optional<WatchedSocket> listener) {
    return owners(socket)
        .map(owners -> ", owner " + owners)
        .or(() -> listener.flatMap(EventText::owners).map(it -> ", for the listener of " + it))
        .orElse("");
  }

  private static Optional<String> owners(WatchedSocket socket) {
    return socket.ownership() == Ownership.OWNED
        ? Optional.of(text(socket.owners()))
        : Optional.empty();
  }

  private static String text(List<OsProcess> owners) {
    return owners.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }

  private static String text(Ending ending) {
    return switch (ending) {
      case CLOSED_HERE -> "closed on this side first";
      case CLOSED_BY_PEER -> "closed by the peer first";
      case NEVER_CONNECTED -> "it was never connected";
      case RESET_BY_PEER -> "reset by the peer";
      case RESET_HERE -> "reset from this side";
      case TIMED_OUT -> "the peer did not answer any more";
      case NOT_SEEN -> "how it ended was not seen";
    };
  }

  private static String lived(Duration atLeast, Optional<Duration> atMost) {
    String least = DurationText.of(atLeast);
    if (atMost.isEmpty()) {
      return "more than " + least;
    }
    String most = DurationText.of(atMost.get());
    if (atLeast.isZero()) {
      return "at most " + most;
    }
    return least.equals(most) ? least : least + " to " + most;
  }
}
