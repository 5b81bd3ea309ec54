/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function a call, all of them on the caller's direct buffers, from their first byte; a buffer
 * that is not direct is a null pointer here. The length comes from Java, which knows the limit.
 */

#include "jni_windows_calls.h"

#include "../jni_natives.h"
#include "windows_calls.h"

static void *address(JNIEnv *env, jobject buffer) {
  return (*env)->GetDirectBufferAddress(env, buffer);
}

static jint JNICALL get_extended_tcp_table(JNIEnv *env, jobject self, jobject table, jobject size,
    jint order, jint family, jint table_class) {
  (void) self;
  return tcpt_GetExtendedTcpTable(
      address(env, table), address(env, size), order, family, table_class);
}

static jint JNICALL set_tcp_entry(JNIEnv *env, jobject self, jobject row) {
  (void) self;
  return tcpt_SetTcpEntry(address(env, row));
}

static jint JNICALL get_owner_module_from_tcp_entry(
    JNIEnv *env, jobject self, jobject row, jint info_class, jobject module, jobject size) {
  (void) self;
  return tcpt_GetOwnerModuleFromTcpEntry(
      address(env, row), info_class, address(env, module), address(env, size));
}

static jint JNICALL get_owner_module_from_tcp6_entry(
    JNIEnv *env, jobject self, jobject row, jint info_class, jobject module, jobject size) {
  (void) self;
  return tcpt_GetOwnerModuleFromTcp6Entry(
      address(env, row), info_class, address(env, module), address(env, size));
}

static jint JNICALL nt_query_system_information(
    JNIEnv *env, jobject self, jint system_class, jobject system, jint room, jobject length) {
  (void) self;
  return tcpt_NtQuerySystemInformation(
      system_class, address(env, system), room, address(env, length));
}

static jlong JNICALL open_process(JNIEnv *env, jobject self, jint access, jint pid) {
  (void) env;
  (void) self;
  return tcpt_OpenProcess(access, pid);
}

static jint JNICALL get_process_times(JNIEnv *env, jobject self, jlong process, jobject creation,
    jobject exit, jobject kernel, jobject user) {
  (void) self;
  return tcpt_GetProcessTimes(process, address(env, creation), address(env, exit),
      address(env, kernel), address(env, user));
}

static jint JNICALL query_full_process_image_name(
    JNIEnv *env, jobject self, jlong process, jint flags, jobject name, jobject size) {
  (void) self;
  return tcpt_QueryFullProcessImageNameW(process, flags, address(env, name), address(env, size));
}

static jint JNICALL nt_query_information_process(JNIEnv *env, jobject self, jlong process,
    jint process_class, jobject information, jint length) {
  (void) self;
  return tcpt_NtQueryInformationProcess(process, process_class, address(env, information), length);
}

static jint JNICALL read_process_memory(
    JNIEnv *env, jobject self, jlong process, jlong from, jobject bytes, jint length) {
  (void) self;
  return tcpt_ReadProcessMemory(process, from, address(env, bytes), length);
}

static jint JNICALL terminate_process(JNIEnv *env, jobject self, jlong process, jint exit_code) {
  (void) env;
  (void) self;
  return tcpt_TerminateProcess(process, exit_code);
}

static jint JNICALL wait_for_single_object(JNIEnv *env, jobject self, jlong handle, jint millis) {
  (void) env;
  (void) self;
  return tcpt_WaitForSingleObject(handle, millis);
}

static jint JNICALL open_process_token(
    JNIEnv *env, jobject self, jlong process, jint access, jobject token) {
  (void) self;
  return tcpt_OpenProcessToken(process, access, address(env, token));
}

static jint JNICALL get_token_information(JNIEnv *env, jobject self, jlong token, jint info_class,
    jobject information, jint room, jobject length) {
  (void) self;
  return tcpt_GetTokenInformation(
      token, info_class, address(env, information), room, address(env, length));
}

static jint JNICALL lookup_account_sid(JNIEnv *env, jobject self, jobject sid, jobject name,
    jobject name_length, jobject domain, jobject domain_length, jobject use) {
  (void) self;
  return tcpt_LookupAccountSidW(address(env, sid), address(env, name), address(env, name_length),
      address(env, domain), address(env, domain_length), address(env, use));
}

static jint JNICALL close_handle(JNIEnv *env, jobject self, jlong handle) {
  (void) env;
  (void) self;
  return tcpt_CloseHandle(handle);
}

static jlong JNICALL find_window(JNIEnv *env, jobject self, jlong parent, jlong after) {
  (void) env;
  (void) self;
  return tcpt_FindWindowExW(parent, after);
}

static jint JNICALL get_window_process(JNIEnv *env, jobject self, jlong window, jobject pid) {
  (void) self;
  return tcpt_GetWindowThreadProcessId(window, address(env, pid));
}

static jint JNICALL is_window_visible(JNIEnv *env, jobject self, jlong window) {
  (void) env;
  (void) self;
  return tcpt_IsWindowVisible(window);
}

static jlong JNICALL get_window(JNIEnv *env, jobject self, jlong window, jint relation) {
  (void) env;
  (void) self;
  return tcpt_GetWindow(window, relation);
}

static jint JNICALL get_class_name(
    JNIEnv *env, jobject self, jlong window, jobject name, jint room) {
  (void) self;
  return tcpt_GetClassNameW(window, address(env, name), room);
}

