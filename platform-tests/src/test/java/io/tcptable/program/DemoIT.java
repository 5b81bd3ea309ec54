package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoIT {

  @Test
  void showsTheHungServerAndLeavesNothingBehind() {
    Run run = Run.of(ProgramJar.command("demo"));
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence(
            "$ tcptable diagnose",
            "HANGING",
            "SEVERAL_SERVERS",
            "CLOSE_WAIT_PILEUP",
            "HEALTH_NO_RESPONSE",
            "$ tcptable restart",
            "stopped: ",
            "$ tcptable diagnose",
            "HEALTHY");
    assertThat(ProcessHandle.allProcesses().flatMap(p -> p.info().commandLine().stream()))
        .noneMatch(line -> line.contains("io.tcptable.cli.demo."));
  }
}
