// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than 5,000 sockets in one process, and queries that look for a few of many. */
@NeedsRoot
@Tag("once")
class ManySocketsIT {

  private static final int FIRST = 10_001;

  /** Pairs: more sockets than one answer of the kernel holds, and enough for two dumps. */
  private static final int MANY = 2_500;

  /** Pairs enough for each filter, of which there are many. */
  private static final int FEW = 300;

  private static final int MOST_ATTEMPTS = 5;

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  /** Pairs of connected sockets of each kind, and listeners and sockets in other states. */
  private void make(int pairs) {
    namespace.lose("tcp sport 3003 tcp flags & (syn | ack) == syn | ack");
    peer.run(
        """
        resource.setrlimit(resource.RLIMIT_NOFILE, (16384, 16384))
        four = listen('127.0.0.1', 3001)
        six = listen('::', 3002, family=AF_INET6, v6only=0)
        pairs = [pair(four) for i in range(%d)] + [pair(six) for i in range(%d)]
        mapped = [(connect('127.0.0.1', 3002), accept(six)) for i in range(%d)]
        listeners = [listen('127.0.0.1', 10001 + i) for i in range(300)]
        unaccepted = [connect('127.0.0.1', 10001 + i) for i in range(10)]
        unused = [bound('127.0.0.1', 10301 + i) for i in range(5)]
        silent = listen('127.0.0.1', 3003)
        requests = [connecting('127.0.0.1', 3003) for i in range(5)]
        for client, server in pairs[:10]:
            server.close()
            until(lambda: state(client) == "CLOSE_WAIT")
        for client, server in pairs[:5]:
            client.close()
        """
            .formatted(pairs * 3 / 5, pairs / 4, pairs * 3 / 20));
  }

  /** The first time in one dump, from then on in two halves. */
  @Test
  void allAreSeenAsSsSeesThem() {
    make(MANY);
    List<String> owner = List.of("python3(" + peer.pid() + ")");

    for (int time = 0; time < 3; time++) {
      List<Row> rows = Agreement.in(namespace).stream().map(SeenSocket::row).toList();

      assertThat(rows).filteredOn(row -> row.owners().equals(owner)).hasSizeGreaterThan(5_000);
    }
  }

  /** But by plain Java, to which the kernel gives no sign of what it has missed or shown twice. */
  @Test
  void thoseThatStayAreSeenWhileOthersComeAndGo() {
    make(MANY);
    BindingReader reader = namespace.reader(UserAccount.ROOT);
    Map<String, List<Row>> before = established(reader);
    PythonPeer other = namespace.peer();
    other.run(
        """
        import threading
        listener, going = listen('127.0.0.1', 3004), True

        def churn():
            while going:
                client, server = pair(listener)
                client.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))
                client.close(), server.close()

        churning = threading.Thread(target=churn)
        churning.start()
        """);

    for (int round = 0; round < 5; round++) {
      Map<String, List<Row>> seen = established(reader);
      // Between two messages of a dump the kernel keeps its place in a chain of its hash table as a
      // number. If one before that place goes meanwhile, one is passed over.
      for (int again = 0; again < MOST_ATTEMPTS && !isSame(seen, before); again++) {
        seen = established(reader);
      }
      seen.forEach(
          (binding, rows) ->
              Agreement.assertSame(binding, rows, before.getOrDefault(binding, List.of())));
    }

    other.run("going = False; churning.join()");
  }

  private static boolean isSame(Map<String, List<Row>> seen, Map<String, List<Row>> before) {
    return seen.entrySet().stream()
        .allMatch(
            answer ->
                answer.getValue().size() == before.getOrDefault(answer.getKey(), List.of()).size()
                    && Set.copyOf(answer.getValue())
                        .equals(Set.copyOf(before.getOrDefault(answer.getKey(), List.of()))));
  }

