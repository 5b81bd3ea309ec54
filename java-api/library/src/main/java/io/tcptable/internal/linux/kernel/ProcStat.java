// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessStatus.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The line in {@code /proc/PID/stat}, see {@code proc_pid_stat(5)}: {@code 19508 (python3) S 1
 * ...}. The name may hold anything, spaces and parentheses too, so the fields count from the last
 * {@code )}.
 */
public final class ProcStat {

  /** The line is shorter than this for every name. */
  public static final int CAPACITY = 1024;

  private static final int STATE_FIELD = 3;
  private static final int PARENT_FIELD = 4;
  private static final int GROUP_FIELD = 5;
  private static final int SESSION_FIELD = 6;
  private static final int FLAGS_FIELD = 9;
  private static final int USER_TIME_FIELD = 14;
  private static final int SYSTEM_TIME_FIELD = 15;
  private static final int NICE_FIELD = 19;
  private static final int THREADS_FIELD = 20;
  private static final int START_FIELD = 22;
  private static final int STACK_FIELD = 28;
  private static final int POLICY_FIELD = 41;
  private static final int ARGUMENTS_FIELD = 48;
  private static final int ARGUMENTS_END_FIELD = 49;
  private static final int ENVIRONMENT_FIELD = 50;
  private static final int ENVIRONMENT_END_FIELD = 51;
  private static final int PF_FORKNOEXEC = 0x00000040;
  private static final int PF_KTHREAD = 0x00200000;

  private final ByteBuffer line;
  private final int length;
  private final int nameStart;
  private final int nameEnd;

  /** Reads from the first bytes of the buffer, which must stay as they are meanwhile. */
  public ProcStat(ByteBuffer line, int length) {
    this.line = line;
    this.length = length;
    int end = length - 1;
    while (end >= 0 && line.get(end) != ')') {
      end--;
    }
    int start = 0;
    while (start < end && line.get(start) != '(') {
      start++;
    }
    this.nameStart = start + 1;
    this.nameEnd = end;
  }

  /** Whether the line reaches beyond all that is read of it. */
  public boolean isComplete() {
    return nameStart <= nameEnd && begin(STACK_FIELD + 1) <= length;
  }

  /** Whether it cannot hold a descriptor: a kernel thread, or dead with no thread left. */
  public boolean holdsNothing() {
    return hasEnded() || (field(FLAGS_FIELD) & PF_KTHREAD) != 0;
  }

  public State state() {
    return switch (letter()) {
      case 'R' -> State.RUNNING;
      case 'S', 'I' -> State.SLEEPING;
      case 'D' -> State.BLOCKED;
      case 'T' -> State.STOPPED;
      case 't' -> State.TRACED;
      case 'Z', 'X' -> State.ZOMBIE;
      default -> State.UNKNOWN;
    };
  }

  private char letter() {
    return (char) line.get(nameEnd + 2);
  }

  public int parent() {
    return (int) field(PARENT_FIELD);
  }

  public int group() {
    return (int) field(GROUP_FIELD);
  }

  public int session() {
    return (int) field(SESSION_FIELD);
  }

  /**
   * Where the stack begins: usually random for each program that is run, and the same in its forks
   * until they run another one. 0 if this user may not know.
   */
  public long stack() {
    return field(STACK_FIELD);
  }

  /** Whether it was forked and has run no program since, so that it runs its parent's. */
  public boolean isOnlyForked() {
    return (field(FLAGS_FIELD) & PF_FORKNOEXEC) != 0;
  }

  /** From -20 to 19. */
  public int nice() {
    int at = begin(NICE_FIELD);
    boolean negative = at < length && line.get(at) == '-';
    long value = number(negative ? at + 1 : at);
    return (int) (negative ? -value : value);
  }

  /** The scheduling policy, as in {@code sched(7)}; 0 is the usual one. */
  public int policy() {
    return (int) field(POLICY_FIELD);
  }

  /**
   * How many bytes its arguments took when it was started; empty if it has moved them since, or
   * this user may not know.
   */
  public OptionalLong argumentBytes() {
    long end = field(ARGUMENTS_END_FIELD);
    return end == 0 || end != field(ENVIRONMENT_FIELD)
        ? OptionalLong.empty()
        : OptionalLong.of(end - field(ARGUMENTS_FIELD));
  }

  /** The same of its environment, which follows them. */
  public OptionalLong environmentBytes() {
    return argumentBytes().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(field(ENVIRONMENT_END_FIELD) - field(ENVIRONMENT_FIELD));
  }

  /**
   * Whether it is dead, though its parent has not yet asked for the exit code. If only the first
   * thread has ended, the kernel shows the same letter, but the others live on.
   */
  public boolean hasEnded() {
    return letter() == 'X' || (letter() == 'Z' && field(THREADS_FIELD) <= 1);
  }

  public ProcessIdentity identity(int pid) {
    long start = field(START_FIELD);
    return new ProcessIdentity(pid, start, BootTime.plusTicks(start), name());
  }

  /** How long it has run on a processor, in ticks. */
  public long processorTicks() {
    return field(USER_TIME_FIELD) + field(SYSTEM_TIME_FIELD);
  }

  /** Its short name. */
  public String name() {
    byte[] name = new byte[nameEnd - nameStart];
    line.get(nameStart, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Where a field begins; beyond the end if it does not. */
  private int begin(int field) {
    int at = nameEnd + 2;
    for (int i = STATE_FIELD; i < field; i++) {
      while (at < length && line.get(at) != ' ') {
        at++;
      }
      at++;
    }
    return at;
  }

  private long field(int number) {
    return number(begin(number));
  }

  private long number(int from) {
    long value = 0;
    for (int at = from; at < length && line.get(at) >= '0' && line.get(at) <= '9'; at++) {
      value = value * 10 + line.get(at) - '0';
    }
    return value;
  }
}
