// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A network namespace with nothing in it but the loopback interface. It has no name and lives as
 * long as the process that holds it, which ends with its input: nothing is left behind, even if
 * this JVM is killed.
 */
public final class Namespace implements Closeable {

  private static final String HOLD = "ip link set lo up && echo held && exec cat";

  private final Process holder;
  private final List<String> enter;
  private final Map<UserAccount, BindingReader> readers = new EnumMap<>(UserAccount.class);
  private final Deque<Closeable> inside = new ArrayDeque<>();

  private Namespace(List<String> unshare, List<String> kinds) {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("sh", "-c", HOLD));
    try {
      holder = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
      if (!"held".equals(output.readLine())) {
        throw new AssertionError("no namespace: this test needs root, util-linux and iproute2");
      }
    } catch (IOException e) {
      throw new AssertionError("no namespace: this test needs util-linux", e);
    }
    enter = new ArrayList<>(List.of("nsenter"));
    kinds.forEach(kind -> enter.add(kind.formatted(holder.pid())));
  }

  /** Sees the processes of the whole machine. */
  public static Namespace create() {
    List<String> unshare = new ArrayList<>(ShownProcesses.prefix());
    unshare.addAll(SmallNetwork.unshare());
    return new Namespace(unshare, List.of("--net=/proc/%d/ns/net", "--mount=/proc/%d/ns/mnt"));
  }

  /** Has a PID namespace of its own too, and sees none but its own processes. */
  public static Namespace withOwnProcesses() {
    return new Namespace(
        SmallNetwork.unshare("--pid", "--fork", "--kill-child", "--mount-proc"),
        List.of(
            "--net=/proc/%d/ns/net",
            "--mount=/proc/%d/ns/mnt", "--pid=/proc/%d/ns/pid_for_children"));
  }

  public PythonPeer peer() {
    return peer(UserAccount.ROOT);
  }

  public PythonPeer peer(UserAccount account) {
    return peer(prefix(account));
  }

  /** In this network namespace, but not among its own processes. */
  PythonPeer outsider() {
    return peer(enter.subList(0, 2));
  }

  private PythonPeer peer(List<String> prefix) {
    try {
      PythonPeer peer = new PythonPeer(prefix);
      inside.push(peer);
      return peer;
    } catch (IOException e) {
      throw new AssertionError("this test needs Python 3", e);
    }
  }

  BindingReader reader(UserAccount account) {
    return readers.computeIfAbsent(account, this::newReader);
  }

  private BindingReader newReader(UserAccount account) {
    try {
      String classPath =
          account == UserAccount.ROOT
              ? BindingReader.classPath()
              : PublicClassPath.of(BindingReader.classPath());
      BindingReader reader = new BindingReader(prefix(account), classPath);
      inside.push(reader);
      return reader;
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("no JVM in the namespace", e);
    }
  }

  /** Runs a program to its end, and returns what it printed. */
  String java(Class<?> main) {
    return java(main, List.of());
  }

  /** The same with arguments. */
  public String java(Class<?> main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            BindingReader.command(prefix(UserAccount.ROOT), BindingReader.classPath(), main));
    command.addAll(arguments);
    return Child.output(command, "");
  }

  List<SeenSocket> ss(UserAccount account) {
    return Ss.parse(output(account, Ss.COMMAND, ""));
  }

  /** Loses all incoming packets that an nftables expression matches. */
  public void lose(String packets) {
    nft(
        """
        add table inet loss
        add chain inet loss input { type filter hook input priority 0 ; }
        add rule inet loss input %s drop
        """
            .formatted(packets));
  }

  /** Gives the loopback interface one more address. */
  public void address(String address) {
    output(UserAccount.ROOT, List.of("ip", "address", "add", address, "dev", "lo", "nodad"), "");
  }

  private void nft(String rules) {
    output(UserAccount.ROOT, List.of("nft", "-f", "-"), rules);
  }

  /** Hides processes from other users, as {@code proc(5)} says; for own processes only. */
  public void hideProcesses(String hidepid) {
    output(UserAccount.ROOT, List.of("mount", "-o", "remount,hidepid=" + hidepid, "/proc"), "");
  }

  /** Runs a command inside to its end, and returns what it printed. */
  public String output(UserAccount account, List<String> command, String input) {
    List<String> whole = new ArrayList<>(prefix(account));
    whole.addAll(command);
    return Child.output(whole, input);
  }

  /** What to put before a command to run it inside. */
  public List<String> prefix(UserAccount account) {
    List<String> prefix = new ArrayList<>(enter);
    prefix.addAll(account.prefix());
    return prefix;
  }

  @Override
  public void close() throws IOException {
    try {
      while (!inside.isEmpty()) {
        inside.pop().close();
      }
    } finally {
      Child.end(holder);
    }
  }
}
