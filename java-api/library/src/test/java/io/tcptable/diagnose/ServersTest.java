// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import servers.Loopback;

/** Which processes are one server, and which are several: the question that must not be missed. */
class ServersTest {

  private final SceneProcess init = new SceneProcess(1).runs("/sbin/init");
  private final SceneProcess shell = new SceneProcess(50).runs("/bin/bash");
  private final SceneProcess first = new SceneProcess(100);
  private final SceneProcess second = new SceneProcess(200);
  private final Scene scene = new Scene().with(init, shell);

  private List<Set<Long>> servers() {
    return Servers.of(scene.evidence()).stream().map(Server::pids).toList();
  }

  @Test
  void twoStartsOfOneProgramAreTwoServers() {
    scene.with(first, second).with(listener(first), listener(second));

    assertThat(servers()).containsExactly(Set.of(100L), Set.of(200L));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(finding.pids()).containsExactly(100L, 200L);
    assertThat(finding.evidence())
        .containsEntry("servers", 2L)
        .containsEntry("how", "SO_REUSEPORT")
        .containsEntry("100", "127.0.0.1:3001");
    assertThat(finding.advice()).containsExactly(new Advice.RestartAsItWas(3001));
  }

  @Test
  void twoStartsFromOneShellAreTwoServers() {
    scene
        .with(first.startedBy(shell), second.startedBy(shell))
        .with(listener(first), listener(second));
    assertThat(servers()).hasSize(2);
  }

  @Test
  void twoStartsFromATestOfTheSameLanguageAreTwoServers() {
    SceneProcess tests = new SceneProcess(60).runs("/usr/bin/python3", "run_tests.py");
    scene
        .with(tests, first.startedBy(tests), second.startedBy(tests))
        .with(listener(first), listener(second));
    assertThat(servers()).hasSize(2);
  }

  @Test
  void workersThatInheritedTheSocketAreOneServer() {
    SceneProcess worker = new SceneProcess(101).forkedBy(first);
    scene.with(first, worker).with(listener(first, worker));

    assertThat(servers()).containsExactly(Set.of(100L, 101L));
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.finding(FindingCode.SHARED_LISTENER).severity()).isEqualTo(Severity.INFO);
    assertThat(scene.finding(FindingCode.SHARED_LISTENER).pids()).containsExactly(100L, 101L);
  }

  @Test
  void workersWhoseMasterIsDeadAreStillOneServer() {
    SceneProcess worker = new SceneProcess(101).forkedBy(first).orphaned();
    SceneProcess other = new SceneProcess(102).forkedBy(first).orphaned();
    scene.with(worker, other).with(listener(worker, other));
    assertThat(servers()).hasSize(1);
  }

  @Test
  void forksThatListenEachForThemselvesAreOneServer() {
    SceneProcess worker = new SceneProcess(101).forkedBy(first);
    SceneProcess other = new SceneProcess(102).forkedBy(first);
    scene.with(first, worker, other).with(listener(worker), listener(other));

    assertThat(servers()).containsExactly(Set.of(101L, 102L));
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.codes())
        .containsExactly(FindingCode.SHARED_LISTENER, FindingCode.RELOADER_PARENT);
  }

  @Test
  void aChildThatListensForItselfBelongsToItsAncestor() {
    SceneProcess helper = new SceneProcess(101).startedBy(first).runs("/usr/bin/ruby");
    SceneProcess child = new SceneProcess(102).startedBy(helper).runs("/usr/bin/node");
    scene.with(first, helper, child).with(listener(first), listener(child));
    assertThat(servers()).hasSize(1);
  }

  @Test
  void workersStartedAnewByTheirServerAreOneServer() {
    SceneProcess master = new SceneProcess(60).runs("/usr/bin/node", "app.js");
    first.startedBy(master).runs("/usr/bin/node", "app.js");
    second.startedBy(master).runs("/usr/bin/node", "app.js");
    scene.with(master, first, second).with(listener(first), listener(second));
    assertThat(servers()).hasSize(1);
  }

  @Test
  void instancesOfAProcessManagerInGroupsOfTheirOwnAreSeveral() {
    SceneProcess manager = new SceneProcess(60).runs("/usr/bin/node", "app.js");
    first.startedBy(manager).runs("/usr/bin/node", "app.js").inGroup(100);
    second.startedBy(manager).runs("/usr/bin/node", "app.js").inGroup(200);
    scene.with(manager, first, second).with(listener(first), listener(second));
    assertThat(servers()).hasSize(2);
  }

  @Test
  void theTwoForwardersOfOneContainerPortAreOneServer() {
    SceneProcess daemon = new SceneProcess(60).runs("/usr/bin/dockerd");
    first.startedBy(daemon).runs("/usr/bin/docker-proxy");
    second.startedBy(daemon).runs("/usr/bin/docker-proxy");
    scene
        .with(daemon, first, second)
        .with(
            listener(first).at(Loopback.address(0, 0, 0, 0)),
            listener(second).at(Loopback.address(new int[16])).v6Only());
    assertThat(servers()).hasSize(1);
    assertThat(scene.faults()).isEmpty();
  }

  @Test
  void oneProcessThatListensOnBothFamiliesIsOneServer() {
    scene.with(first).with(listener(first), listener(first).at(Loopback.V6));
    assertThat(servers()).hasSize(1);
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void twoServersMaySplitTheFamilies() {
    scene.with(first, second).with(listener(first), listener(second).at(Loopback.V6));
    assertThat(scene.finding(FindingCode.SEVERAL_SERVERS).evidence())
        .containsEntry("how", "IPv4/IPv6 split");
    assertThat(scene.faults()).containsExactly(FindingCode.SEVERAL_SERVERS);
  }

  @Test
  void oneMayTakeASingleAddressFromTheOther() {
    scene
        .with(first, second)
        .with(listener(first).at(Loopback.address(0, 0, 0, 0)), listener(second));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.evidence()).containsEntry("how", "wildcard and single address");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void atAddressesApartTheyAreNoFault() {
    scene
        .with(first, second)
        .with(listener(first), listener(second).at(Loopback.address(127, 0, 0, 2)));
    Finding finding = scene.finding(FindingCode.SEVERAL_SERVERS);
    assertThat(finding.evidence()).containsEntry("how", "different addresses");
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void whereAnAncestorIsHiddenItIsOnlyLikely() {
    SceneProcess hidden = new SceneProcess(60).runs("/usr/sbin/master").hidden();
    scene
        .with(hidden, first.startedBy(hidden), second.startedBy(hidden))
        .with(listener(first), listener(second));
    assertThat(scene.finding(FindingCode.SEVERAL_SERVERS).confidence())
        .isEqualTo(Confidence.LIKELY);
  }

  @Test
  void twoServersWithWorkersAreToldApart() {
    SceneProcess worker = new SceneProcess(101).forkedBy(first);
    SceneProcess other = new SceneProcess(201).forkedBy(second);
    scene.with(first, worker, second, other).with(listener(first, worker), listener(second, other));
    assertThat(servers()).containsExactly(Set.of(100L, 101L), Set.of(200L, 201L));
  }
}
