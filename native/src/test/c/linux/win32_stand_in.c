/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stands in for the libraries of Windows on Linux, so that bindings can call them for real. Takes
 * one set of arguments as right, to the last bit, and answers any other with the error Windows has
 * for it; the last error is errno. The values are those of WindowsProvidersIT.
 */

#define _GNU_SOURCE

#include "windows.h"

#include <string.h>

#define ACCESS_DENIED 5
#define INVALID_HANDLE 6
#define INVALID_PARAMETER 87
#define INSUFFICIENT_BUFFER 122
#define PARTIAL_COPY 299
#define MR_MID_NOT_FOUND 317
#define NONE_MAPPED 1332
#define INVALID_WINDOW_HANDLE 1400
#define LENGTH_MISMATCH ((NTSTATUS) 0xC0000004)
#define INVALID_INFO_CLASS ((NTSTATUS) 0xC0000003)

#define PROCESS 0x7123456789abcdf0ULL
#define TOKEN 0x7123456789abcd44ULL
#define WINDOW 0x7123456700010010ULL
#define PID 0xfffffffcU
#define MEMORY 0x00007ff712345678ULL

/* A table of GetExtendedTcpTable as Wine 8.0 gave it: a listener and a connection on port 30017. */
static const unsigned char table_v4[] = {
    0x02,
    0,
    0,
    0,
    0x02,
    0,
    0,
    0,
    127,
    0,
    0,
    1,
    0x75,
    0x41,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0xe0,
    0,
    0,
    0,
    0x08,
    0,
    0,
    0,
    127,
    0,
    0,
    1,
    0x75,
    0x41,
    0,
    0,
    127,
    0,
    0,
    1,
    0xca,
    0xdc,
    0,
    0,
    0xe0,
    0,
    0,
    0,
};

/* The same for IPv6: a listener. */
static const unsigned char table_v6[] = {
    0x01,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0x75,
    0x41,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0x02,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
};

enum { ROW_V4 = 24, ROW_V6 = 56, MODULES = 16 };

/* What OWNER_MODULE has behind each row of OWNER_PID. */
struct module {
  uint64_t created;
  uint64_t modules[MODULES]; /* the first is the number of the service */
};

#define CREATED 0x01dd7c72cf13e8fdULL
#define SERVICE 0x4000000000000042ULL

static BOOL refused(int error) {
  errno = error;
  return FALSE;
}

static int is_process(HANDLE handle) {
  return (uintptr_t) handle == PROCESS;
}

/* The same rows in longer ones, aligned to eight bytes. */
static DWORD with_modules(void *table, DWORD *size, const unsigned char *from, DWORD row) {
  uint32_t rows;
  memcpy(&rows, from, sizeof rows);
  DWORD length = 8 + rows * (DWORD) (row + sizeof(struct module));
  DWORD room = *size;
  *size = length;
  if (room < length) {
    return INSUFFICIENT_BUFFER;
  }
  struct module module = {.created = CREATED, .modules = {SERVICE}};
  unsigned char *to = table;
  memset(to, 0, 8);
  memcpy(to, &rows, sizeof rows);
  to += 8;
  from += 4;
  for (uint32_t i = 0; i < rows; i++) {
    memcpy(to, from, row);
    memcpy(to + row, &module, sizeof module);
    to += row + sizeof module;
    from += row;
  }
  return 0;
}

DWORD GetExtendedTcpTable(
    void *table, DWORD *size, BOOL order, ULONG family, TCP_TABLE_CLASS kind, ULONG reserved) {
  int known = kind == 5 || kind == 3 || kind == 8 || kind == 6;
  if (order != FALSE || (family != 2 && family != 23) || !known || reserved != 0) {
    return INVALID_PARAMETER;
  }
  if (kind == 8 || kind == 6) {
    return family == 2 ? with_modules(table, size, table_v4, ROW_V4)
                       : with_modules(table, size, table_v6, ROW_V6);
  }
  DWORD length = family == 2 ? sizeof table_v4 : sizeof table_v6;
  DWORD room = *size;
  *size = length;
  if (room < length) {
    return INSUFFICIENT_BUFFER;
  }
  memcpy(table, family == 2 ? table_v4 : table_v6, length);
  return 0;
}

DWORD SetTcpEntry(void *row) {
  static const unsigned char expected[20] = {
      12, 0, 0, 0, 127, 0, 0, 1, 0x75, 0x41, 0, 0, 127, 0, 0, 1, 0xca, 0xdc, 0, 0};
  return memcmp(row, expected, sizeof expected) == 0 ? 0 : MR_MID_NOT_FOUND;
}

