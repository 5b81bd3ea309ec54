// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static io.tcptable.TcpTableException.asking;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.platform.NamespaceLook;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.OwnerColumns;
import io.tcptable.internal.table.OwnerSearch;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.TableComparison;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.process.PortPolicy;
import io.tcptable.process.TcpCounters;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The TCP sockets of this machine at one moment, and who owns them: a snapshot that never changes.
 * Safe for use by many threads.
 *
 * <p>A socket may have several owners, and all of them are listed. Where something could not be
 * seen, the table says so: see {@link #unreadableProcesses()} and {@link Ownership}. A table that
 * could not be read completely is never returned; it is a {@link TcpTableException}. There is one
 * exception: the binding {@code java} reads {@code /proc/net/tcp}, where the kernel gives no sign
 * if it misses a socket while others come and go, and where sockets are missing that are bound but
 * neither listen nor are connected ({@link TcpState#CLOSED}).
 *
 * <p>On Linux the table covers the network namespace of the calling thread, unless the query asks
 * for others, and the processes of its PID namespace. The sockets are read first, the owners right
 * after; the kernel offers no way to read both at the same instant.
 */
public final class TcpTable implements Iterable<TcpSocket> {

  /** The schema of its JSON. */
  private static final String JSON = "tcptable.list/1";

  /** Stands for a PID that the system does not tell. */
  private static final long NO_PID = 0xffff_ffffL;

  private static final Pool<SocketColumnsBuilder> BUILDERS = new Pool<>(SocketColumnsBuilder::new);
  private static final Pool<OwnerSearch> SEARCHES = new Pool<>(OwnerSearch::new);
  private static final Pool<TableComparison> COMPARISONS = new Pool<>(TableComparison::new);

  private final SystemAccess sources;
  private final TcpQuery query;
  private final OwnerSource ownerSource;
  private final Instant takenAt;
  private final SocketColumns columns;
  private final OwnerColumns ownership;
  private final NamespaceLook namespaces;
  private final OsProcess[] owners;

  /** By their indexes; made at the first question, which few tables are asked. */
  private volatile @Nullable Map<Integer, String> interfaceNames;

  private TcpTable(
      SystemAccess sources,
      TcpQuery query,
      OwnerSource ownerSource,
      Instant takenAt,
      SocketColumns columns,
      OwnerColumns ownership,
      NamespaceLook namespaces) {
    this.sources = sources;
    this.query = query;
    this.ownerSource = ownerSource;
    this.takenAt = takenAt;
    this.columns = columns;
    this.ownership = ownership;
    this.namespaces = namespaces;
    this.owners = new OsProcess[ownership.processCount()];
    Arrays.setAll(owners, i -> new OsProcess(ownership.process(i), sources.processes()));
  }

  /**
   * All TCP sockets, with their owners.
   *
   * @throws TcpTableException if they could not be read completely
   */
  public static TcpTable snapshot() {
    return snapshot(TcpQuery.all());
  }

  /**
   * All TCP sockets with this local port, IPv4 and IPv6, with their owners.
   *
   * @param localPort 1 to 65535
   * @throws IllegalArgumentException if the port is out of range
   * @throws TcpTableException if they could not be read completely
   */
  public static TcpTable snapshot(int localPort) {
    return snapshot(TcpQuery.all().localPort(localPort));
  }

  /**
   * Who is on this local port now: one look at its sockets and their owners, and what a person
   * wants to know of each owner. Nothing is sent to the server, and no second look is taken: some
   * milliseconds, and about ten small files of {@code /proc} for each owner. Sockets of other users
   * are seen without privileges, their owners by root only.
   *
   * @param localPort 1 to 65535
   * @throws IllegalArgumentException if the port is out of range
   * @throws TcpTableException if the sockets could not be read completely
   */
  public static PortHolders holders(int localPort) {
    return PortHolders.of(snapshot(localPort));
  }

  /**
   * The TCP sockets that a query asks for.
   *
   * <p>Linux tells more than about a hundred sockets in several messages. Between two messages it
   * keeps its place in a chain of its hash table as a number: if a socket before that place comes
   * or goes meanwhile, another may be passed over, without a sign; one told twice is in the table
   * once. On a machine with fewer sockets than hash buckets ({@code net.ipv4.tcp_ehash_entries})
   * this is very rare. An answer of few sockets, such as that for one port, comes in one message.
   *
   * @throws TcpTableException if they could not be read completely
   */
  public static TcpTable snapshot(TcpQuery query) {
    Objects.requireNonNull(query, "query");
    return asking(() -> snapshot(query, Platforms.access()));
  }

  private static TcpTable snapshot(TcpQuery query, SystemAccess sources) {
    Instant takenAt = Instant.now();
    if (query.owner() != 0) {
      return ofOneOwner(query, sources, takenAt);
    }
    NamespaceLook namespaces;
    SocketColumns columns;
    SocketColumnsBuilder builder = BUILDERS.take();
    try {
      namespaces = read(query, sources, builder);
      columns = columns(query, sources, builder);
    } finally {
      BUILDERS.giveBack(builder);
    }
    OwnerSource source = sources.owners();
    OwnerColumns owners = OwnerColumns.notLookedFor();
    if (query.owners()) {
      source = source.next(columns.size() > 0);
      owners = owners(columns, source);
      // The best source costs more to get, and sees more.
      OwnerSource best = owners.isComplete() ? source : sources.owners().best();
      if (!best.name().equals(source.name())) {
        source = best;
        owners = owners(columns, best);
      }
    }
    return new TcpTable(sources, query, source, takenAt, columns, owners, namespaces);
  }

  private static NamespaceLook read(
      TcpQuery query, SystemAccess sources, SocketColumnsBuilder builder) {
    if (query.namespaces().isOwn()) {
      sources.sockets().read(query.filter(), builder);
      return NamespaceLook.NONE;
    }
    return sources.namespaces().read(query.namespaces(), query.filter(), builder);
  }

  private static SocketColumns columns(
      TcpQuery query, SystemAccess sources, SocketColumnsBuilder builder) {
    SocketColumns columns = builder.build();
    if (query.filter().conditions().interfaceIndex() != 0 && !columns.has(Column.INTERFACE)) {
      throw new SourceException(
          SourceException.Kind.UNSUPPORTED,
          "",
          "",
          "asking for the sockets of one network interface: the source "
              + sources.sockets().name()
              + " does not tell to which interface a socket is bound");
    }
    return columns;
  }

  /** The sockets of one process, which is the only one that is looked into. */
  private static TcpTable ofOneOwner(TcpQuery query, SystemAccess sources, Instant takenAt) {
    SocketColumnsBuilder builder = BUILDERS.take();
    OwnerSearch search = SEARCHES.take();
    try {
      OwnerSource source = sources.owners().ofOneProcess();
      NamespaceLook namespaces = read(query, sources, builder);
      SocketColumns all = columns(query, sources, builder);
      search.start(all, query.owner());
      source.find(search);
      OwnerColumns owners = search.finish(all);
      builder.retain(row -> owners.count(row) > 0);
      SocketColumns own = builder.build();
      return new TcpTable(
          sources, query, source, takenAt, own, owners.ofOneOwner(own.size()), namespaces);
    } finally {
      BUILDERS.giveBack(builder);
      SEARCHES.giveBack(search);
    }
  }

  private static OwnerColumns owners(SocketColumns columns, OwnerSource source) {
    OwnerSearch search = SEARCHES.take();
    try {
      search.start(columns);
      source.find(search);
      return search.finish(columns);
    } finally {
      SEARCHES.giveBack(search);
    }
  }

  /**
   * Who makes the system calls of this JVM, and why the better ones do not. {@code
   * -Dtcptable.binding=ffm|jni|jna|jnr|java} forces one.
   *
   * @throws TcpTableException if what is forced is unknown or cannot be used, or this operating
   *     system is not supported
   */
  public static Binding binding() {
    return bindingOf(asking(Platforms::access));
  }

  /**
   * Where this JVM has sockets and owners from at best, and why not from a better source. {@code
   * -Dtcptable.owners=bpf|proc} forces that of the owners.
   *
   * <p>Tries what pays only after some snapshots, such as loading an eBPF program, and keeps it.
   *
   * @throws TcpTableException if what is forced is unknown or cannot be used, or this operating
   *     system is not supported
   */
  public static TableSources sources() {
    SystemAccess sources = asking(Platforms::access);
    return sourcesOf(sources, sources.owners().best());
  }

  /**
   * Reads what the system counts of TCP in the calling thread's network namespace, now.
   *
   * @throws TcpTableException if this operating system is not supported
   */
  public static TcpCounters readCounters() {
    return asking(() -> Platforms.access().system().counters());
  }

  /**
   * Reads which ports the system gives to whom in the calling thread's network namespace, now.
   *
   * @throws TcpTableException if this operating system is not supported
   */
  public static PortPolicy readPortPolicy() {
    return asking(() -> Platforms.access().system().ports());
  }

  private static Binding bindingOf(SystemAccess sources) {
    return new Binding(sources.binding(), sources.betterBindings());
  }

  private static TableSources sourcesOf(SystemAccess sources, OwnerSource owners) {
    Map<String, String> passedOver = new LinkedHashMap<>(sources.betterSources());
    passedOver.putAll(sources.owners().passedOver());
    return new TableSources(sources.sockets().name(), owners.name(), passedOver);
  }

  /** When the snapshot began. */
  public Instant takenAt() {
    return takenAt;
  }

  /** Who made the system calls for this very table. */
  public Binding takenBy() {
    return bindingOf(sources);
  }

  /**
   * Where the sockets and owners of this very table come from. A better source of owners that has
   * not been tried yet, as it would not have paid, is not among those passed over: see {@link
   * #sources()}.
   */
  public TableSources takenFrom() {
    return sourcesOf(sources, ownerSource);
  }

  /** What this table was to hold. */
  public TcpQuery query() {
    return query;
  }

  /**
   * What is different from an earlier table of this system and the same network namespaces: which
   * sockets were opened and closed, and of those in both tables, which have another state, other
   * owners or another length of a queue. A socket that was there in between only is in neither.
   *
   * <p>Works on the columns: it allocates a few bytes for each difference, and nothing for a socket
   * that is as it was. Any thread may do so at any time.
   *
   * @throws IllegalArgumentException if the queries did not ask for the same ports, states,
   *     families and namespaces: sockets would seem to be opened that were not asked for before
   */
  public TableChanges changesSince(TcpTable earlier) {
    Objects.requireNonNull(earlier, "earlier");
    if (!query.selectsAs(earlier.query)) {
      throw new IllegalArgumentException(
          "tables of other sockets: " + earlier.query + ", then " + query);
    }
    TableComparison comparison = COMPARISONS.take();
    try {
      return new TableChanges(
          earlier,
          this,
          comparison.compare(
              earlier.columns,
              earlier.ownership,
              columns,
              ownership,
              namespaces.numbersIn(earlier.namespaces)));
    } finally {
      COMPARISONS.giveBack(comparison);
    }
  }

  /** How many sockets the table holds. */
  public int size() {
    return columns.size();
  }

  /** Whether the table holds no socket. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /**
   * One socket, in the kernel's order, which means nothing.
   *
   * @param index 0 to {@link #size()} - 1
   * @throws IndexOutOfBoundsException if there is no such socket
   */
  public TcpSocket get(int index) {
    return new TcpSocket(this, columns, Objects.checkIndex(index, size()));
  }

  @Override
  public Iterator<TcpSocket> iterator() {
    return stream().iterator();
  }

  /** All sockets. */
  public Stream<TcpSocket> stream() {
    return IntStream.range(0, size()).mapToObj(this::get);
  }

  /** The sockets that wait for connections. */
  public List<TcpSocket> listeners() {
    int listen = TcpState.LISTEN.number();
    return rows().filter(row -> columns.state(row) == listen).mapToObj(this::get).toList();
  }

  /** How many sockets are in this state. Makes no object a socket. */
  public int count(TcpState state) {
    Objects.requireNonNull(state, "state");
    return (int) rows().filter(row -> TcpState.ofNumber(columns.state(row)) == state).count();
  }

  /** How many sockets there are in each state that occurs. */
  public Map<TcpState, Integer> countByState() {
    Map<TcpState, Integer> counts = new EnumMap<>(TcpState.class);
    rows().forEach(row -> counts.merge(TcpState.ofNumber(columns.state(row)), 1, Integer::sum));
    return counts;
  }

  /** How many sockets each owner holds; a shared socket counts for each of them. */
  public Map<OsProcess, Integer> countByOwner() {
    Map<OsProcess, Integer> counts = new HashMap<>();
    rows()
        .forEach(
            row -> {
              for (int n = 0; n < ownership.count(row); n++) {
                counts.merge(owner(row, n), 1, Integer::sum);
              }
            });
    return counts;
  }

  /** The sockets that the process with this PID owned when the snapshot was taken. */
  public List<TcpSocket> ownedBy(long pid) {
    return rows()
        .filter(
            row ->
                IntStream.range(0, ownership.count(row)).anyMatch(n -> owner(row, n).pid() == pid))
        .mapToObj(this::get)
        .toList();
  }

  /** Every process that owns at least one of the sockets, in ascending order of PID. */
  public List<OsProcess> owners() {
    return List.of(owners);
  }

  /**
   * How many processes could not be looked into for want of permission; 0 if owners were not looked
   * for. If it is not 0, sockets of {@link Ownership#UNKNOWN} may belong to those, and a socket
   * with known owners may have further ones.
   *
   * <p>Counts those that the system lists: see {@link #hasHiddenProcesses()}.
   */
  public int unreadableProcesses() {
    return ownership.unreadable();
  }

  /**
   * Whether the system does not even list the processes of others to this user, so that their
   * number is not known: {@code hidepid=2} or {@code 4} in {@code proc(5)}, known by the first
   * process not being listed. Then, too, sockets of {@link Ownership#UNKNOWN} may belong to those,
   * and a socket with known owners may have further ones. False if owners were not looked for.
   */
  public boolean hasHiddenProcesses() {
    return ownership.hidden();
  }

  /**
   * The network namespaces that the sockets were read from, that of the calling thread first; empty
   * unless the query asked for {@linkplain TcpQuery#inNamespaceOf another one} or {@linkplain
   * TcpQuery#allNamespaces all}.
   */
  public List<NetworkNamespace> namespaces() {
    return namespaces.namespaces();
  }

  /**
   * How many more network namespaces there are whose sockets this user may not see; 0 unless the
   * query asked for {@linkplain TcpQuery#allNamespaces all}.
   */
  public int unseenNamespaces() {
    return namespaces.unseen();
  }

  /**
   * Of how many processes this user may not know the network namespace, so that they may be in
   * further ones; 0 unless the query asked for {@linkplain TcpQuery#allNamespaces all}.
   */
  public int unplacedProcesses() {
    return namespaces.unplaced();
  }

  /**
   * The table in the schema {@code tcptable.list/1}, which is documented: one object on one line,
   * in ASCII; sockets in the order of {@link TcpSocket#LISTENERS_FIRST}; what is unknown is absent.
   * Jackson writes it so, too. Of a large table, {@link #writeJson(Appendable)} needs less memory.
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
    writeJson(out, stream().sorted(TcpSocket.LISTENERS_FIRST).toList());
  }

  /**
   * Writes the same with these sockets alone, in their order.
   *
   * @param out should buffer; is not flushed
   * @throws IOException if that cannot be written to
   */
  public void writeJson(Appendable out, List<TcpSocket> sockets) throws IOException {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(sockets, "sockets");
    JsonDocument.write(
        out,
        JSON,
        this,
        (json, table) ->
            json.time("takenAt", takenAt)
                .text("binding", sources.binding())
                .text("socketSource", sources.sockets().name())
                .text("ownerSource", ownerSource.name())
                .number("unreadableProcesses", unreadableProcesses())
                .flag("hasHiddenProcesses", hasHiddenProcesses())
                .number("unseenNamespaces", ofAllNamespaces(unseenNamespaces()))
                .number("unplacedProcesses", ofAllNamespaces(unplacedProcesses()))
                .list("sockets", sockets, SocketJson::write));
  }

  private OptionalLong ofAllNamespaces(int count) {
    return query.namespaces().all() ? OptionalLong.of(count) : OptionalLong.empty();
  }

  private IntStream rows() {
    return IntStream.range(0, size());
  }

  Ownership ownership(int row) {
    if (ownership.count(row) > 0) {
      return Ownership.OWNED;
    }
    return ownership.isNone(row) ? Ownership.NONE : Ownership.UNKNOWN;
  }

  Optional<InheritedSocket> endedOwner(int row) {
    long pid = columns.inode(row);
    boolean hasEnded =
        columns.has(Column.PID)
            && ownership.wereLookedFor()
            && ownership(row) == Ownership.UNKNOWN
            && pid != NO_PID;
    return hasEnded
        ? Optional.of(
            new InheritedSocket(
                pid,
                sources.processes().startedBy((int) pid).stream()
                    .map(process -> new OsProcess(process, sources.processes()))
                    .toList()))
        : Optional.empty();
  }

  String interfaceName(int row, int index) {
    if (namespace(row).filter(it -> !it.isOwn()).isPresent()) {
      // There, another interface has this index.
      return Integer.toString(index);
    }
    Map<Integer, String> names = interfaceNames;
    if (names == null) {
      names = new ConcurrentHashMap<>();
      interfaceNames = names;
    }
    return names.computeIfAbsent(index, InterfaceAddresses::name);
  }

  Optional<NetworkNamespace> namespace(int row) {
    List<NetworkNamespace> all = namespaces.namespaces();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(columns.namespace(row)));
  }

  boolean drop(int row) {
    Optional<NetworkNamespace> other = namespace(row).filter(it -> !it.isOwn());
    if (other.isPresent()) {
      throw new SourceException(
          SourceException.Kind.UNSUPPORTED,
          "",
          "",
          "dropping a connection: it is in another network namespace, "
              + other.get()
              + "; do it from a process in there");
    }
    return sources.sockets().drop(columns, row);
  }

  int ownerCount(int row) {
    return ownership.count(row);
  }

  OsProcess owner(int row, int n) {
    return owners[ownership.owner(row, n)];
  }

  /** How many sockets, when, by what. */
  @Override
  public String toString() {
    return size() + " TCP sockets at " + takenAt + " by " + sources.binding();
  }
}
