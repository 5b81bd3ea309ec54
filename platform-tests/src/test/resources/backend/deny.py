# SPDX-License-Identifier: Apache-2.0
"""Runs a command that the kernel denies some system calls: seccomp(2).

deny.py ERROR NUMBER,NUMBER... COMMAND...
"""
import ctypes, errno, os, struct, sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06  # linux/bpf_common.h
SECCOMP_RET_ERRNO, SECCOMP_RET_ALLOW = 0x00050000, 0x7FFF0000

error = getattr(errno, sys.argv[1])
numbers = [int(number) for number in sys.argv[2].split(",")]


def instruction(code, if_true, if_false, value):
    return struct.pack("HBBI", code, if_true, if_false, value)


program = instruction(LOAD, 0, 0, 0)  # The number comes first in struct seccomp_data.
for left, number in zip(range(len(numbers), 0, -1), numbers):
    program += instruction(JUMP_IF_EQUAL, left, 0, number)
program += instruction(RETURN, 0, 0, SECCOMP_RET_ALLOW)
program += instruction(RETURN, 0, 0, SECCOMP_RET_ERRNO | error)

code = ctypes.create_string_buffer(program, len(program))
header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
for call in (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0):
    if libc.prctl(*call) != 0:
        sys.exit("prctl: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[3], sys.argv[3:])
