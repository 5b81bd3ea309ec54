/* SPDX-License-Identifier: Apache-2.0 */
/* As much of the Windows API as windows_calls.c uses, to build it on Linux: see win32_stand_in.c.
 */

#ifndef STAND_IN_WINDOWS_H
#define STAND_IN_WINDOWS_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t BOOL;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef uint32_t UINT;
typedef int32_t NTSTATUS;
typedef size_t SIZE_T;
typedef uintptr_t WPARAM;
typedef intptr_t LPARAM;
typedef void *HANDLE;
typedef void *HWND;
typedef int32_t TCP_TABLE_CLASS;
typedef int32_t TCPIP_OWNER_MODULE_INFO_CLASS;
typedef void *HMODULE;
typedef int32_t SYSTEM_INFORMATION_CLASS;
typedef int32_t PROCESSINFOCLASS;
typedef int32_t TOKEN_INFORMATION_CLASS;
typedef struct attribute_list *LPPROC_THREAD_ATTRIBUTE_LIST;

typedef struct {
  DWORD cb;
  uint16_t *lpReserved, *lpDesktop, *lpTitle;
  DWORD dwX, dwY, dwXSize, dwYSize, dwXCountChars, dwYCountChars, dwFillAttribute, dwFlags;
  uint16_t wShowWindow, cbReserved2;
  uint8_t *lpReserved2;
  HANDLE hStdInput, hStdOutput, hStdError;
} STARTUPINFOW;

typedef struct {
  STARTUPINFOW StartupInfo;
  LPPROC_THREAD_ATTRIBUTE_LIST lpAttributeList;
} STARTUPINFOEXW;

#define TRUE 1
#define FALSE 0
#define INVALID_HANDLE_VALUE ((HANDLE) (intptr_t) -1)
#define WAIT_FAILED 0xffffffffU
#define ERROR_PROC_NOT_FOUND 127
#define ERROR_NOT_ENOUGH_MEMORY 8
#define STARTF_USESTDHANDLES 0x100U
#define EXTENDED_STARTUPINFO_PRESENT 0x80000U
#define PROC_THREAD_ATTRIBUTE_HANDLE_LIST 0x20002U
#define WINAPI

/* Where bindings on Linux look for the last error. */
#define GetLastError() ((DWORD) errno)

DWORD GetExtendedTcpTable(
    void *table, DWORD *size, BOOL order, ULONG family, TCP_TABLE_CLASS kind, ULONG reserved);
DWORD SetTcpEntry(void *row);
DWORD GetOwnerModuleFromTcpEntry(
    void *row, TCPIP_OWNER_MODULE_INFO_CLASS kind, void *module, DWORD *size);
DWORD GetOwnerModuleFromTcp6Entry(
    void *row, TCPIP_OWNER_MODULE_INFO_CLASS kind, void *module, DWORD *size);
HMODULE GetModuleHandleA(const char *name);
void *GetProcAddress(HMODULE library, const char *name);
NTSTATUS NtQuerySystemInformation(
    SYSTEM_INFORMATION_CLASS kind, void *system, ULONG room, ULONG *length);
HANDLE OpenProcess(DWORD access, BOOL inherit, DWORD pid);
BOOL GetProcessTimes(
    HANDLE process, uint64_t *creation, uint64_t *exit, uint64_t *kernel, uint64_t *user);
BOOL QueryFullProcessImageNameW(HANDLE process, DWORD flags, uint16_t *name, DWORD *size);
NTSTATUS NtQueryInformationProcess(
    HANDLE process, PROCESSINFOCLASS kind, void *information, ULONG length, ULONG *returned);
BOOL ReadProcessMemory(
    HANDLE process, const void *address, void *bytes, SIZE_T length, SIZE_T *read);
HANDLE CreateFileW(const uint16_t *name, DWORD access, DWORD share, void *security,
    DWORD disposition, DWORD flags, HANDLE template);
BOOL InitializeProcThreadAttributeList(
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD count, DWORD flags, SIZE_T *size);
BOOL UpdateProcThreadAttribute(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, uintptr_t attribute,
    void *value, SIZE_T size, void *previous, SIZE_T *returned);
void DeleteProcThreadAttributeList(LPPROC_THREAD_ATTRIBUTE_LIST list);
BOOL CreateProcessW(const uint16_t *application, uint16_t *command_line, void *process_security,
    void *thread_security, BOOL inherit, DWORD flags, void *environment, const uint16_t *directory,
    STARTUPINFOW *startup, void *information);
BOOL GetExitCodeProcess(HANDLE process, DWORD *code);
BOOL TerminateProcess(HANDLE process, UINT exit_code);
DWORD WaitForSingleObject(HANDLE handle, DWORD millis);
BOOL OpenProcessToken(HANDLE process, DWORD access, HANDLE *token);
BOOL GetTokenInformation(
    HANDLE token, TOKEN_INFORMATION_CLASS kind, void *information, DWORD room, DWORD *length);
BOOL LookupAccountSidW(const uint16_t *system, void *sid, uint16_t *name, DWORD *name_length,
    uint16_t *domain, DWORD *domain_length, int32_t *use);
BOOL CloseHandle(HANDLE handle);
HWND FindWindowExW(HWND parent, HWND after, const uint16_t *kind, const uint16_t *title);
DWORD GetWindowThreadProcessId(HWND window, DWORD *pid);
BOOL IsWindowVisible(HWND window);
HWND GetWindow(HWND window, UINT relation);
int GetClassNameW(HWND window, uint16_t *name, int room);
BOOL PostMessageW(HWND window, UINT message, WPARAM first, LPARAM second);
BOOL FreeConsole(void);
BOOL AttachConsole(DWORD pid);
DWORD GetConsoleProcessList(DWORD *pids, DWORD room);
BOOL SetConsoleCtrlHandler(void *handler, BOOL add);
BOOL GenerateConsoleCtrlEvent(DWORD event, DWORD group);

#endif
