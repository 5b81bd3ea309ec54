/* SPDX-License-Identifier: Apache-2.0 */
/* Each function is one call; see windows_calls.h. */

#include "windows_calls.h"

/* In this order: the others build on the first. */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <winternl.h>
#include <stdlib.h>
#include <string.h>

static int32_t last_error(void) {
  return -(int32_t) GetLastError();
}

static int32_t done(BOOL success) {
  return success ? 0 : last_error();
}

static HANDLE handle(int64_t value) {
  return (HANDLE) (intptr_t) value;
}

static int64_t opened(HANDLE made) {
  return made == NULL || made == INVALID_HANDLE_VALUE ? last_error() : (int64_t) (intptr_t) made;
}

int32_t tcpt_GetExtendedTcpTable(
    void *table, void *size, int32_t order, int32_t family, int32_t table_class) {
  return -(int32_t) GetExtendedTcpTable(
      table, size, order, (ULONG) family, (TCP_TABLE_CLASS) table_class, 0);
}

int32_t tcpt_SetTcpEntry(void *row) {
  return -(int32_t) SetTcpEntry(row);
}

typedef DWORD WINAPI owner_module(void *row, TCPIP_OWNER_MODULE_INFO_CLASS, void *, DWORD *);

static int32_t ask(const char *name, void *row, int32_t info_class, void *module, void *size) {
  HMODULE library = GetModuleHandleA("iphlpapi.dll");
  /* By way of a type that no compiler takes for a wrong one. */
  void (*found)(void) = (void (*)(void)) GetProcAddress(library, name);
  if (found == NULL) {
    return -ERROR_PROC_NOT_FOUND;
  }
  return -(int32_t) ((owner_module *) found)(
      row, (TCPIP_OWNER_MODULE_INFO_CLASS) info_class, module, size);
}

int32_t tcpt_GetOwnerModuleFromTcpEntry(void *row, int32_t info_class, void *module, void *size) {
  return ask("GetOwnerModuleFromTcpEntry", row, info_class, module, size);
}

int32_t tcpt_GetOwnerModuleFromTcp6Entry(void *row, int32_t info_class, void *module, void *size) {
  return ask("GetOwnerModuleFromTcp6Entry", row, info_class, module, size);
}

int32_t tcpt_NtQuerySystemInformation(
    int32_t system_class, void *system, int32_t room, void *length) {
  return NtQuerySystemInformation(
      (SYSTEM_INFORMATION_CLASS) system_class, system, (ULONG) room, length);
}

int64_t tcpt_OpenProcess(int32_t access, int32_t pid) {
  return opened(OpenProcess((DWORD) access, FALSE, (DWORD) pid));
}

int32_t tcpt_GetProcessTimes(
    int64_t process, void *creation, void *exit, void *kernel, void *user) {
  return done(GetProcessTimes(handle(process), creation, exit, kernel, user));
}

int32_t tcpt_QueryFullProcessImageNameW(int64_t process, int32_t flags, void *name, void *size) {
  return done(QueryFullProcessImageNameW(handle(process), (DWORD) flags, name, size));
}

int32_t tcpt_NtQueryInformationProcess(
    int64_t process, int32_t process_class, void *information, int32_t length) {
  return NtQueryInformationProcess(
      handle(process), (PROCESSINFOCLASS) process_class, information, (ULONG) length, NULL);
}

int32_t tcpt_ReadProcessMemory(int64_t process, int64_t address, void *bytes, int32_t length) {
  return done(ReadProcessMemory(
      handle(process), (void *) (intptr_t) address, bytes, (SIZE_T) length, NULL));
}

int64_t tcpt_CreateFileW(const void *name, int32_t access, int32_t share, void *security,
    int32_t disposition, int32_t flags) {
  return opened(CreateFileW(
      name, (DWORD) access, (DWORD) share, security, (DWORD) disposition, (DWORD) flags, NULL));
}

static int32_t create(void *command_line, DWORD flags, void *environment, const void *directory,
    STARTUPINFOEXW *startup, HANDLE *handles, SIZE_T length, void *information) {
  if (!UpdateProcThreadAttribute(startup->lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
          handles, length, NULL, NULL)) {
    return last_error();
  }
  return done(
      CreateProcessW(NULL, command_line, NULL, NULL, TRUE, flags | EXTENDED_STARTUPINFO_PRESENT,
          environment, directory, &startup->StartupInfo, information));
}

