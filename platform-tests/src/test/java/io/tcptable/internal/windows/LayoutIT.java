// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.ProcessStartup;
import io.tcptable.windows.Wine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Java's idea of each structure is that of the C compiler for Windows. */
@Tag("once")
class LayoutIT {

  private static Map<String, Integer> layout = Map.of();

  @BeforeAll
  static void ask() throws IOException {
    try (BufferedReader output = Wine.start("layouts.exe").inputReader(StandardCharsets.US_ASCII)) {
      layout =
          output
              .lines()
              .map(line -> line.strip().split(" ", -1))
              .collect(Collectors.toMap(words -> words[0], words -> Integer.valueOf(words[1])));
    }
  }

  @Test
  void rowsOfSockets() {
    check("TCP", "OWNER_PID", TcpRowLayout.V4_OWNER_PID);
    check("TCP", "OWNER_MODULE", TcpRowLayout.V4_OWNER_MODULE);
    check("TCP6", "OWNER_PID", TcpRowLayout.V6_OWNER_PID);
    check("TCP6", "OWNER_MODULE", TcpRowLayout.V6_OWNER_MODULE);
  }

  private static void check(String family, String kind, TcpRowLayout java) {
    String row = "MIB_" + family + "ROW_" + kind;
    assertThat(at("MIB_" + family + "TABLE_" + kind + ".table")).isEqualTo(java.firstRow);
    assertThat(at(row)).isEqualTo(java.size);
    assertThat(at(row + ".dwState")).isEqualTo(java.state);
    assertThat(at(row + (java.v6 ? ".ucLocalAddr" : ".dwLocalAddr"))).isEqualTo(java.localAddress);
    assertThat(at(row + ".dwLocalPort")).isEqualTo(java.localPort);
    assertThat(at(row + (java.v6 ? ".ucRemoteAddr" : ".dwRemoteAddr")))
        .isEqualTo(java.remoteAddress);
    assertThat(at(row + ".dwRemotePort")).isEqualTo(java.remotePort);
    assertThat(at(row + ".dwOwningPid")).isEqualTo(java.pid);
    if (java.creation >= 0) {
      assertThat(at(row + ".liCreateTimestamp")).isEqualTo(java.creation);
      assertThat(at(row + ".OwningModuleInfo")).isEqualTo(java.service);
    }
    if (java.v6) {
      assertThat(at(row + ".dwLocalScopeId")).isEqualTo(java.localScope);
    }
  }

  /** The row of SetTcpEntry is the beginning of the one with an owner. */
  @Test
  void rowOfAConnectionToBeDropped() {
    TcpRowLayout java = TcpRowLayout.V4_OWNER_PID;
    assertThat(at("MIB_TCPROW")).isEqualTo(java.pid);
    assertThat(at("MIB_TCPROW.dwState")).isEqualTo(java.state);
    assertThat(at("MIB_TCPROW.dwLocalAddr")).isEqualTo(java.localAddress);
    assertThat(at("MIB_TCPROW.dwLocalPort")).isEqualTo(java.localPort);
    assertThat(at("MIB_TCPROW.dwRemoteAddr")).isEqualTo(java.remoteAddress);
    assertThat(at("MIB_TCPROW.dwRemotePort")).isEqualTo(java.remotePort);
  }

  @Test
  void userOfAToken() {
    assertThat(at("TOKEN_USER")).isEqualTo(AccountReader.TOKEN_USER_SIZE);
    assertThat(at("TOKEN_USER.User.Sid")).isZero();
    assertThat(at("TOKEN_MANDATORY_LABEL")).isEqualTo(AccountReader.TOKEN_USER_SIZE);
    assertThat(at("TOKEN_MANDATORY_LABEL.Label.Sid")).isZero();
    assertThat(at("SID.SubAuthorityCount")).isEqualTo(AccountReader.PART_COUNT);
    assertThat(at("SID.SubAuthority")).isEqualTo(AccountReader.PARTS);
  }

  @Test
  void moduleOfAnOwner() {
    assertThat(at("TCPIP_OWNER_MODULE_BASIC_INFO.pModuleName")).isEqualTo(OwnerModuleCodec.NAME);
    assertThat(at("TCPIP_OWNER_MODULE_BASIC_INFO.pModulePath")).isEqualTo(OwnerModuleCodec.PATH);
    assertThat(at("TCPIP_OWNER_MODULE_BASIC_INFO")).isEqualTo(OwnerModuleCodec.TEXTS);
  }

