// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.agreement.UserAccount;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.FindingCode;
import io.tcptable.diagnose.Verdict;
import io.tcptable.story.Diagnosed.Found;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners that are kept from working, and owners that cannot be seen. */
@NeedsRoot
@Tag("once")
class ProcessesIT {

  /** Holds threads as a debugger does at a breakpoint. */
  private static final String DEBUGGER =
      """
      import ctypes
      libc = ctypes.CDLL(None, use_errno=True)
      libc.ptrace.argtypes = [ctypes.c_long] * 4
      PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT, WALL = 17, 0x4206, 0x4207, 0x40000000
      def hold(thread):
          for request in PTRACE_SEIZE, PTRACE_INTERRUPT:
              if libc.ptrace(request, thread, 0, 0): raise OSError(ctypes.get_errno(), 'ptrace')
          os.waitpid(thread, WALL)
      def threads(pid): return [int(thread) for thread in os.listdir(f'/proc/{pid}/task')]
      """;

  @AutoClose private final Place place = new Place();

  @Test
  void heldByADebugger() {
    Backend backend = place.backend("healthy");
    long pid = backend.pids().get(0);
    place.act(DEBUGGER + "held = threads(%d)\nfor thread in held: hold(thread)".formatted(pid));
    try {
      Diagnosed diagnosis = place.diagnose();

      assertFaults(
          diagnosis,
          Verdict.HANGING,
          FindingCode.PROCESS_TRACED,
          FindingCode.NOT_ACCEPTING,
          FindingCode.HEALTH_NO_RESPONSE);
      Found found = diagnosis.finding(FindingCode.PROCESS_TRACED);
      assertThat(found.pids()).containsExactly(pid);
      assertThat(found.evidence()).containsEntry("tracer", place.peer());
    } finally {
      place.act("for thread in held: libc.ptrace(PTRACE_DETACH, thread, 0, 0)");
    }
  }

  /** The first thread only waits for the others anyway. */
  @Test
  void aDebuggerThatHoldsAThreadWhichIsNotNeeded() {
    long pid = place.backend("healthy").pids().get(0);
    place.act(DEBUGGER + "hold(%d)".formatted(pid));
    try {
      Diagnosed diagnosis = place.diagnose();

      assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.PROCESS_TRACED);
      assertThat(diagnosis.finding(FindingCode.PROCESS_TRACED).severity())
          .isEqualTo(Severity.WARNING);
    } finally {
      place.act("libc.ptrace(PTRACE_DETACH, %d, 0, 0)".formatted(pid));
    }
  }

  @Test
  void waitingInsideTheKernel() {
    long pid = place.backend("blocked").pids().get(0);

    Diagnosed diagnosis = place.diagnose();

    assertFaults(
        diagnosis,
        Verdict.HANGING,
        FindingCode.PROCESS_BLOCKED,
        FindingCode.NOT_ACCEPTING,
        FindingCode.HEALTH_NO_RESPONSE);
    Found found = diagnosis.finding(FindingCode.PROCESS_BLOCKED);
    assertThat(found.pids()).containsExactly(pid);
    assertThat(found.evidence()).containsKey("waitChannel");
  }

  @Test
  void aFirstThreadThatHasEndedWithoutTheOthers() {
    Backend backend = place.backend("zombie");

    Diagnosed diagnosis = place.diagnose();

    assertFaults(diagnosis, Verdict.HEALTHY);
    Found found = diagnosis.finding(FindingCode.PROCESS_ZOMBIE);
    assertThat(found.severity()).isEqualTo(Severity.INFO);
    assertThat(found.pids()).isEqualTo(backend.pids());
  }

  @Test
  void anotherUsersServer() {
    place.backend("healthy");

    Diagnosed diagnosis = place.diagnose(Place.PORT, UserAccount.NOBODY);

    assertFaults(diagnosis, Verdict.HEALTHY, FindingCode.OWNER_UNKNOWN);
    Found found = diagnosis.finding(FindingCode.OWNER_UNKNOWN);
    assertThat(found.meaning()).startsWith("This user may not inspect");
    assertThat(found.advice()).containsExactly("sudo tcptable diagnose 3001");
    assertThat(found.figure("unreadableProcesses")).isPositive();
  }

  @Test
  void anotherUsersServerThatIsNotEvenListed() throws IOException {
    try (Place hidden = Place.withHiddenProcesses()) {
      hidden.backend("healthy");

      Diagnosed diagnosis = hidden.diagnose(Place.PORT, UserAccount.NOBODY);

      assertFaults(diagnosis, Verdict.HEALTHY, FindingCode.OWNER_UNKNOWN);
      Found found = diagnosis.finding(FindingCode.OWNER_UNKNOWN);
      assertThat(found.meaning()).contains("hidepid");
      assertThat(found.advice()).containsExactly("sudo tcptable diagnose 3001");
    }
  }

  @Test
  void nearItsMemoryLimit() {
    try (MemoryGroup group = MemoryGroup.create();
        Backend backend = place.backend("memory", group.folder().toString())) {
      Diagnosed diagnosis = place.diagnose();

      assertFaults(diagnosis, Verdict.DEGRADED, FindingCode.MEMORY_LIMIT);
      Found found = diagnosis.finding(FindingCode.MEMORY_LIMIT);
      assertThat(found.pids()).isEqualTo(backend.pids());
      assertThat(found.figure("limitBytes")).isGreaterThan(32 << 20);
    }
  }

  @Test
  void threadsThatWaitForEachOther() {
    long pid = place.backend(DeadlockedServer.class).pids().get(0);

    Diagnosed diagnosis = place.diagnose(DiagnoseMain.THREADS);

    assertFaults(diagnosis, Verdict.HANGING, FindingCode.DEADLOCK, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(diagnosis.finding(FindingCode.DEADLOCK).pids()).containsExactly(pid);
    assertThat(diagnosis.threadDumps().get(pid)).contains("DeadlockedServer.lambda$lockInTurn");
  }

  private static void assertFaults(Diagnosed diagnosis, Verdict verdict, FindingCode... expected) {
    assertThat(diagnosis.faults()).as("%s", diagnosis).containsExactly(expected);
    assertThat(diagnosis.verdict()).isEqualTo(verdict);
  }
}