  /** Of the whole table, those of the peer. */
  private static Map<String, List<Row>> established(BindingReader reader) {
    Map<String, List<Row>> established = rows(reader.ask(SocketQuestion.everything()));
    established.remove("java+proc");
    established.replaceAll(
        (binding, rows) ->
            rows.stream()
                .filter(row -> row.state() == TcpState.ESTABLISHED)
                .filter(row -> row.localPort() != 3004 && row.remotePort() != 3004)
                .toList());
    assertThat(established.values()).allMatch(rows -> rows.size() > 4_000);
    return established;
  }

  @Test
  void everyFilterGivesWhatItGivesOfTheWholeTable() {
    make(FEW);
    SocketQuestion all = SocketQuestion.everything();
    BindingReader reader = namespace.reader(UserAccount.ROOT);
    Map<String, List<Row>> whole = rows(reader.ask(all));
    for (SocketQuestion question :
        List.of(
            all.localPorts(List.of(3001)),
            all.localPorts(List.of(3001, FIRST)),
            all.localPorts(ports(256)),
            all.localPorts(ports(257)),
            all.localPorts(ports(305)),
            all.localPorts(List.of(9)),
            all.localPorts(List.of(1, 65_535)),
            all.remotePort(3001),
            all.remotePort(FIRST).localPorts(List.of(3001)),
            all.remotePort(3002).family(StandardProtocolFamily.INET),
            all.family(StandardProtocolFamily.INET),
            all.family(StandardProtocolFamily.INET6),
            all.family(StandardProtocolFamily.INET6).localPorts(List.of(3001, 3002)),
            all.family(StandardProtocolFamily.INET6).localPorts(ports(257)),
            all.family(StandardProtocolFamily.INET).localPorts(List.of(3002)),
            all.states(TcpState.LISTEN),
            all.states(TcpState.LISTEN).localPorts(ports(256)),
            all.states(TcpState.LISTEN).localPorts(List.of(3002)),
            all.states(TcpState.TIME_WAIT),
            all.states(TcpState.CLOSE_WAIT, TcpState.TIME_WAIT).remotePort(3001),
            all.states(TcpState.SYN_RECEIVED),
            all.states(TcpState.SYN_RECEIVED).localPorts(List.of(3003)),
            all.states(TcpState.SYN_RECEIVED, TcpState.SYN_SENT).localPorts(List.of(3003, 3004)),
            all.states(TcpState.CLOSED),
            all.states(TcpState.CLOSED).localPorts(List.of(10_301)),
            all.states(TcpState.CLOSED, TcpState.LISTEN).localPorts(ports(302)),
            all.states(TcpState.ESTABLISHED).localPorts(List.of(3001)).remotePort(9),
            all.states(TcpState.LAST_ACK),
            all.withDetail().localPorts(List.of(3001, 3002)).states(TcpState.ESTABLISHED))) {
      Map<String, List<Row>> part = rows(reader.ask(question));
      for (int again = 0; again < MOST_ATTEMPTS && !isPart(part, whole, question); again++) {
        // One that was in TIME_WAIT may have gone for good since the whole table was read.
        whole = rows(reader.ask(all));
        part = rows(reader.ask(question));
      }
      assertPart(part, whole, question);
    }
  }

  private static boolean isPart(
      Map<String, List<Row>> part, Map<String, List<Row>> whole, SocketQuestion question) {
    return part.entrySet().stream()
        .allMatch(
            answer ->
                Set.copyOf(answer.getValue())
                    .equals(Set.copyOf(matching(whole, answer.getKey(), question))));
  }

  private static void assertPart(
      Map<String, List<Row>> part, Map<String, List<Row>> whole, SocketQuestion question) {
    part.forEach(
        (binding, rows) ->
            Agreement.assertSame(
                binding + ": " + question, rows, matching(whole, binding, question)));
  }

  private static List<Row> matching(
      Map<String, List<Row>> whole, String binding, SocketQuestion question) {
    return whole.getOrDefault(binding, List.of()).stream().filter(question::matches).toList();
  }

  private static List<Integer> ports(int count) {
    return IntStream.range(FIRST, FIRST + count).boxed().toList();
  }

  private static Map<String, List<Row>> rows(List<Answer> answers) {
    return answers.stream()
        .collect(Collectors.toMap(Answer::reader, answer -> answer.rows().toList()));
  }
}
