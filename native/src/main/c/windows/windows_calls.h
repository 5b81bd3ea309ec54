/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calls of io.tcptable.internal.binding.WindowsCalls in C: the Win32 function of that name, and
 * below zero the negated error of this very call. Used by the JNI library and by the bridge.
 */

#ifndef TCPT_WINDOWS_CALLS_H
#define TCPT_WINDOWS_CALLS_H

#include <stdint.h>

int32_t tcpt_GetExtendedTcpTable(
    void *table, void *size, int32_t order, int32_t family, int32_t table_class);

int32_t tcpt_SetTcpEntry(void *row);

/* ERROR_PROC_NOT_FOUND where there is no such function, as in Wine. */
int32_t tcpt_GetOwnerModuleFromTcpEntry(void *row, int32_t info_class, void *module, void *size);

int32_t tcpt_GetOwnerModuleFromTcp6Entry(void *row, int32_t info_class, void *module, void *size);

/* Below zero the NTSTATUS itself: as an error it is. */
int32_t tcpt_NtQuerySystemInformation(
    int32_t system_class, void *system, int32_t room, void *length);

int64_t tcpt_OpenProcess(int32_t access, int32_t pid);

int32_t tcpt_GetProcessTimes(int64_t process, void *creation, void *exit, void *kernel, void *user);

int32_t tcpt_QueryFullProcessImageNameW(int64_t process, int32_t flags, void *name, void *size);

/* Likewise. */
int32_t tcpt_NtQueryInformationProcess(
    int64_t process, int32_t process_class, void *information, int32_t length);

int32_t tcpt_ReadProcessMemory(int64_t process, int64_t address, void *bytes, int32_t length);

int64_t tcpt_CreateFileW(const void *name, int32_t access, int32_t share, void *security,
    int32_t disposition, int32_t flags);

/* Inherits these three handles, of eight bytes each, and no others. */
int32_t tcpt_CreateProcessW(void *command_line, int32_t flags, void *environment,
    const void *directory, const void *handles, void *information);

int32_t tcpt_GetExitCodeProcess(int64_t process, void *code);

int32_t tcpt_TerminateProcess(int64_t process, int32_t exit_code);

int32_t tcpt_WaitForSingleObject(int64_t handle, int32_t millis);

int32_t tcpt_OpenProcessToken(int64_t process, int32_t access, void *token);

int32_t tcpt_GetTokenInformation(
    int64_t token, int32_t info_class, void *information, int32_t room, void *length);

int32_t tcpt_LookupAccountSidW(
    void *sid, void *name, void *name_length, void *domain, void *domain_length, void *use);

int32_t tcpt_CloseHandle(int64_t handle);

/* 0 if there is no further window. */
int64_t tcpt_FindWindowExW(int64_t parent, int64_t after);

int32_t tcpt_GetWindowThreadProcessId(int64_t window, void *pid);

/* Not 0 if it is visible. */
int32_t tcpt_IsWindowVisible(int64_t window);

/* 0 if there is no such window. */
int64_t tcpt_GetWindow(int64_t window, int32_t relation);

/* The number of characters. */
int32_t tcpt_GetClassNameW(int64_t window, void *name, int32_t room);

int32_t tcpt_PostMessageW(int64_t window, int32_t message, int64_t first, int64_t second);

int32_t tcpt_FreeConsole(void);

int32_t tcpt_AttachConsole(int32_t pid);

/* Their number, which may be more than the room, in numbers too. */
int32_t tcpt_GetConsoleProcessList(void *pids, int32_t room);

/* Of no handler: whether Ctrl-C is ignored. */
int32_t tcpt_SetConsoleCtrlHandler(int32_t add);

int32_t tcpt_GenerateConsoleCtrlEvent(int32_t event, int32_t group);

#endif
