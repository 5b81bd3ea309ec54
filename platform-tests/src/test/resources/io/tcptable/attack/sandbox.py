# SPDX-License-Identifier: Apache-2.0
"""sandbox.py CALL=ERROR,... COMMAND...: runs a command whose system calls fail so, see seccomp(2)."""
import ctypes
import errno
import os
import platform
import struct
import sys

# socket(AF_NETLINK) only: its first argument is looked at.
NETLINK = "netlink"
AF_NETLINK = 16

NUMBERS = {
    "x86_64": {NETLINK: 41, "bpf": 321, "pidfd_open": 434, "pidfd_send_signal": 424, "kill": 62,
               "readlinkat": 267, "getdents64": 217, "poll": 7, "recvmsg": 47,
               "setns": 308},
    "aarch64": {NETLINK: 198, "bpf": 280, "pidfd_open": 434, "pidfd_send_signal": 424, "kill": 129,
                "readlinkat": 78, "getdents64": 61, "poll": 73, "recvmsg": 212,
                "setns": 268},
}[platform.machine()]

LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
NUMBER, FIRST_ARGUMENT = 0, 16
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2


def instruction(code, value, when_true=0, when_false=0):
    return struct.pack("HBBI", code, when_true, when_false, value)


def program(rules):
    code = []
    for call, error in rules:
        code.append(instruction(LOAD, NUMBER))
        if call == NETLINK:
            code.append(instruction(EQUAL, NUMBERS[call], 0, 3))
            code.append(instruction(LOAD, FIRST_ARGUMENT))
            code.append(instruction(EQUAL, AF_NETLINK, 0, 1))
        else:
            code.append(instruction(EQUAL, NUMBERS[call], 0, 1))
        code.append(instruction(RETURN, ERRNO | error))
    code.append(instruction(RETURN, ALLOW))
    return code


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def install(rules):
    code = program(rules)
    libc = ctypes.CDLL(None, use_errno=True)
    filters = Program(len(code), b"".join(code))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
            PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filters), 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


install([(call, getattr(errno, error)) for call, error in (
    rule.split("=") for rule in sys.argv[1].split(","))])
os.execvp(sys.argv[2], sys.argv[2:])
