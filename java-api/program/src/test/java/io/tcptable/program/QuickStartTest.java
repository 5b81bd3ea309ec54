// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {

  @TempDir private Path folder;

  private Path written(String name) throws IOException {
    Path jar = folder.resolve(name);
    QuickStart.main(new String[] {jar.toString(), folder.resolve(name + ".so").toString()});
    return jar;
  }

  @Test
  void aJarThatNamesTheProgramBesideIt() throws IOException {
    try (JarFile jar = new JarFile(written("start.jar").toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue(Attributes.Name.CLASS_PATH)).isEqualTo("program.jar");
      assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(Main.class.getName());
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(jar.size()).isEqualTo(1);
    }
  }

  /** The JVM uses no archive of a jar of another time or length: two first starts share one. */
  @Test
  void theSameWhoeverWritesIt() throws IOException {
    Path first = written("first.jar");
    Path second = written("second.jar");
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(Files.getLastModifiedTime(second)).isEqualTo(Files.getLastModifiedTime(first));
  }
}
