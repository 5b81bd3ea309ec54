/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tcptable-bridge: makes Windows calls for a test. First it writes its own PID as eight bytes. Then
 * it reads requests from standard input until that ends, and answers each one on standard output;
 * all numbers are little endian.
 *
 *   request: length of the name (1), name, count of arguments (1), arguments
 *   argument: length (4) and bytes of a buffer; NUMBER as length and a number (8)
 *   answer: result of the call (8), then each buffer's bytes as the call left them
 *
 * A buffer without bytes is a null pointer. An unknown name or a wrong count of arguments is
 * answered with ERROR_INVALID_FUNCTION; a request that does not end ends the bridge.
 */

#include <fcntl.h>
#include <io.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "windows_calls.h"

#define NUMBER 0xffffffffU
#define MOST_ARGUMENTS 6
#define MOST_BYTES (64U * 1024 * 1024)

struct argument {
  uint32_t length;
  int64_t number;
  void *bytes;
};

typedef int64_t call(const struct argument *a);

static int32_t word(const struct argument *a) {
  return (int32_t) a->number;
}

static int64_t get_extended_tcp_table(const struct argument *a) {
  return tcpt_GetExtendedTcpTable(a[0].bytes, a[1].bytes, word(a + 2), word(a + 3), word(a + 4));
}

static int64_t set_tcp_entry(const struct argument *a) {
  return tcpt_SetTcpEntry(a[0].bytes);
}

static int64_t get_owner_module_from_tcp_entry(const struct argument *a) {
  return tcpt_GetOwnerModuleFromTcpEntry(a[0].bytes, word(a + 1), a[2].bytes, a[3].bytes);
}

static int64_t get_owner_module_from_tcp6_entry(const struct argument *a) {
  return tcpt_GetOwnerModuleFromTcp6Entry(a[0].bytes, word(a + 1), a[2].bytes, a[3].bytes);
}

static int64_t nt_query_system_information(const struct argument *a) {
  return tcpt_NtQuerySystemInformation(word(a), a[1].bytes, (int32_t) a[1].length, a[2].bytes);
}

static int64_t open_process(const struct argument *a) {
  return tcpt_OpenProcess(word(a), word(a + 1));
}

static int64_t get_process_times(const struct argument *a) {
  return tcpt_GetProcessTimes(a[0].number, a[1].bytes, a[2].bytes, a[3].bytes, a[4].bytes);
}

static int64_t query_full_process_image_name(const struct argument *a) {
  return tcpt_QueryFullProcessImageNameW(a[0].number, word(a + 1), a[2].bytes, a[3].bytes);
}

static int64_t nt_query_information_process(const struct argument *a) {
  return tcpt_NtQueryInformationProcess(
      a[0].number, word(a + 1), a[2].bytes, (int32_t) a[2].length);
}

static int64_t read_process_memory(const struct argument *a) {
  return tcpt_ReadProcessMemory(a[0].number, a[1].number, a[2].bytes, (int32_t) a[2].length);
}

static int64_t terminate_process(const struct argument *a) {
  return tcpt_TerminateProcess(a[0].number, word(a + 1));
}

static int64_t wait_for_single_object(const struct argument *a) {
  return tcpt_WaitForSingleObject(a[0].number, word(a + 1));
}

static int64_t open_process_token(const struct argument *a) {
  return tcpt_OpenProcessToken(a[0].number, word(a + 1), a[2].bytes);
}

static int64_t get_token_information(const struct argument *a) {
  return tcpt_GetTokenInformation(
      a[0].number, word(a + 1), a[2].bytes, (int32_t) a[2].length, a[3].bytes);
}

static int64_t lookup_account_sid(const struct argument *a) {
  return tcpt_LookupAccountSidW(
      a[0].bytes, a[1].bytes, a[2].bytes, a[3].bytes, a[4].bytes, a[5].bytes);
}

static int64_t close_handle(const struct argument *a) {
  return tcpt_CloseHandle(a[0].number);
}

static int64_t find_window(const struct argument *a) {
  return tcpt_FindWindowExW(a[0].number, a[1].number);
}

static int64_t get_window_process(const struct argument *a) {
  return tcpt_GetWindowThreadProcessId(a[0].number, a[1].bytes);
}

static int64_t is_window_visible(const struct argument *a) {
  return tcpt_IsWindowVisible(a[0].number);
}

static int64_t get_window(const struct argument *a) {
  return tcpt_GetWindow(a[0].number, word(a + 1));
}

static int64_t get_class_name(const struct argument *a) {
  return tcpt_GetClassNameW(a[0].number, a[1].bytes, word(a + 2));
}

static int64_t post_message(const struct argument *a) {
  return tcpt_PostMessageW(a[0].number, word(a + 1), a[2].number, a[3].number);
}

static int64_t create_file(const struct argument *a) {
  return tcpt_CreateFileW(
      a[0].bytes, word(a + 1), word(a + 2), a[3].bytes, word(a + 4), word(a + 5));
}

static int64_t create_process(const struct argument *a) {
  return tcpt_CreateProcessW(
      a[0].bytes, word(a + 1), a[2].bytes, a[3].bytes, a[4].bytes, a[5].bytes);
}

static int64_t get_exit_code(const struct argument *a) {
  return tcpt_GetExitCodeProcess(a[0].number, a[1].bytes);
}