/* Two pointers to the texts behind them: the name of the service and its program. */
static DWORD module_of(
    const void *row, DWORD length, TCPIP_OWNER_MODULE_INFO_CLASS kind, void *module, DWORD *size) {
  static const uint16_t texts[] = {'P', 'e', 0x00e9, 'r', 'S', 'v', 'c', 0, 'C', ':', '\\', 's', 0};
  uint64_t made[2];
  memcpy(made, (const char *) row + length, sizeof made);
  if (kind != 0 || made[0] != CREATED || made[1] != SERVICE) {
    return INVALID_PARAMETER;
  }
  DWORD room = *size;
  *size = (DWORD) (2 * sizeof(uint64_t) + sizeof texts);
  if (room < *size) {
    return INSUFFICIENT_BUFFER;
  }
  uint64_t name = (uintptr_t) module + 2 * sizeof(uint64_t);
  uint64_t path = name + 8 * sizeof texts[0];
  memcpy(module, &name, sizeof name);
  memcpy((char *) module + 8, &path, sizeof path);
  memcpy((char *) module + 16, texts, sizeof texts);
  return 0;
}

DWORD GetOwnerModuleFromTcpEntry(
    void *row, TCPIP_OWNER_MODULE_INFO_CLASS kind, void *module, DWORD *size) {
  return memcmp(row, table_v4 + 4, ROW_V4) == 0 ? module_of(row, ROW_V4, kind, module, size)
                                                : INVALID_PARAMETER;
}

DWORD GetOwnerModuleFromTcp6Entry(
    void *row, TCPIP_OWNER_MODULE_INFO_CLASS kind, void *module, DWORD *size) {
  return memcmp(row, table_v6 + 4, ROW_V6) == 0 ? module_of(row, ROW_V6, kind, module, size)
                                                : INVALID_PARAMETER;
}

HMODULE GetModuleHandleA(const char *name) {
  return strcmp(name, "iphlpapi.dll") == 0 ? (HMODULE) (uintptr_t) MEMORY : NULL;
}

void *GetProcAddress(HMODULE library, const char *name) {
  if ((uintptr_t) library != MEMORY) {
    return NULL;
  }
  return strcmp(name, "GetOwnerModuleFromTcpEntry") == 0 ? (void *) GetOwnerModuleFromTcpEntry
      : strcmp(name, "GetOwnerModuleFromTcp6Entry") == 0 ? (void *) GetOwnerModuleFromTcp6Entry
                                                         : NULL;
}

NTSTATUS NtQuerySystemInformation(
    SYSTEM_INFORMATION_CLASS kind, void *system, ULONG room, ULONG *length) {
  static const uint16_t name[] = {'p', 'e', 'e', 'r', '.', 'e', 'x', 'e', 0};
  unsigned char process[256 + 80 + sizeof name + 6] = {0};
  uint32_t threads = 1;
  uint64_t created = 0x01dd7c72cf13e8fc;
  uint16_t name_length = sizeof name - 2;
  uint64_t pid = 0xe0;
  if (kind != 5) {
    return INVALID_INFO_CLASS;
  }
  *length = sizeof process;
  if (room < sizeof process) {
    return LENGTH_MISMATCH;
  }
  memcpy(process + 4, &threads, sizeof threads);
  memcpy(process + 32, &created, sizeof created);
  memcpy(process + 56, &name_length, sizeof name_length);
  memcpy(process + 80, &pid, sizeof pid);
  memcpy(process + 256 + 80, name, sizeof name);
  memcpy(system, process, sizeof process);
  return 0;
}

HANDLE OpenProcess(DWORD access, BOOL inherit, DWORD pid) {
  if (access != 0x80101401U || inherit != FALSE || pid != PID) {
    refused(INVALID_PARAMETER);
    return NULL;
  }
  return (HANDLE) (uintptr_t) PROCESS;
}

BOOL GetProcessTimes(
    HANDLE process, uint64_t *creation, uint64_t *exit, uint64_t *kernel, uint64_t *user) {
  if (!is_process(process)) {
    return refused(INVALID_HANDLE);
  }
  *creation = 0x8000000000000001ULL;
  *exit = 2;
  *kernel = 3;
  *user = 4;
  return TRUE;
}

BOOL QueryFullProcessImageNameW(HANDLE process, DWORD flags, uint16_t *name, DWORD *size) {
  static const uint16_t path[] = {'C', ':', '\\', 'p', 0x00e9, '.', 'e', 'x', 'e'};
  DWORD length = sizeof path / sizeof path[0];
  if (!is_process(process) || flags != 1) {
    return refused(INVALID_HANDLE);
  }
  if (*size < length) {
    return refused(INSUFFICIENT_BUFFER);
  }
  memcpy(name, path, sizeof path);
  *size = length;
  return TRUE;
}

