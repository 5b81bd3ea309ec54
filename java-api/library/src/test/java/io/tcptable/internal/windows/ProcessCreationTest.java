// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Windows is asked for to start a server, and what is closed again. */
class ProcessCreationTest {

  private static final int PID = 400;
  private static final int LONG_NAME = 300;

  private final List<String> opened = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private final List<String> created = new ArrayList<>();
  private int result;
  private boolean hasEnded;

  private final FakeWindows windows =
      new FakeWindows() {
        @Override
        public long CreateFileW(
            ByteBuffer name,
            int access,
            int share,
            ByteBuffer security,
            int disposition,
            int flags) {
          assertThat(security.getInt(0)).isEqualTo(security.limit());
          assertThat(security.getInt(16)).isEqualTo(1);
          opened.add(text(name) + " " + Integer.toHexString(access));
          return 0x100L + opened.size();
        }

        @Override
        public int CreateProcessW(
            ByteBuffer commandLine,
            int flags,
            ByteBuffer environment,
            ByteBuffer directory,
            ByteBuffer handles,
            ByteBuffer information) {
          created.addAll(
              List.of(
                  text(commandLine),
                  Integer.toHexString(flags),
                  environment.asCharBuffer().toString(),
                  text(directory),
                  handles.getLong(0) + " " + handles.getLong(8) + " " + handles.getLong(16)));
          information.putLong(0, 0x200).putLong(8, 0x204).putInt(16, PID);
          return result;
        }

        @Override
        public int CloseHandle(long handle) {
          closed.add(handle);
          return 0;
        }

        @Override
        public int WaitForSingleObject(long handle, int millis) {
          assertThat(handle).isEqualTo(0x200);
          return hasEnded ? 0 : 258;
        }

        @Override
        public int GetExitCodeProcess(long process, ByteBuffer code) {
          code.putInt(0, 0xC000013A);
          return 0;
        }
      };

  private static String text(ByteBuffer wide) {
    String text = wide.asCharBuffer().toString();
    assertThat(text).endsWith("\0");
    return text.substring(0, text.length() - 1);
  }

  private static ProcessBuilder builder(File log) {
    ProcessBuilder builder =
        new ProcessBuilder("C:\\my dir\\x.exe", "a b", "c")
            .directory(new File("/srv"))
            .redirectOutput(Redirect.appendTo(log))
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(Map.of("b", "1", "A", "2", "C", "3"));
    return builder;
  }

  @Test
  void aServerHasAConsoleAndInheritsItsFilesOnly() throws IOException {
    Process process = new ProcessCreation(windows).start(builder(new File("/log")));

    assertThat(opened).containsExactly("NUL 80000000", "/log 120114", "/log 120114");
    assertThat(created)
        .containsExactly(
            "\"C:\\my dir\\x.exe\" \"a b\" c",
            "8000400",
            "A=2\0b=1\0C=3\0\0",
            "/srv",
            "257 258 259");
    assertThat(closed).containsExactly(0x204L, 0x101L, 0x102L, 0x103L);
    assertThat(process.pid()).isEqualTo(PID);
    assertThat(process.isAlive()).isTrue();
    assertThatThrownBy(process::exitValue).isInstanceOf(IllegalThreadStateException.class);
    hasEnded = true;
    assertThat(process.isAlive()).isFalse();
    assertThat(process.exitValue()).isEqualTo(0xC000013A);
  }

  @Test
  void outputThatNobodyKeepsAndALongName() throws IOException {
    String name = "/" + "x".repeat(LONG_NAME);
    new ProcessCreation(windows)
        .start(builder(new File(name)).redirectErrorStream(false).redirectError(Redirect.DISCARD));
    assertThat(opened).containsExactly("NUL 80000000", "\\\\?\\" + name + " 120114", "NUL 120114");
  }

  @Test
  void whatCannotBeStartedLeavesNothingOpen() {
    result = -Win32Error.ACCESS_DENIED;
    assertThatThrownBy(() -> new ProcessCreation(windows).start(builder(new File("/log"))))
        .isInstanceOf(IOException.class)
        .hasMessage("CreateProcess failed with ERROR_ACCESS_DENIED");
    assertThat(closed).containsExactly(0x101L, 0x102L, 0x103L);
  }

  @Test
  void anEnvironmentWithoutVariablesHasTwoZeros() {
    assertThat(EnvironmentBlock.of(Map.of())).isEqualTo("\0");
    assertThat(EnvironmentBlock.of(Map.of("=C:", "C:\\", "Path", "x")))
        .isEqualTo("=C:=C:\\\0Path=x\0");
  }
}
