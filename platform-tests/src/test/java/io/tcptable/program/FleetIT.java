// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.agreement.NeedsRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/FLEET.md sets up: three machines, a Prometheus that watches them, and its alerts. */
class FleetIT {

  @NeedsRoot
  @Test
  @Tag("once")
  void theAlertsFireForTheMachinesThatHaveTroubleAndForNoOther() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prometheus")), "Prometheus is not installed");

    Run run =
        Run.of(
            List.of(
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "python3",
                "src/fleet/fleet.py",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ProgramJar.path().toString(),
                "../docs"));

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out().lines())
        .contains(
            "firing TcpCloseWaitPileup: 20 connections of port 3001 of b.example are in CLOSE_WAIT",
            "firing TcpSeveralServers: 2 independent servers listen on port 3001 of c.example",
            "scraped: a.example, b.example, c.example")
        .noneMatch(line -> line.contains("a.example are in") || line.contains("of a.example"));
  }
}