NTSTATUS NtQueryInformationProcess(
    HANDLE process, PROCESSINFOCLASS kind, void *information, ULONG length, ULONG *returned) {
  uint64_t peb = MEMORY;
  if (!is_process(process) || kind != 0 || returned != NULL) {
    return INVALID_INFO_CLASS;
  }
  if (length != 48) {
    return LENGTH_MISMATCH;
  }
  memcpy((char *) information + 8, &peb, sizeof peb);
  return 0;
}

BOOL ReadProcessMemory(
    HANDLE process, const void *address, void *bytes, SIZE_T length, SIZE_T *read) {
  if (!is_process(process) || (uintptr_t) address != MEMORY || read != NULL) {
    return refused(PARTIAL_COPY);
  }
  memset(bytes, 0xa5, length);
  return TRUE;
}

HANDLE CreateFileW(const uint16_t *name, DWORD access, DWORD share, void *security,
    DWORD disposition, DWORD flags, HANDLE template) {
  static const uint16_t file[] = {'l', 0x00e9, 0};
  static const uint32_t inheritable[] = {24, 0, 0, 0, 1, 0};
  if (memcmp(name, file, sizeof file) != 0 || access != 0x80000004U || share != 7 ||
      memcmp(security, inheritable, sizeof inheritable) != 0 || disposition != 4 ||
      flags != 0x80000080U || template != NULL) {
    refused(ACCESS_DENIED);
    return INVALID_HANDLE_VALUE;
  }
  return (HANDLE) (uintptr_t) PROCESS;
}

/* It is of use from its initialization to its end only. */
struct attribute_list {
  uint64_t state;
  void *value;
};

#define INITIALIZED 0x1122334455667788ULL

BOOL InitializeProcThreadAttributeList(
    LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD count, DWORD flags, SIZE_T *size) {
  if (count != 1 || flags != 0) {
    return refused(INVALID_PARAMETER);
  }
  if (list == NULL || *size < sizeof *list) {
    *size = sizeof *list;
    return refused(INSUFFICIENT_BUFFER);
  }
  list->state = INITIALIZED;
  return TRUE;
}

BOOL UpdateProcThreadAttribute(LPPROC_THREAD_ATTRIBUTE_LIST list, DWORD flags, uintptr_t attribute,
    void *value, SIZE_T size, void *previous, SIZE_T *returned) {
  if (list->state != INITIALIZED || flags != 0 || attribute != PROC_THREAD_ATTRIBUTE_HANDLE_LIST ||
      size != 24 || previous != NULL || returned != NULL) {
    return refused(INVALID_PARAMETER);
  }
  list->value = value;
  return TRUE;
}

void DeleteProcThreadAttributeList(LPPROC_THREAD_ATTRIBUTE_LIST list) {
  list->state = 0;
  /* As Windows may: the error that counts is that of the call before. */
  refused(INVALID_HANDLE);
}

static int starts_as_meant(const STARTUPINFOEXW *startup) {
  static const uint64_t handles[] = {PROCESS, TOKEN, WINDOW};
  const STARTUPINFOW *first = &startup->StartupInfo;
  return first->cb == sizeof *startup && first->dwFlags == STARTF_USESTDHANDLES &&
      memcmp(&first->hStdInput, handles, sizeof handles) == 0 &&
      startup->lpAttributeList->state == INITIALIZED &&
      memcmp(startup->lpAttributeList->value, handles, sizeof handles) == 0;
}

BOOL CreateProcessW(const uint16_t *application, uint16_t *command_line, void *process_security,
    void *thread_security, BOOL inherit, DWORD flags, void *environment, const uint16_t *directory,
    STARTUPINFOW *startup, void *information) {
  static const uint16_t line[] = {'x', ' ', 0x00e9, 0};
  static const uint16_t variables[] = {'A', '=', '1', 0, 0};
  static const uint16_t root[] = {'C', ':', '\\', 0};
  static const struct {
    uint64_t process, thread;
    uint32_t process_id, thread_id;
  } started = {PROCESS, TOKEN, PID, 7};
  if (application != NULL || memcmp(command_line, line, sizeof line) != 0 ||
      process_security != NULL || thread_security != NULL || inherit != TRUE ||
      flags != (0x88000400U | EXTENDED_STARTUPINFO_PRESENT) ||
      memcmp(environment, variables, sizeof variables) != 0 ||
      memcmp(directory, root, sizeof root) != 0 || !starts_as_meant((STARTUPINFOEXW *) startup)) {
    return refused(ACCESS_DENIED);
  }
  memcpy(information, &started, sizeof started);
  return TRUE;
}

BOOL GetExitCodeProcess(HANDLE process, DWORD *code) {
  *code = 0xC000013AU;
  return is_process(process) || refused(INVALID_HANDLE);
}