int32_t tcpt_CreateProcessW(void *command_line, int32_t flags, void *environment,
    const void *directory, const void *handles, void *information) {
  int64_t values[3];
  memcpy(values, handles, sizeof values);
  HANDLE inherited[] = {handle(values[0]), handle(values[1]), handle(values[2])};
  STARTUPINFOEXW startup = {.StartupInfo.cb = sizeof startup,
      .StartupInfo.dwFlags = STARTF_USESTDHANDLES,
      .StartupInfo.hStdInput = inherited[0],
      .StartupInfo.hStdOutput = inherited[1],
      .StartupInfo.hStdError = inherited[2]};
  SIZE_T size = 0;
  /* Without a list it fails, and tells the size. */
  InitializeProcThreadAttributeList(NULL, 1, 0, &size);
  startup.lpAttributeList = malloc(size);
  if (startup.lpAttributeList == NULL) {
    return -ERROR_NOT_ENOUGH_MEMORY;
  }
  int32_t result = done(InitializeProcThreadAttributeList(startup.lpAttributeList, 1, 0, &size));
  if (result == 0) {
    result = create(command_line, (DWORD) flags, environment, directory, &startup, inherited,
        sizeof inherited, information);
    DeleteProcThreadAttributeList(startup.lpAttributeList);
  }
  free(startup.lpAttributeList);
  return result;
}

int32_t tcpt_GetExitCodeProcess(int64_t process, void *code) {
  return done(GetExitCodeProcess(handle(process), code));
}

int32_t tcpt_TerminateProcess(int64_t process, int32_t exit_code) {
  return done(TerminateProcess(handle(process), (UINT) exit_code));
}

int32_t tcpt_WaitForSingleObject(int64_t awaited, int32_t millis) {
  DWORD result = WaitForSingleObject(handle(awaited), (DWORD) millis);
  return result == WAIT_FAILED ? last_error() : (int32_t) result;
}

int32_t tcpt_OpenProcessToken(int64_t process, int32_t access, void *token) {
  return done(OpenProcessToken(handle(process), (DWORD) access, token));
}

int32_t tcpt_GetTokenInformation(
    int64_t token, int32_t info_class, void *information, int32_t room, void *length) {
  return done(GetTokenInformation(
      handle(token), (TOKEN_INFORMATION_CLASS) info_class, information, (DWORD) room, length));
}

int32_t tcpt_LookupAccountSidW(
    void *sid, void *name, void *name_length, void *domain, void *domain_length, void *use) {
  return done(LookupAccountSidW(NULL, sid, name, name_length, domain, domain_length, use));
}

int32_t tcpt_CloseHandle(int64_t closed) {
  return done(CloseHandle(handle(closed)));
}

int64_t tcpt_FindWindowExW(int64_t parent, int64_t after) {
  return (int64_t) (intptr_t) FindWindowExW(
      (HWND) handle(parent), (HWND) handle(after), NULL, NULL);
}

int32_t tcpt_GetWindowThreadProcessId(int64_t window, void *pid) {
  return GetWindowThreadProcessId((HWND) handle(window), pid) == 0 ? last_error() : 0;
}

int32_t tcpt_IsWindowVisible(int64_t window) {
  return IsWindowVisible((HWND) handle(window));
}

int64_t tcpt_GetWindow(int64_t window, int32_t relation) {
  return (int64_t) (intptr_t) GetWindow((HWND) handle(window), (UINT) relation);
}

int32_t tcpt_GetClassNameW(int64_t window, void *name, int32_t room) {
  int32_t length = GetClassNameW((HWND) handle(window), name, room);
  return length == 0 ? last_error() : length;
}

int32_t tcpt_PostMessageW(int64_t window, int32_t message, int64_t first, int64_t second) {
  return done(PostMessageW((HWND) handle(window), (UINT) message, (WPARAM) first, (LPARAM) second));
}

int32_t tcpt_FreeConsole(void) {
  return done(FreeConsole());
}

int32_t tcpt_AttachConsole(int32_t pid) {
  return done(AttachConsole((DWORD) pid));
}

int32_t tcpt_GetConsoleProcessList(void *pids, int32_t room) {
  DWORD count = GetConsoleProcessList(pids, (DWORD) room);
  return count == 0 ? last_error() : (int32_t) count;
}

int32_t tcpt_SetConsoleCtrlHandler(int32_t add) {
  return done(SetConsoleCtrlHandler(NULL, add));
}

int32_t tcpt_GenerateConsoleCtrlEvent(int32_t event, int32_t group) {
  return done(GenerateConsoleCtrlEvent((DWORD) event, (DWORD) group));
}