static jint JNICALL post_message(
    JNIEnv *env, jobject self, jlong window, jint message, jlong first, jlong second) {
  (void) env;
  (void) self;
  return tcpt_PostMessageW(window, message, first, second);
}

static jlong JNICALL create_file(JNIEnv *env, jobject self, jobject name, jint access, jint share,
    jobject security, jint disposition, jint flags) {
  (void) self;
  return tcpt_CreateFileW(
      address(env, name), access, share, address(env, security), disposition, flags);
}

static jint JNICALL create_process(JNIEnv *env, jobject self, jobject command_line, jint flags,
    jobject environment, jobject directory, jobject handles, jobject information) {
  (void) self;
  return tcpt_CreateProcessW(address(env, command_line), flags, address(env, environment),
      address(env, directory), address(env, handles), address(env, information));
}

static jint JNICALL get_exit_code(JNIEnv *env, jobject self, jlong process, jobject code) {
  (void) self;
  return tcpt_GetExitCodeProcess(process, address(env, code));
}

static jint JNICALL free_console(JNIEnv *env, jobject self) {
  (void) env;
  (void) self;
  return tcpt_FreeConsole();
}

static jint JNICALL attach_console(JNIEnv *env, jobject self, jint pid) {
  (void) env;
  (void) self;
  return tcpt_AttachConsole(pid);
}

static jint JNICALL get_console_process_list(JNIEnv *env, jobject self, jobject pids, jint room) {
  (void) self;
  return tcpt_GetConsoleProcessList(address(env, pids), room);
}

static jint JNICALL set_console_ctrl_handler(JNIEnv *env, jobject self, jint add) {
  (void) env;
  (void) self;
  return tcpt_SetConsoleCtrlHandler(add);
}

static jint JNICALL generate_console_ctrl_event(JNIEnv *env, jobject self, jint event, jint group) {
  (void) env;
  (void) self;
  return tcpt_GenerateConsoleCtrlEvent(event, group);
}

#define BUFFER "Ljava/nio/ByteBuffer;"
/* clang-format off: its versions differ on it. */
#define NATIVE(name, signature, function) \
  { (char *) name, (char *) signature, (void *) function }
/* clang-format on */

static const JNINativeMethod methods[] = {
    NATIVE("GetExtendedTcpTable", "(" BUFFER BUFFER "III)I", get_extended_tcp_table),
    NATIVE("SetTcpEntry", "(" BUFFER ")I", set_tcp_entry),
    NATIVE("GetOwnerModuleFromTcpEntry", "(" BUFFER "I" BUFFER BUFFER ")I",
        get_owner_module_from_tcp_entry),
    NATIVE("GetOwnerModuleFromTcp6Entry", "(" BUFFER "I" BUFFER BUFFER ")I",
        get_owner_module_from_tcp6_entry),
    NATIVE("NtQuerySystemInformation", "(I" BUFFER "I" BUFFER ")I", nt_query_system_information),
    NATIVE("OpenProcess", "(II)J", open_process),
    NATIVE("GetProcessTimes", "(J" BUFFER BUFFER BUFFER BUFFER ")I", get_process_times),
    NATIVE("QueryFullProcessImageNameW", "(JI" BUFFER BUFFER ")I", query_full_process_image_name),
    NATIVE("NtQueryInformationProcess", "(JI" BUFFER "I)I", nt_query_information_process),
    NATIVE("ReadProcessMemory", "(JJ" BUFFER "I)I", read_process_memory),
    NATIVE("CreateFileW", "(" BUFFER "II" BUFFER "II)J", create_file),
    NATIVE("CreateProcessW", "(" BUFFER "I" BUFFER BUFFER BUFFER BUFFER ")I", create_process),
    NATIVE("GetExitCodeProcess", "(J" BUFFER ")I", get_exit_code),
    NATIVE("TerminateProcess", "(JI)I", terminate_process),
    NATIVE("WaitForSingleObject", "(JI)I", wait_for_single_object),
    NATIVE("OpenProcessToken", "(JI" BUFFER ")I", open_process_token),
    NATIVE("GetTokenInformation", "(JI" BUFFER "I" BUFFER ")I", get_token_information),
    NATIVE("LookupAccountSidW", "(" BUFFER BUFFER BUFFER BUFFER BUFFER BUFFER ")I",
        lookup_account_sid),
    NATIVE("CloseHandle", "(J)I", close_handle),
    NATIVE("FindWindowExW", "(JJ)J", find_window),
    NATIVE("GetWindowThreadProcessId", "(J" BUFFER ")I", get_window_process),
    NATIVE("IsWindowVisible", "(J)I", is_window_visible),
    NATIVE("GetWindow", "(JI)J", get_window),
    NATIVE("getClassName", "(J" BUFFER "I)I", get_class_name),
    NATIVE("PostMessageW", "(JIJJ)I", post_message),
    NATIVE("FreeConsole", "()I", free_console),
    NATIVE("AttachConsole", "(I)I", attach_console),
    NATIVE("getConsoleProcessList", "(" BUFFER "I)I", get_console_process_list),
    NATIVE("SetConsoleCtrlHandler", "(I)I", set_console_ctrl_handler),
    NATIVE("GenerateConsoleCtrlEvent", "(II)I", generate_console_ctrl_event),
};

jint tcpt_register_windows_calls(JNIEnv *env) {
  return tcpt_register_natives(env, "jni/JniWindowsCalls", methods, TCPT_COUNT(methods));
}
