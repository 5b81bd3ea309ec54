// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as the runtimes write them, made by hand: none of the runtimes is run here. */
class ContainerNamesTest {

  private static final String ID = "5f3c0a12".repeat(8);

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker|var/lib/docker/containers/ID/config.v2.json"
            + "|{\"State\":{\"Running\":true},\"Config\":{\"Labels\":{\"Name\":\"/no\"}},\"Name\":\"/web\"}"
            + "|web",
        "docker|home/.local/share/docker/containers/ID/config.v2.json|{\"Name\":\"/web\"}|web",
        "libpod|var/lib/containers/storage/overlay-containers/containers.json"
            + "|[{\"id\":\"other\",\"names\":[\"db\"]},{\"id\":\"ID\",\"names\":[\"web\"]}]|web",
        "libpod|var/lib/containers/storage/vfs-containers/volatile-containers.json"
            + "|[{\"id\":\"ID\",\"names\":[\"web\"]}]|web",
        "libpod|home/.local/share/containers/storage/overlay-containers/containers.json"
            + "|[{\"id\":\"ID\",\"names\":[\"web\"]}]|web",
        "cri-containerd|run/containerd/io.containerd.runtime.v2.task/k8s.io/ID/config.json"
            + "|{\"annotations\":{\"io.kubernetes.cri.container-name\":\"app\","
            + "\"io.kubernetes.cri.sandbox-name\":\"web-7d4b9\","
            + "\"io.kubernetes.cri.sandbox-namespace\":\"shop\"}}|shop/web-7d4b9/app",
        "crio|run/containers/storage/overlay-containers/ID/userdata/config.json"
            + "|{\"annotations\":{\"io.kubernetes.container.name\":\"app\","
            + "\"io.kubernetes.pod.name\":\"web-7d4b9\","
            + "\"io.kubernetes.pod.namespace\":\"shop\"}}|shop/web-7d4b9/app",
        "docker|var/lib/docker/containers/ID/config.v2.json"
            + "|{\"Config\":{\"Labels\":{\"io.kubernetes.container.name\":\"app\","
            + "\"io.kubernetes.pod.name\":\"web-7d4b9\","
            + "\"io.kubernetes.pod.namespace\":\"shop\"}},\"Name\":\"/k8s_app_1\"}"
            + "|shop/web-7d4b9/app",
        "cri-containerd|var/log/containers/web-7d4b9_shop_app-ID.log|''|shop/web-7d4b9/app",
        "kubepods|var/log/containers/web-7d4b9_shop_app-ID.log|''|shop/web-7d4b9/app",
      })
  void isInAFileOfItsRuntime(String runtime, String file, String text, String name)
      throws IOException {
    write(file, text);

    assertThat(names().of(runtime + " " + ID)).hasValue(name);
    assertThat(names().of(runtime + " " + ID.replace('5', '6'))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"Name\":", "{}", "[]", "{\"Name\":7}", "null"})
  void isUnknownIfTheFileIsOfAnotherKind(String text) throws IOException {
    write("var/lib/docker/containers/ID/config.v2.json", text);

    assertThat(names().of("docker " + ID)).isEmpty();
  }

  @Test
  void aServiceOfComposeIsInTheLabels() throws IOException {
    write(
        "var/lib/docker/containers/ID/config.v2.json",
        "{\"Config\":{\"Labels\":{\"com.docker.compose.project\":\"shop\","
            + "\"com.docker.compose.service\":\"web\"}},\"Name\":\"/shop-web-1\"}");

    assertThat(names().of("docker " + ID)).hasValue("shop-web-1");
    assertThat(names().composeService("docker " + ID)).hasValue("shop/web");
    assertThat(names().composeService("libpod " + ID)).isEmpty();
  }

  @Test
  void aContainerWithoutComposeHasNoService() throws IOException {
    write(
        "var/lib/docker/containers/ID/config.v2.json",
        "{\"Config\":{\"Labels\":null},\"Name\":\"/web\"}");

    assertThat(names().of("docker " + ID)).hasValue("web");
    assertThat(names().composeService("docker " + ID)).isEmpty();
  }

  @Test
  void isUnknownWithoutFiles() {
    assertThat(names().of("docker " + ID)).isEmpty();
    assertThat(names().of("libpod " + ID)).isEmpty();
    assertThat(names().of("lxc web")).isEmpty();
  }

  private ContainerNames names() {
    return new ContainerNames(root, root.resolve("home"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file.replace("ID", ID));
    Files.createDirectories(path.getParent());
    Files.writeString(path, text.replace("ID", ID));
  }
}
