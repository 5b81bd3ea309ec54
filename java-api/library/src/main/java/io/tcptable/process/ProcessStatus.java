// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a process did and used at one moment. What this user may not know is empty, never 0.
 * Immutable.
 */
public final class ProcessStatus {

  /** What a process does, from {@code proc_pid_stat(5)}. */
  public enum State {
    /** Runs, or would if a processor were free. */
    RUNNING,
    /** Waits for something, and a signal wakes it. */
    SLEEPING,
    /** Waits inside the kernel, usually for a disk, and no signal wakes it. */
    BLOCKED,
    /** Stopped by a signal such as SIGSTOP, until SIGCONT. */
    STOPPED,
    /** Stopped by the process that traces it. */
    TRACED,
    /** Dead, but not yet waited for by its parent. */
    ZOMBIE,
    /** A state that this version does not know. */
    UNKNOWN
  }

  private final State state;
  private final Optional<String> waitChannel;
  private final OptionalLong tracer;
  private final OptionalLong processGroup;
  private final OptionalLong session;
  private final OptionalLong programImage;
  private final OptionalLong openDescriptors;
  private final OptionalLong descriptorLimit;
  private final OptionalLong residentMemory;
  private final OptionalLong groupMemory;
  private final OptionalLong groupMemoryLimit;
  private final Optional<Duration> unanswered;
  private final Optional<Path> frozenBy;

  private ProcessStatus(Builder from) {
    this.state = from.state;
    this.waitChannel = from.waitChannel;
    this.tracer = from.tracer;
    this.processGroup = from.processGroup;
    this.session = from.session;
    this.programImage = from.programImage;
    this.openDescriptors = from.openDescriptors;
    this.descriptorLimit = from.descriptorLimit;
    this.residentMemory = from.residentMemory;
    this.groupMemory = from.groupMemory;
    this.groupMemoryLimit = from.groupMemoryLimit;
    this.unanswered = from.unanswered;
    this.frozenBy = from.frozenBy;
  }

  /** Begins with nothing known but this. */
  public static Builder builder(State state) {
    Objects.requireNonNull(state, "state");
    return new Builder(state);
  }

  /** What it does, by its first thread. */
  public State state() {
    return state;
  }

  /**
   * The function inside the kernel in which it waits, such as {@code inet_csk_accept} ({@code
   * proc_pid_wchan(5)}); empty too if it does not wait.
   */
  public Optional<String> waitChannel() {
    return waitChannel;
  }

  /** The PID of the process that traces it, such as a debugger; empty too if none does. */
  public OptionalLong tracer() {
    return tracer;
  }

  /** Its process group, see {@code credentials(7)}. */
  public OptionalLong processGroup() {
    return processGroup;
  }

  /** Its session, see {@code credentials(7)}; on Windows that of its desktop, 0 for services. */
  public OptionalLong session() {
    return session;
  }

  /**
   * A number that two processes share only if one was forked from the other, or both from a third,
   * and neither has run a program since: the workers of one server, but not two starts of it.
   */
  public OptionalLong programImage() {
    return programImage;
  }

  /** How many descriptors it has open. */
  public OptionalLong openDescriptors() {
    return openDescriptors;
  }

  /**
   * How many it may have open ({@code RLIMIT_NOFILE}); from then on it cannot accept; {@link
   * Long#MAX_VALUE} for any number.
   */
  public OptionalLong descriptorLimit() {
    return descriptorLimit;
  }

  /** Bytes of it in memory. */
  public OptionalLong residentMemory() {
    return residentMemory;
  }

  /**
   * Bytes in use by its control group, less the file cache that would go first; empty too if the
   * group has no limit.
   */
  public OptionalLong groupMemory() {
    return groupMemory;
  }

  /**
   * Bytes that its control group may use before the kernel kills in it; of several limits the one
   * that is nearest; empty too if there is none.
   */
  public OptionalLong groupMemoryLimit() {
    return groupMemoryLimit;
  }