  @Test
  void listOfProcesses() {
    String process = "SYSTEM_PROCESS_INFORMATION";
    assertThat(at(process)).isEqualTo(ProcessListCodec.PROCESS_SIZE);
    assertThat(at(process + ".NextEntryOffset")).isEqualTo(ProcessListCodec.NEXT);
    assertThat(at(process + ".NumberOfThreads")).isEqualTo(ProcessListCodec.THREAD_COUNT);
    assertThat(at(process + ".CreateTime")).isEqualTo(ProcessListCodec.CREATE_TIME);
    assertThat(at(process + ".ImageName") + at("UNICODE_STRING.Length"))
        .isEqualTo(ProcessListCodec.NAME_LENGTH);
    assertThat(at(process + ".UniqueProcessId")).isEqualTo(ProcessListCodec.PID);
    assertThat(at(process + ".InheritedFromUniqueProcessId")).isEqualTo(ProcessListCodec.PARENT);
    assertThat(at(process + ".HandleCount")).isEqualTo(ProcessListCodec.HANDLE_COUNT);
    assertThat(at(process + ".SessionId")).isEqualTo(ProcessListCodec.SESSION);
    assertThat(at(process + ".VirtualMemoryCounters.WorkingSetSize"))
        .isEqualTo(ProcessListCodec.WORKING_SET);
    String thread = "SYSTEM_THREAD_INFORMATION";
    assertThat(at(thread)).isEqualTo(ProcessListCodec.THREAD_SIZE);
    assertThat(at(thread + ".ThreadState")).isEqualTo(ProcessListCodec.THREAD_STATE);
    assertThat(at(thread + ".WaitReason")).isEqualTo(ProcessListCodec.WAIT_REASON);
  }

  @Test
  void parametersOfAProcess() {
    assertThat(at("PROCESS_BASIC_INFORMATION")).isEqualTo(ProcessParameters.BASIC_INFORMATION_SIZE);
    assertThat(at("PROCESS_BASIC_INFORMATION.PebBaseAddress"))
        .isEqualTo(ProcessParameters.PEB_ADDRESS);
    PebLayout java = PebLayout.OF_64_BITS;
    assertThat(at("PEB.ProcessParameters")).isEqualTo(java.parameters());
    assertThat(at("RTL_USER_PROCESS_PARAMETERS.ImagePathName")).isEqualTo(java.image());
    assertThat(at("RTL_USER_PROCESS_PARAMETERS.CommandLine")).isEqualTo(java.commandLine());
    assertThat(at("UNICODE_STRING")).isEqualTo(java.textSize());
    assertThat(at("UNICODE_STRING.Buffer")).isEqualTo(java.textAddress());
  }

  @Test
  void startOfAProcess() {
    assertThat(at("SECURITY_ATTRIBUTES")).isEqualTo(ProcessCreation.SECURITY_SIZE);
    assertThat(at("SECURITY_ATTRIBUTES.bInheritHandle")).isEqualTo(ProcessCreation.INHERIT);
    assertThat(at("PROCESS_INFORMATION")).isEqualTo(ProcessCreation.INFORMATION_SIZE);
    assertThat(at("PROCESS_INFORMATION.hProcess")).isZero();
    assertThat(at("PROCESS_INFORMATION.hThread")).isEqualTo(ProcessCreation.THREAD);
    assertThat(at("PROCESS_INFORMATION.dwProcessId")).isEqualTo(ProcessCreation.PROCESS_ID);
    ByteBuffer handles = CallBuffer.allocate(24).putLong(0, 4).putLong(8, 8).putLong(16, 12);
    ByteBuffer java = ProcessStartup.of(0x77, handles);
    String startup = "STARTUPINFOEXW";
    assertThat(at(startup)).isEqualTo(java.limit());
    assertThat(java.getInt(at(startup + ".StartupInfo.cb"))).isEqualTo(java.limit());
    assertThat(java.getInt(at(startup + ".StartupInfo.dwFlags"))).isEqualTo(0x100);
    assertThat(java.getLong(at(startup + ".StartupInfo.hStdInput") + 16)).isEqualTo(12);
    assertThat(java.getLong(at(startup + ".lpAttributeList"))).isEqualTo(0x77);
  }

  private static int at(String name) {
    return Objects.requireNonNull(layout.get(name), name);
  }
}
