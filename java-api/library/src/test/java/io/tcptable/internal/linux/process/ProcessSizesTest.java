// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessArguments;
import io.tcptable.process.ProcessOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process chooses how much there is to read of it; real ones, each ended by its test. */
@Timeout(120)
class ProcessSizesTest {

  private final LinuxProcesses processes = new LinuxProcesses(null);

  private static ProcessArguments parse(String text) {
    return ProcCommandLine.parse(text.getBytes(StandardCharsets.UTF_8), ProcCommandLine.MOST_BYTES);
  }

  @Test
  void splitsAtZeroBytes() {
    assertThat(parse("")).isEqualTo(new ProcessArguments(List.of(), 0));
    assertThat(parse("a\0b c\0\0")).isEqualTo(new ProcessArguments(List.of("a", "b c", ""), 0));
    assertThat(parse("title of its own"))
        .isEqualTo(new ProcessArguments(List.of("title of its own"), 0));
    assertThat(parse("a\nb\r\0")).isEqualTo(new ProcessArguments(List.of("a\nb\r"), 0));
  }

  @Test
  void keepsSoMuchAndCountsTheRest() {
    String long40k = "x".repeat(40_000);
    assertThat(parse(long40k + "\0" + long40k + "\0c\0"))
        .isEqualTo(new ProcessArguments(List.of(long40k), 2));
    assertThat(parse("a\0".repeat(5000)).words()).hasSize(4096);
    assertThat(parse("a\0".repeat(5000)).omitted()).isEqualTo(904);
    assertThat(parse("x".repeat(1_800_000))).isEqualTo(new ProcessArguments(List.of(), 1));
  }

  private static Process python(String script, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("python3", "-c", script);
    builder.command().addAll(List.of(arguments));
    return builder.start();
  }

  private ProcessIdentity ready(Process process) throws IOException {
    assumeThat(process.inputReader().readLine()).as("what the process could do").isEqualTo("ready");
    return processes.find((int) process.pid()).orElseThrow();
  }

  /** Its arguments end 3 GB after they begin, see {@code PR_SET_MM_MAP} in {@code prctl(2)}. */
  @Test
  void argumentsOfThreeGigabytes() throws Exception {
    Process process =
        python(
            """
            import ctypes, os, struct, sys
            libc = ctypes.CDLL(None, use_errno=True)
            number = ctypes.c_ulong
            size = 3 << 30
            libc.mmap.restype = ctypes.c_void_p
            libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
            at = libc.mmap(None, size, 3, 0x4022, -1, 0)
            ctypes.memset(at, 120, 100)
            libc.sbrk.restype = ctypes.c_void_p
            stat = open("/proc/self/stat").read().rpartition(")")[2].split()
            code, end, stack = (int(stat[i - 3]) for i in (26, 27, 28))
            data, data_end, brk, _, _, env, env_end = (int(stat[i - 3]) for i in range(45, 52))
            mapping = struct.pack("=12Q2I", code, end, data, data_end, brk, libc.sbrk(0), stack,
                                  at, at + size - 1, env, env_end, 0, 0, 0xffffffff)
            libc.prctl.argtypes = [ctypes.c_int, number, ctypes.c_char_p, number, number]
            failed = libc.prctl(35, 14, mapping, len(mapping), 0)
            print("ready" if failed == 0 else os.strerror(ctypes.get_errno()), flush=True)
            sys.stdin.read()
            """);
    try {
      ProcessArguments arguments = processes.commandLine(ready(process)).orElseThrow();
      assertThat(arguments.words()).hasSize(4096);
      assertThat(arguments.words().get(0)).isEqualTo("x".repeat(100));
      assertThat(arguments.omitted()).isBetween(4_000_000, 4 << 20);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void thousandsOfLogs(@TempDir Path directory) throws Exception {
    Process process =
        python(
            """
            import resource, sys
            _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            count = min(3000, hard - 100)
            files = [open(f"{sys.argv[1]}/{i % (count - 5):05}.log", "w") for i in range(count)]
            print("ready", flush=True)
            print(count, flush=True)
            sys.stdin.read()
            """,
            directory.toString());
    try {
      ProcessIdentity identity = ready(process);
      int count = Integer.parseInt(process.inputReader().readLine());
      ProcessOutput output = processes.output(identity).orElseThrow();
      assertThat(output.logs())
          .containsExactlyElementsOf(
              IntStream.range(0, 100)
                  .mapToObj(i -> directory.resolve("%05d.log".formatted(i)))
                  .toList());
      assertThat(output.omittedLogs()).as("of %d", count).isEqualTo(count - 100 - 5);
    } finally {
      process.destroyForcibly();
    }
  }
}