static int64_t free_console(const struct argument *a) {
  (void) a;
  return tcpt_FreeConsole();
}

static int64_t attach_console(const struct argument *a) {
  return tcpt_AttachConsole(word(a));
}

static int64_t get_console_process_list(const struct argument *a) {
  return tcpt_GetConsoleProcessList(a[0].bytes, word(a + 1));
}

static int64_t set_console_ctrl_handler(const struct argument *a) {
  return tcpt_SetConsoleCtrlHandler(word(a));
}

static int64_t generate_console_ctrl_event(const struct argument *a) {
  return tcpt_GenerateConsoleCtrlEvent(word(a), word(a + 1));
}

/* Which arguments are buffers (b) and which numbers (n). */
static const struct {
  const char *name;
  const char *arguments;
  call *call;
} calls[] = {
    {"GetExtendedTcpTable", "bbnnn", get_extended_tcp_table},
    {"SetTcpEntry", "b", set_tcp_entry},
    {"GetOwnerModuleFromTcpEntry", "bnbb", get_owner_module_from_tcp_entry},
    {"GetOwnerModuleFromTcp6Entry", "bnbb", get_owner_module_from_tcp6_entry},
    {"NtQuerySystemInformation", "nbb", nt_query_system_information},
    {"OpenProcess", "nn", open_process},
    {"GetProcessTimes", "nbbbb", get_process_times},
    {"QueryFullProcessImageNameW", "nnbb", query_full_process_image_name},
    {"NtQueryInformationProcess", "nnb", nt_query_information_process},
    {"ReadProcessMemory", "nnb", read_process_memory},
    {"CreateFileW", "bnnbnn", create_file},
    {"CreateProcessW", "bnbbbb", create_process},
    {"GetExitCodeProcess", "nb", get_exit_code},
    {"TerminateProcess", "nn", terminate_process},
    {"WaitForSingleObject", "nn", wait_for_single_object},
    {"OpenProcessToken", "nnb", open_process_token},
    {"GetTokenInformation", "nnbb", get_token_information},
    {"LookupAccountSidW", "bbbbbb", lookup_account_sid},
    {"CloseHandle", "n", close_handle},
    {"FindWindowExW", "nn", find_window},
    {"GetWindowThreadProcessId", "nb", get_window_process},
    {"IsWindowVisible", "n", is_window_visible},
    {"GetWindow", "nn", get_window},
    {"GetClassNameW", "nbn", get_class_name},
    {"PostMessageW", "nnnn", post_message},
    {"FreeConsole", "", free_console},
    {"AttachConsole", "n", attach_console},
    {"GetConsoleProcessList", "bn", get_console_process_list},
    {"SetConsoleCtrlHandler", "n", set_console_ctrl_handler},
    {"GenerateConsoleCtrlEvent", "nn", generate_console_ctrl_event},
};

static void take(void *bytes, size_t length) {
  if (fread(bytes, 1, length, stdin) != length) {
    exit(EXIT_FAILURE);
  }
}

static void give(const void *bytes, size_t length) {
  if (fwrite(bytes, 1, length, stdout) != length) {
    exit(EXIT_FAILURE);
  }
}

static void take_argument(struct argument *a) {
  take(&a->length, sizeof a->length);
  if (a->length == NUMBER) {
    take(&a->number, sizeof a->number);
  } else if (a->length > MOST_BYTES) {
    exit(EXIT_FAILURE);
  } else if (a->length > 0) {
    a->bytes = malloc(a->length);
    if (a->bytes == NULL) {
      exit(EXIT_FAILURE);
    }
    take(a->bytes, a->length);
  }
}

static int are_those(const char *kinds, const struct argument *a, size_t count) {
  if (strlen(kinds) != count) {
    return 0;
  }
  for (size_t i = 0; i < count; i++) {
    if ((kinds[i] == 'n') != (a[i].length == NUMBER)) {
      return 0;
    }
  }
  return 1;
}

static int64_t result_of(const char *name, const struct argument *a, size_t count) {
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    if (strcmp(name, calls[i].name) == 0 && are_those(calls[i].arguments, a, count)) {
      return calls[i].call(a);
    }
  }
  return -ERROR_INVALID_FUNCTION;
}

static void serve(size_t name_length) {
  char name[256] = {0};
  struct argument arguments[MOST_ARGUMENTS] = {0};
  unsigned char count;
  take(name, name_length);
  take(&count, 1);
  if (count > MOST_ARGUMENTS) {
    exit(EXIT_FAILURE);
  }
  for (size_t i = 0; i < count; i++) {
    take_argument(&arguments[i]);
  }
  int64_t result = result_of(name, arguments, count);
  give(&result, sizeof result);
  for (size_t i = 0; i < count; i++) {
    if (arguments[i].length != NUMBER) {
      give(arguments[i].bytes, arguments[i].length);
    }
    free(arguments[i].bytes);
  }
  fflush(stdout);
}

int main(void) {
  if (_setmode(_fileno(stdin), _O_BINARY) == -1 || _setmode(_fileno(stdout), _O_BINARY) == -1) {
    return EXIT_FAILURE;
  }
  int64_t pid = GetCurrentProcessId();
  give(&pid, sizeof pid);
  fflush(stdout);
  unsigned char name_length;
  while (fread(&name_length, 1, 1, stdin) == 1) {
    serve(name_length);
  }
  return EXIT_SUCCESS;
}
