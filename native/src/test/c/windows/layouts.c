/* SPDX-License-Identifier: Apache-2.0 */
/* Prints size and offsets of the structures that Java reads: NAME VALUE, one a line. */

#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <stddef.h>
#include <stdio.h>
#include <winternl.h>

#define SIZE(type) printf("%s %u\n", #type, (unsigned) sizeof(type))
#define AT(type, field) printf("%s.%s %u\n", #type, #field, (unsigned) offsetof(type, field))

int main(void) {
  AT(MIB_TCPTABLE_OWNER_PID, table);
  SIZE(MIB_TCPROW_OWNER_PID);
  AT(MIB_TCPROW_OWNER_PID, dwState);
  AT(MIB_TCPROW_OWNER_PID, dwLocalAddr);
  AT(MIB_TCPROW_OWNER_PID, dwLocalPort);
  AT(MIB_TCPROW_OWNER_PID, dwRemoteAddr);
  AT(MIB_TCPROW_OWNER_PID, dwRemotePort);
  AT(MIB_TCPROW_OWNER_PID, dwOwningPid);
  AT(MIB_TCPTABLE_OWNER_MODULE, table);
  SIZE(MIB_TCPROW_OWNER_MODULE);
  AT(MIB_TCPROW_OWNER_MODULE, dwState);
  AT(MIB_TCPROW_OWNER_MODULE, dwLocalAddr);
  AT(MIB_TCPROW_OWNER_MODULE, dwLocalPort);
  AT(MIB_TCPROW_OWNER_MODULE, dwRemoteAddr);
  AT(MIB_TCPROW_OWNER_MODULE, dwRemotePort);
  AT(MIB_TCPROW_OWNER_MODULE, dwOwningPid);
  AT(MIB_TCPROW_OWNER_MODULE, liCreateTimestamp);
  AT(MIB_TCPROW_OWNER_MODULE, OwningModuleInfo);
  AT(MIB_TCP6TABLE_OWNER_PID, table);
  SIZE(MIB_TCP6ROW_OWNER_PID);
  AT(MIB_TCP6ROW_OWNER_PID, ucLocalAddr);
  AT(MIB_TCP6ROW_OWNER_PID, dwLocalScopeId);
  AT(MIB_TCP6ROW_OWNER_PID, dwLocalPort);
  AT(MIB_TCP6ROW_OWNER_PID, ucRemoteAddr);
  AT(MIB_TCP6ROW_OWNER_PID, dwRemoteScopeId);
  AT(MIB_TCP6ROW_OWNER_PID, dwRemotePort);
  AT(MIB_TCP6ROW_OWNER_PID, dwState);
  AT(MIB_TCP6ROW_OWNER_PID, dwOwningPid);
  AT(MIB_TCP6TABLE_OWNER_MODULE, table);
  SIZE(MIB_TCP6ROW_OWNER_MODULE);
  AT(MIB_TCP6ROW_OWNER_MODULE, ucLocalAddr);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwLocalScopeId);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwLocalPort);
  AT(MIB_TCP6ROW_OWNER_MODULE, ucRemoteAddr);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwRemoteScopeId);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwRemotePort);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwState);
  AT(MIB_TCP6ROW_OWNER_MODULE, dwOwningPid);
  AT(MIB_TCP6ROW_OWNER_MODULE, liCreateTimestamp);
  AT(MIB_TCP6ROW_OWNER_MODULE, OwningModuleInfo);
  SIZE(TCPIP_OWNER_MODULE_BASIC_INFO);
  AT(TCPIP_OWNER_MODULE_BASIC_INFO, pModuleName);
  AT(TCPIP_OWNER_MODULE_BASIC_INFO, pModulePath);
  SIZE(TOKEN_USER);
  AT(TOKEN_USER, User.Sid);
  AT(SID, SubAuthorityCount);
  AT(SID, SubAuthority);
  SIZE(MIB_TCPROW);
  AT(MIB_TCPROW, dwState);
  AT(MIB_TCPROW, dwLocalAddr);
  AT(MIB_TCPROW, dwLocalPort);
  AT(MIB_TCPROW, dwRemoteAddr);
  AT(MIB_TCPROW, dwRemotePort);
  SIZE(SYSTEM_PROCESS_INFORMATION);
  AT(SYSTEM_PROCESS_INFORMATION, NextEntryOffset);
  AT(SYSTEM_PROCESS_INFORMATION, NumberOfThreads);
  AT(SYSTEM_PROCESS_INFORMATION, CreateTime);
  AT(SYSTEM_PROCESS_INFORMATION, ImageName);
  AT(SYSTEM_PROCESS_INFORMATION, UniqueProcessId);
  AT(SYSTEM_PROCESS_INFORMATION, InheritedFromUniqueProcessId);
  AT(SYSTEM_PROCESS_INFORMATION, HandleCount);
  AT(SYSTEM_PROCESS_INFORMATION, SessionId);
  AT(SYSTEM_PROCESS_INFORMATION, VirtualMemoryCounters.WorkingSetSize);
  SIZE(SYSTEM_THREAD_INFORMATION);
  AT(SYSTEM_THREAD_INFORMATION, ThreadState);
  AT(SYSTEM_THREAD_INFORMATION, WaitReason);
  SIZE(PROCESS_BASIC_INFORMATION);
  AT(PROCESS_BASIC_INFORMATION, PebBaseAddress);
  AT(PEB, ProcessParameters);
  AT(RTL_USER_PROCESS_PARAMETERS, ImagePathName);
  AT(RTL_USER_PROCESS_PARAMETERS, CommandLine);
  SIZE(SECURITY_ATTRIBUTES);
  AT(SECURITY_ATTRIBUTES, bInheritHandle);
  SIZE(PROCESS_INFORMATION);
  AT(PROCESS_INFORMATION, hProcess);
  AT(PROCESS_INFORMATION, hThread);
  AT(PROCESS_INFORMATION, dwProcessId);
  SIZE(STARTUPINFOEXW);
  AT(STARTUPINFOEXW, StartupInfo.cb);
  AT(STARTUPINFOEXW, StartupInfo.dwFlags);
  AT(STARTUPINFOEXW, StartupInfo.hStdInput);
  AT(STARTUPINFOEXW, lpAttributeList);
  SIZE(TOKEN_MANDATORY_LABEL);
  AT(TOKEN_MANDATORY_LABEL, Label.Sid);
  SIZE(UNICODE_STRING);
  AT(UNICODE_STRING, Length);
  AT(UNICODE_STRING, Buffer);
  return 0;
}