BOOL TerminateProcess(HANDLE process, UINT exit_code) {
  return (is_process(process) && exit_code == 0xC000013AU) || refused(ACCESS_DENIED);
}

DWORD WaitForSingleObject(HANDLE handle, DWORD millis) {
  if (!is_process(handle)) {
    refused(INVALID_HANDLE);
    return WAIT_FAILED;
  }
  return millis == 0xfffffffeU ? 0 : 258;
}

BOOL OpenProcessToken(HANDLE process, DWORD access, HANDLE *token) {
  if (!is_process(process) || access != 0x80000008U) {
    return refused(ACCESS_DENIED);
  }
  *token = (HANDLE) (uintptr_t) TOKEN;
  return TRUE;
}

/* S-1-5-18: revision, count of the last part, authority, last part. */
static const unsigned char sid[] = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};

BOOL GetTokenInformation(
    HANDLE token, TOKEN_INFORMATION_CLASS kind, void *information, DWORD room, DWORD *length) {
  if ((uintptr_t) token != TOKEN || kind != 1) {
    return refused(INVALID_HANDLE);
  }
  *length = 16 + sizeof sid;
  if (room < *length) {
    return refused(INSUFFICIENT_BUFFER);
  }
  uint64_t user[2] = {(uintptr_t) information + 16, 0};
  memcpy(information, user, sizeof user);
  memcpy((char *) information + 16, sid, sizeof sid);
  return TRUE;
}

BOOL LookupAccountSidW(const uint16_t *system, void *of, uint16_t *name, DWORD *name_length,
    uint16_t *domain, DWORD *domain_length, int32_t *use) {
  static const uint16_t account[] = {'S', 'Y', 'S', 'T', 0x00c9, 'M', 0};
  static const uint16_t authority[] = {'N', 'T', 0};
  if (system != NULL || memcmp(of, sid, sizeof sid) != 0) {
    return refused(NONE_MAPPED);
  }
  if (*name_length < 7 || *domain_length < 3) {
    *name_length = 7;
    *domain_length = 3;
    return refused(INSUFFICIENT_BUFFER);
  }
  memcpy(name, account, sizeof account);
  memcpy(domain, authority, sizeof authority);
  *name_length = 6;
  *domain_length = 2;
  *use = 5;
  return TRUE;
}

BOOL CloseHandle(HANDLE handle) {
  return is_process(handle) || (uintptr_t) handle == TOKEN || refused(INVALID_HANDLE);
}

HWND FindWindowExW(HWND parent, HWND after, const uint16_t *kind, const uint16_t *title) {
  return parent == NULL && after == NULL && kind == NULL && title == NULL
      ? (HWND) (uintptr_t) WINDOW
      : NULL;
}

DWORD GetWindowThreadProcessId(HWND window, DWORD *pid) {
  if ((uintptr_t) window != WINDOW) {
    refused(INVALID_WINDOW_HANDLE);
    return 0;
  }
  *pid = PID;
  return 0x80000001U;
}

BOOL IsWindowVisible(HWND window) {
  return (uintptr_t) window == WINDOW ? -2 : 0;
}

HWND GetWindow(HWND window, UINT relation) {
  return (uintptr_t) window == WINDOW && relation == 0x80000004U
      ? (HWND) (uintptr_t) 0x8000000000000003ULL
      : NULL;
}

int GetClassNameW(HWND window, uint16_t *name, int room) {
  if ((uintptr_t) window != WINDOW || room != 3) {
    refused(INVALID_WINDOW_HANDLE);
    return 0;
  }
  name[0] = 'A';
  name[1] = 0xe9;
  name[2] = 0;
  return 2;
}

BOOL PostMessageW(HWND window, UINT message, WPARAM first, LPARAM second) {
  return ((uintptr_t) window == WINDOW && message == 0x80000010U &&
             first == 0x8000000000000001ULL && second == -2) ||
      refused(INVALID_WINDOW_HANDLE);
}

BOOL FreeConsole(void) {
  return refused(INVALID_PARAMETER);
}

BOOL AttachConsole(DWORD pid) {
  return pid == PID ? -2 : refused(INVALID_HANDLE);
}

DWORD GetConsoleProcessList(DWORD *pids, DWORD room) {
  if (room == 0) {
    refused(INVALID_PARAMETER);
    return 0;
  }
  pids[0] = PID;
  return 3;
}

BOOL SetConsoleCtrlHandler(void *handler, BOOL add) {
  return (handler == NULL && add == 1) || refused(INVALID_PARAMETER);
}

BOOL GenerateConsoleCtrlEvent(DWORD event, DWORD group) {
  return (event == 0x80000001U && group == PID) || refused(INVALID_PARAMETER);
}
