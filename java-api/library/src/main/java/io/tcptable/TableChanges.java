// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.table.TableComparison.Differences;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * What is different between two tables, see {@link TcpTable#changesSince}. The lists are views:
 * their elements are made when asked for. Immutable and safe for use by many threads.
 *
 * <p>Where both tables were read by netlink, sockets are told by the kernel's cookies, and all of
 * it is certain. Elsewhere (the binding {@code java}, Windows) sockets are told by their ends and
 * their inode, or the time when they were made; those of which that is not known, by their ends
 * alone: see {@link #uncertain()}.
 */
public final class TableChanges {

  /** The schema of its JSON. */
  private static final String JSON = "tcptable.changes/1";

  private final TcpTable earlier;
  private final TcpTable later;
  private final Differences differences;

  TableChanges(TcpTable earlier, TcpTable later, Differences differences) {
    this.earlier = earlier;
    this.later = later;
    this.differences = differences;
  }

  /**
   * A socket that is in both tables.
   *
   * @param before as it was in the earlier table
   * @param after as it is in the later one
   */
  public record Change(TcpSocket before, TcpSocket after) {

    /** What it was and what it is, in one line. */
    @Override
    public String toString() {
      return before + " -> " + after;
    }
  }

  /**
   * The sockets of the later table that are not in the earlier one. Where the query selects states,
   * a socket that has come into one of them counts as opened.
   */
  public List<TcpSocket> opened() {
    return new Rows<>(differences.opened().length, i -> later.get(differences.opened()[i]));
  }

  /**
   * The sockets of the earlier table that are not in the later one, as they were then. Where the
   * query selects states, a socket that has left them counts as closed.
   */
  public List<TcpSocket> closed() {
    return new Rows<>(differences.closed().length, i -> earlier.get(differences.closed()[i]));
  }

  /** The sockets that are in another state. */
  public List<Change> stateChanged() {
    return changes(differences.states());
  }

  /**
   * The sockets that are known to have other owners. None if owners were not looked for in both
   * tables; one whose owners are {@link Ownership#UNKNOWN} in one of them is not among these.
   */
  public List<Change> ownersChanged() {
    return changes(differences.owners());
  }

  /**
   * The connections that a process has accepted in between: they had no inode before, and have one
   * now ({@code accept(2)}). None where the source does not tell inodes, as on Windows. A
   * connection that came and was accepted in between is opened, and has an inode.
   */
  public List<Change> accepted() {
    return changes(differences.accepted());
  }

  /** The sockets of which the receive queue or the send queue has another length. */
  public List<Change> queueChanged() {
    return changes(differences.queues());
  }

  /**
   * How many sockets were found again by both ends alone: each of them may be a later connection
   * between the same addresses and ports, and then one was closed and one opened that are not
   * listed. 0 where sockets have cookies.
   */
  public int uncertain() {
    return differences.uncertain();
  }

  /** Whether each socket was told from all others; see {@link #uncertain()}. */
  public boolean isCertain() {
    return uncertain() == 0;
  }

  /** Whether nothing is different. */
  public boolean isEmpty() {
    return opened().isEmpty()
        && closed().isEmpty()
        && stateChanged().isEmpty()
        && ownersChanged().isEmpty()
        && accepted().isEmpty()
        && queueChanged().isEmpty();
  }

  private List<Change> changes(int[] pairs) {
    return new Rows<>(
        pairs.length / 2, i -> new Change(earlier.get(pairs[2 * i]), later.get(pairs[2 * i + 1])));
  }

  /**
   * The differences in the schema {@code tcptable.changes/1}, which is documented: one object on
   * one line, in ASCII. Jackson writes it so, too.
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
        (json, changes) ->
            json.time("since", earlier.takenAt())
                .time("takenAt", later.takenAt())
                .number("uncertain", uncertain())
                .list("opened", opened(), SocketJson::write)
                .list("closed", closed(), SocketJson::write)
                .list("stateChanged", stateChanged(), TableChanges::write)
                .list("ownersChanged", ownersChanged(), TableChanges::write)
                .list("accepted", accepted(), TableChanges::write)
                .list("queueChanged", queueChanged(), TableChanges::write));
  }

  private static void write(Fields json, Change change) throws IOException {
    json.object("before", change.before(), SocketJson::write)
        .object("after", change.after(), SocketJson::write);
  }

  /** A list of so many, each made when asked for. */
  private static final class Rows<T> extends AbstractList<T> implements RandomAccess {

    private final int size;
    private final IntFunction<T> element;

    Rows(int size, IntFunction<T> element) {
      this.size = size;
      this.element = element;
    }

    @Override
    public T get(int index) {
      return element.apply(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** How much of each there is. */
  @Override
  public String toString() {
    return opened().size()
        + " opened, "
        + closed().size()
        + " closed, "
        + stateChanged().size()
        + " in another state, "
        + ownersChanged().size()
        + " with other owners, "
        + queueChanged().size()
        + " with other queues"
        + (isCertain() ? "" : ", " + uncertain() + " not certain");
  }
}
