// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A process made by hand: an ordinary one, but for what the test says. */
final class SceneProcess {

  private final long pid;
  private long parent = 1;
  private List<String> commandLine = List.of("/usr/bin/python3", "server.py");
  private String executable = "/usr/bin/python3";
  private Path workingDirectory = Path.of("/srv");
  private String user = "web";
  private State state = State.SLEEPING;
  private State stateBefore = State.SLEEPING;
  private Optional<Duration> unanswered = Optional.empty();
  private Optional<Path> frozenBy = Optional.empty();
  private OptionalLong tracer = OptionalLong.empty();
  private long group;
  private long session;
  private OptionalLong image;
  private OptionalLong open = OptionalLong.of(10);
  private long limit = 1024;
  private OptionalLong memory = OptionalLong.empty();
  private OptionalLong memoryLimit = OptionalLong.empty();
  private Optional<String> service = Optional.empty();
  private boolean userService;
  private Optional<String> container = Optional.empty();
  private Optional<String> containerName = Optional.empty();
  private Optional<String> composeService = Optional.empty();
  private long pidNamespace = 1;
  private long networkNamespace = 2;
  private List<Path> logs = List.of();
  private String standardError = "/dev/null";

  /** A session leader with a program run of its own, started by init. */
  SceneProcess(long pid) {
    this.pid = pid;
    this.group = pid;
    this.session = pid;
    this.image = OptionalLong.of(1000 + pid);
  }

  long pid() {
    return pid;
  }

  /** Forked by another one, and still running what that runs. */
  SceneProcess forkedBy(SceneProcess other) {
    startedBy(other);
    image = other.image;
    return this;
  }

  /** Started by another one, in the same process group, to run a program. */
  SceneProcess startedBy(SceneProcess other) {
    parent = other.pid;
    group = other.group;
    session = other.session;
    return this;
  }

  /** As if its parent had died. */
  SceneProcess orphaned() {
    parent = 1;
    return this;
  }

  SceneProcess inGroup(long other) {
    group = other;
    return this;
  }

  SceneProcess runs(String program, String... arguments) {
    executable = program;
    commandLine = List.of(program, arguments.length == 0 ? "" : arguments[0]);
    return this;
  }

  /** Says of itself that it was started so. */
  SceneProcess claims(String... words) {
    commandLine = List.of(words);
    return this;
  }

  SceneProcess in(Path directory) {
    workingDirectory = directory;
    return this;
  }

  SceneProcess as(String other) {
    user = other;
    return this;
  }

  SceneProcess is(State now) {
    state = now;
    stateBefore = now;
    return this;
  }

  SceneProcess was(State before) {
    stateBefore = before;
    return this;
  }

  SceneProcess unanswered(Duration waited) {
    unanswered = Optional.of(waited);
    return this;
  }

  SceneProcess frozenBy(Path file) {
    frozenBy = Optional.of(file);
    return this;
  }

  SceneProcess tracedBy(long other) {
    tracer = OptionalLong.of(other);
    return this;
  }

  SceneProcess descriptors(long used, long most) {
    open = OptionalLong.of(used);
    limit = most;
    return this;
  }

  SceneProcess memory(long used, long most) {
    memory = OptionalLong.of(used);
    memoryLimit = OptionalLong.of(most);
    return this;
  }

  SceneProcess service(String unit) {
    service = Optional.of(unit);
    return this;
  }

  SceneProcess userService(String unit) {
    userService = true;
    return service(unit);
  }

  SceneProcess container(String id) {
    container = Optional.of(id);
    return this;
  }

  SceneProcess composeService(String service) {
    composeService = Optional.of(service);
    return this;
  }

  SceneProcess containerName(String name) {
    containerName = Optional.of(name);
    return this;
  }

  SceneProcess networkNamespace(long other) {
    networkNamespace = other;
    return this;
  }

  SceneProcess pidNamespace(long other) {
    pidNamespace = other;
    return this;
  }

  SceneProcess writes(String error, String... logFiles) {
    standardError = error;
    logs = List.of(logFiles).stream().map(Path::of).toList();
    return this;
  }

  /** As for a user who may not look into it. */
  SceneProcess hidden() {
    image = OptionalLong.empty();
    open = OptionalLong.empty();
    return this;
  }

  ProcessEvidence evidence() {
    String name = Path.of(executable).getFileName().toString();
    return new ProcessEvidence(
        pid,
        Instant.EPOCH.plusSeconds(pid),
        name,
        OptionalLong.of(parent),
        commandLine,
        0,
        Optional.of(Path.of(executable)),
        Optional.of(workingDirectory),
        Optional.of(user),
        Optional.of(
            ProcessStatus.builder(state)
                .tracer(tracer.orElse(0))
                .processGroup(group)
                .session(session)
                .programImage(image.orElse(-1))
                .openDescriptors(open.orElse(-1))
                .descriptorLimit(limit)
                .residentMemory(1 << 20)
                .groupMemory(memory.orElse(-1))
                .groupMemoryLimit(memoryLimit.orElse(-1))
                .unanswered(unanswered)
                .frozenBy(frozenBy)
                .build()),
        Optional.of(stateBefore),
        Optional.of(
            ProcessPlacement.builder()
                .service(service)
                .userService(userService)
                .container(container)
                .networkNamespace(networkNamespace)
                .pidNamespace(pidNamespace)
                .build()),
        containerName,
        composeService,
        Optional.of(
            new ProcessOutput(Optional.of("/dev/null"), Optional.of(standardError), logs, 0)));
  }
}
