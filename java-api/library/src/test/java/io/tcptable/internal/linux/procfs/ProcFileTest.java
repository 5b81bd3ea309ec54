// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tcptable.internal.platform.NamedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {

  @Test
  void readsWhatHasNoSize() throws IOException {
    Path status = Path.of("/proc/self/status");
    assertThat(Files.size(status)).isZero();
    assertThat(ProcFile.text(status).numberAfter("Pid:")).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void readsFilesOfEachLength(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("file");
    for (int length : new int[] {0, 1, 4095, 4096, 4097, 8192, 100_000}) {
      byte[] content = new byte[length];
      for (int i = 0; i < length; i++) {
        content[i] = (byte) (i * 31);
      }
      Files.write(file, content);
      assertThat(ProcFile.bytes(file, ProcFile.MOST_BYTES)).isEqualTo(content);
      assertThat(ProcFile.bytes(file, 5000)).hasSize(Math.min(length, 5000));
    }
  }

  /** A file of 3 GB, of which nothing but the first bytes is ever in memory. */
  @Test
  void readsNoMoreThanItIsAskedFor(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("large");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    assertThat(ProcFile.bytes(file, 70_000)).hasSize(70_000);
    assertThatIOException().isThrownBy(() -> ProcFile.text(file)).withMessageContaining("longer");
    assertThat(ProcFile.textIfKnown(file)).isEqualTo(ProcText.UNKNOWN);
  }

  @Test
  void whatIsGoneIsUnknown(@TempDir Path directory) {
    Path gone = directory.resolve("gone");
    assertThat(ProcFile.textIfKnown(gone)).isEqualTo(ProcText.UNKNOWN);
    assertThat(ProcFile.setting(gone).number()).isNegative();
    assertThat(ProcFile.textIfKnown(directory)).isEqualTo(ProcText.UNKNOWN);
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> ProcFile.text(gone));
  }

  /** An interrupted thread still reads, and stays interrupted. */
  @Test
  void anInterruptionLosesNothing() throws IOException {
    Thread.currentThread().interrupt();
    try {
      assertThat(ProcFile.text(Path.of("/proc/self/stat")).isUnknown()).isFalse();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void visitsProcessesUntilToldToStop() throws IOException {
    List<Integer> pids = new ArrayList<>();
    ProcDirectory.visitProcesses(
        Path.of("/proc"),
        process -> {
          pids.add(ProcDirectory.pid(process));
          return true;
        });
    assertThat(pids).contains((int) ProcessHandle.current().pid());
    List<Path> first = new ArrayList<>();
    ProcDirectory.visitProcesses(
        Path.of("/proc"),
        process -> {
          first.add(process);
          return false;
        });
    assertThat(first).hasSize(1);
  }

  @Test
  void readsTheNumberInALink(@TempDir Path directory) throws IOException {
    assertThat(ProcLink.number(Path.of("/proc/self/ns/net"))).isPositive();
    for (String target : new String[] {"net:[x]", "net:[]", "net", "[", "net:[5", "net:[-5]"}) {
      Path link = directory.resolve("link");
      Files.createSymbolicLink(link, Path.of(target));
      assertThat(ProcLink.number(link)).as(target).isNegative();
      Files.delete(link);
    }
    assertThat(ProcLink.number(directory.resolve("gone"))).isNegative();
    assertThat(NamedFile.of("a\0b")).isEmpty();
  }
}
