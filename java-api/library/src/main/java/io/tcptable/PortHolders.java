// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.process.ProcessDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Who is on a port, by one look: see {@link TcpTable#holders(int)}.
 *
 * @param table the sockets of the port
 * @param holders the processes that own them, those that listen first, then in ascending order of
 *     PID; not all of them unless {@link #isComplete()}
 */
public record PortHolders(TcpTable table, List<Holder> holders) {

  private static final String JSON = "tcptable.holders/1";

  /** Keeps its own copy. */
  public PortHolders {
    holders = List.copyOf(holders);
  }

  /**
   * A process that owns sockets of the port.
   *
   * @param process the process, to ask more of it, or to hold it
   * @param description what a person wants to know of it
   * @param sockets its sockets of the port
   */
  public record Holder(OsProcess process, ProcessDescription description, List<TcpSocket> sockets) {

    /** Keeps its own copy. */
    public Holder {
      sockets = List.copyOf(sockets);
    }

    /** Whether it owns a listener, and not only connections. */
    public boolean isListening() {
      return sockets.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
    }
  }

  static PortHolders of(TcpTable table) {
    return new PortHolders(
        table,
        table.owners().stream()
            .map(owner -> new Holder(owner, owner.describe(), table.ownedBy(owner.pid())))
            .sorted(
                Comparator.comparing((Holder holder) -> !holder.isListening())
                    .thenComparingLong(holder -> holder.process().pid()))
            .toList());
  }

  /** Whether any process listens on the port, known or not. */
  public boolean isListenedOn() {
    return !table.listeners().isEmpty();
  }

  /**
   * Whether all who are on the port are among the holders: each socket that a process can own has a
   * known owner, and every process could be looked into.
   */
  public boolean isComplete() {
    return table.unreadableProcesses() == 0
        && !table.hasHiddenProcesses()
        && table.stream().noneMatch(socket -> socket.ownership() == Ownership.UNKNOWN);
  }

  /**
   * The holders and all sockets of the port in the schema {@code tcptable.holders/1}, which is
   * documented: one object on one line, in ASCII. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this::writeJson);
  }

  /**
   * Writes the same as it comes, one socket after the other.
   *
   * @param out should buffer; is not flushed
   * @throws IOException if that cannot be written to
   */
  public void writeJson(Appendable out) throws IOException {
    Objects.requireNonNull(out, "out");
    JsonDocument.write(
        out,
        JSON,
        this,
        (json, it) ->
            json.time("takenAt", table.takenAt())
                .flag("complete", isComplete())
                .list("holders", holders, PortHolders::write)
                .list(
                    "sockets",
                    table.stream().sorted(TcpSocket.LISTENERS_FIRST).toList(),
                    SocketJson::write));
  }

  private static void write(Fields json, Holder holder) throws IOException {
    ProcessDescription is = holder.description();
    json.process(is.pid(), is.startedAt(), is.name())
        .flag("listening", holder.isListening())
        .text("user", is.user())
        .texts("commandLine", is.command())
        .text("workingDirectory", is.directory().map(Path::toString))
        .text("service", is.service())
        .text("container", is.container());
  }

  /** A line for each holder, and one more if there may be others. */
  @Override
  public String toString() {
    String known =
        holders.stream()
            .map(holder -> holder.description().toString())
            .collect(Collectors.joining("\n"));
    String more = isComplete() ? "" : "owners that this user may not see";
    return known.isEmpty() || more.isEmpty() ? known + more : known + "\n" + more;
  }
}
