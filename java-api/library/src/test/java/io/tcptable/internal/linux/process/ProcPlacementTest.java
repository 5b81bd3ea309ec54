// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcPlacementTest {

  private static final String ID =
      "5f3c0a7be1d84c6f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";

  @ParameterizedTest
  @CsvSource({
    "/system.slice/web.service, web.service, false",
    "/system.slice/system-web.slice/web@1.service, web@1.service, false",
    "/system.slice/web.service/workers, web.service, false",
    "/system.slice/web.service/poweroff.service, web.service, false",
    "/system.slice/web.service/system.slice/poweroff.service, web.service, false",
    "/../../system.slice/web.service, web.service, false",
    "/docker/" + ID + "/system.slice/web.service, web.service, false",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/web.service/poweroff.service,"
        + " web.service, true",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/web.service, web.service, true",
  })
  void namesTheServiceOfSystemd(String path, String name, boolean user) {
    assertThat(ProcPlacement.unit(path)).hasValue(new ProcPlacement.Unit(name, user));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/init.scope",
        "/user.slice/user-1000.slice/session-3.scope",
        "/user.slice/user-1000.slice/user@1000.service/init.scope",
        "/user.slice/user-1000.slice/user@1000.service/app.slice/app-terminal-42.scope",
        "/system.slice/docker-" + ID + ".scope",
        "/docker/" + ID,
        "/system.slice/ci.service.d/web.service",
        "/work/system.slice/poweroff.service",
        "/x\r0::/system.slice/poweroff.service",
        "/user.slice/user-1000.slice/session-3.scope/poweroff.service"
      })
  void nothingElseIsAService(String path) {
    assertThat(ProcPlacement.unit(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/system.slice/docker-" + ID + ".scope, docker " + ID,
    "/docker/" + ID + ", docker " + ID,
    "/../../docker/" + ID + "/init, docker " + ID,
    "/kubepods.slice/kubepods-pod1_2.slice/cri-containerd-" + ID + ".scope, cri-containerd " + ID,
    "/kubepods/burstable/pod12-34/" + ID + ", kubepods " + ID,
    "/machine.slice/libpod-" + ID + ".scope/container, libpod " + ID,
    "/kubepods/burstable/pod12-34/crio-" + ID + ", crio " + ID,
    "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-"
        + ID
        + ".scope, libpod "
        + ID,
    "/lxc.payload.web/system.slice, lxc web",
    "/lxc/web, lxc web",
    "/machine.slice/machine-web.scope, machine web"
  })
  void namesTheContainer(String path, String container) {
    assertThat(ProcPlacement.container(path)).hasValue(container);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/system.slice/web.service/docker-" + ID + ".scope",
        "/system.slice/web.service/docker/" + ID,
        "/x\r0::/docker/" + ID,
        "/work/lxc.payload.web",
        "/work/machine-web.scope",
      })
  void whatAServiceCallsAGroupOfItsOwnIsNoContainer(String path) {
    assertThat(ProcPlacement.container(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/user.slice/user-1000.slice/user@1000.service/docker-" + ID + ".scope, true",
    "/user.slice/user-1000.slice/user@1000.service/app.slice/machine-web.scope, true",
    "/user.slice/user-1000.slice/user@1000.service/lxc.payload.web, true",
    "/../user@1000.service/docker/" + ID + ", true",
    "/system.slice/docker-" + ID + ".scope, false",
    "/system.slice/web.service/user@1000.service/docker-" + ID + ".scope, false"
  })
  void knowsWhoNamesTheGroups(String path, boolean user) {
    assertThat(ProcPlacement.isBelowUser(path)).isEqualTo(user);
  }

  @Test
  void aServiceIsNoContainer() {
    assertThat(ProcPlacement.container("/system.slice/docker.service")).isEmpty();
    assertThat(ProcPlacement.container("/process_api/91612b3c3dc2dad8f8e9d0d55d60ae76")).isEmpty();
  }
}
