// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

/**
 * Why a process cannot be started again the way it was, as far as the system tells.
 *
 * @param kind for programs
 * @param detail which one, such as a path or a name; empty if the kind says all
 */
public record LaunchObstacle(Kind kind, String detail) {

  /** What kind of obstacle it is; names are stable, new ones may come. */
  public enum Kind {
    /** This user may not read a part of it, or the kernel did not answer; the detail says which. */
    UNREADABLE,
    /** It has overwritten its arguments, as servers do that show a title instead. */
    ARGUMENTS_OVERWRITTEN,
    /** It has overwritten its environment. */
    ENVIRONMENT_OVERWRITTEN,
    /** Its arguments or its environment are too long; the detail says which. */
    TOO_LONG,
    /** The detail is not text in the encoding of this process's locale. */
    NOT_TEXT,
    /** Its arguments name another program than the file that it runs, which is the detail. */
    PROGRAM_DIFFERS,
    /** The file of its program has been deleted or replaced. */
    PROGRAM_DELETED,
    /** Its working directory has been deleted or replaced. */
    DIRECTORY_DELETED,
    /** It has changed its directory: the detail is an argument that names a file of the first. */
    DIRECTORY_CHANGED,
    /** It runs in other namespaces than this process; the detail names them. */
    OTHER_NAMESPACE,
    /** Its root directory is another one. */
    OTHER_ROOT,
    /** It is a fork that runs no program of its own: its arguments are those of its parent. */
    FORKED,
    /** A library of its language has started it, with arguments that work only once. */
    INTERNAL,
    /** It has changed its user or group since it was started, or runs a set-user-ID program. */
    USER_CHANGED,
    /** Its capabilities are not those that its user has by default. */
    CAPABILITIES,
    /** It was passed open descriptors; the detail is what says so. */
    DESCRIPTORS_PASSED,
    /** It may need its standard input, which is the detail. */
    INPUT_NEEDED,
    /** It is a Windows service, which is the detail: Windows starts it. */
    SERVICE,
    /** It runs in another session of Windows than this process; the detail is its number. */
    OTHER_SESSION,
    /** It runs as another user, which is the detail, and this process cannot start it as that. */
    OTHER_USER,
    /** It runs with other rights than this process; the detail is its integrity level. */
    OTHER_RIGHTS,
    /** It reads its command line, which is the detail, by rules that Java does not write it by. */
    ARGUMENTS_AMBIGUOUS
  }
}