  /**
   * How long its memory was waited for, if the kernel did not answer within that: one of its
   * threads keeps the lock of its memory mappings ({@code mmap_lock}), usually while it waits for a
   * disk or a network file system. What is read from its memory, such as its command line, is not
   * known then. Empty if it was answered.
   */
  public Optional<Duration> unanswered() {
    return unanswered;
  }

  /**
   * The file by which its control group, or one above that, is frozen: {@code cgroup.freeze} of
   * version 2, {@code freezer.state} of version 1. {@code docker pause} and {@code systemctl
   * freeze} do that. Empty too if it is not frozen, and on Windows.
   */
  public Optional<Path> frozenBy() {
    return frozenBy;
  }

  /** All that is known. */
  @Override
  public String toString() {
    return "ProcessStatus[state="
        + state
        + ", waitChannel="
        + waitChannel
        + ", tracer="
        + tracer
        + ", processGroup="
        + processGroup
        + ", session="
        + session
        + ", programImage="
        + programImage
        + ", openDescriptors="
        + openDescriptors
        + ", descriptorLimit="
        + descriptorLimit
        + ", residentMemory="
        + residentMemory
        + ", groupMemory="
        + groupMemory
        + ", groupMemoryLimit="
        + groupMemoryLimit
        + ", unanswered="
        + unanswered
        + ", frozenBy="
        + frozenBy
        + "]";
  }

  /** Makes one. A number below zero, or null, is not known. For one thread. */
  public static final class Builder {

    private final State state;
    private Optional<String> waitChannel = Optional.empty();
    private OptionalLong tracer = OptionalLong.empty();
    private OptionalLong processGroup = OptionalLong.empty();
    private OptionalLong session = OptionalLong.empty();
    private OptionalLong programImage = OptionalLong.empty();
    private OptionalLong openDescriptors = OptionalLong.empty();
    private OptionalLong descriptorLimit = OptionalLong.empty();
    private OptionalLong residentMemory = OptionalLong.empty();
    private OptionalLong groupMemory = OptionalLong.empty();
    private OptionalLong groupMemoryLimit = OptionalLong.empty();
    private Optional<Duration> unanswered = Optional.empty();
    private Optional<Path> frozenBy = Optional.empty();

    private Builder(State state) {
      this.state = state;
    }

    public Builder waitChannel(Optional<String> waitChannel) {
      Objects.requireNonNull(waitChannel, "waitChannel");
      this.waitChannel = waitChannel;
      return this;
    }

    /** Of 0, which no process has, it is empty too. */
    public Builder tracer(long tracer) {
      this.tracer = tracer == 0 ? OptionalLong.empty() : Known.orEmpty(tracer);
      return this;
    }

    public Builder processGroup(long processGroup) {
      this.processGroup = Known.orEmpty(processGroup);
      return this;
    }

    public Builder session(long session) {
      this.session = Known.orEmpty(session);
      return this;
    }

    public Builder programImage(long programImage) {
      this.programImage = Known.orEmpty(programImage);
      return this;
    }

    public Builder openDescriptors(long openDescriptors) {
      this.openDescriptors = Known.orEmpty(openDescriptors);
      return this;
    }

    public Builder descriptorLimit(long descriptorLimit) {
      this.descriptorLimit = Known.orEmpty(descriptorLimit);
      return this;
    }

    public Builder residentMemory(long residentMemory) {
      this.residentMemory = Known.orEmpty(residentMemory);
      return this;
    }

    public Builder groupMemory(long groupMemory) {
      this.groupMemory = Known.orEmpty(groupMemory);
      return this;
    }

    public Builder groupMemoryLimit(long groupMemoryLimit) {
      this.groupMemoryLimit = Known.orEmpty(groupMemoryLimit);
      return this;
    }

    public Builder unanswered(Optional<Duration> unanswered) {
      Objects.requireNonNull(unanswered, "unanswered");
      this.unanswered = unanswered;
      return this;
    }

    public Builder frozenBy(Optional<Path> frozenBy) {
      Objects.requireNonNull(frozenBy, "frozenBy");
      this.frozenBy = frozenBy;
      return this;
    }

    public ProcessStatus build() {
      return new ProcessStatus(this);
    }
  }
}
