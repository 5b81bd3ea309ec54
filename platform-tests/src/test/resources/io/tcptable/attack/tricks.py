# SPDX-License-Identifier: Apache-2.0
"""What a hostile process can do to its own looks; on top of python_peer.py, which runs it."""
import array
import ctypes
import errno
import mmap
import signal
import shutil
import stat
import subprocess
import threading

LIBC = ctypes.CDLL(None, use_errno=True)

PR_SET_NAME, PR_SET_MM, PR_SET_MM_MAP = 15, 35, 14
PORT = 3001  # Each attack has its own.

KEPT = []  # What must not be collected while the process lives.


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def die_within(seconds):
    """A watchdog: the kernel ends this process, and what hangs on it, whatever Python does."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)


def hang(port=None, address="127.0.0.1", requests=1):
    """Listens, and answers nobody; a client's request lies there unread."""
    port = port or PORT
    KEPT.append(listen(address, port))
    for _ in range(requests):
        client = connect(address, port)
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        KEPT.append(client)


def name(comm):
    """What the kernel, ps and top call this process: at most 15 bytes."""
    checked(LIBC.prctl(PR_SET_NAME, ctypes.create_string_buffer(comm), 0, 0, 0))


class MemoryMap(ctypes.Structure):
    """struct prctl_mm_map of linux/prctl.h."""
    _fields_ = [(field, ctypes.c_uint64) for field in (
        "start_code", "end_code", "start_data", "end_data", "start_brk", "brk", "start_stack",
        "arg_start", "arg_end", "env_start", "env_end", "auxv")] + [
        ("auxv_size", ctypes.c_uint32), ("exe_fd", ctypes.c_uint32)]


def arguments_at(start, end):
    """Has the kernel take that part of this process's memory for its command line."""
    with open("/proc/self/stat", "rb") as line:
        field = [b"", b"", b""] + line.read().rpartition(b")")[2].split()
    figures = MemoryMap(
        start_code=int(field[26]), end_code=int(field[27]), start_stack=int(field[28]),
        start_data=int(field[45]), end_data=int(field[46]), start_brk=int(field[47]),
        brk=checked_pointer(LIBC.sbrk, 0), env_start=int(field[50]), env_end=int(field[51]),
        arg_start=start, arg_end=end, auxv=0, auxv_size=0, exe_fd=0xFFFFFFFF)
    checked(LIBC.prctl(PR_SET_MM, PR_SET_MM_MAP, ctypes.byref(figures), ctypes.sizeof(figures), 0))


def checked_pointer(function, *arguments):
    function.restype = ctypes.c_void_p
    return function(*arguments)


def arguments(*words):
    """Any command line: no exec is needed, and none would be possible with such words."""
    line = b"".join(word + b"\0" for word in words)
    buffer = ctypes.create_string_buffer(line, len(line))
    KEPT.append(buffer)
    start = ctypes.addressof(buffer)
    arguments_at(start, start + len(line))


def enter(folder):
    """Makes a directory of that name, bytes as they are, and works there."""
    os.mkdir(folder)
    os.chdir(folder)


def write_to(log):
    """Sends its output to a file of that name, as a server does with its log."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 2)
    KEPT.append(file)


HANGING = """import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
client = socket.create_connection(listener.getsockname())
client.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
print(flush=True)
sys.stdin.read()"""


def run_hanging(program, *words, **options):
    """Runs a Python of any path as a server that answers nobody, and ends with this process."""
    with open("server.py", "w") as script:
        script.write(HANGING)
    child = subprocess.Popen(
        [program, "server.py", str(PORT), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        **options)
    child.stdout.readline()
    KEPT.append(child)
    return child.pid


def become_nobody_with_own(folder):
    """Gives up root, in an own mount namespace where that directory is new and empty."""
    clone_newns, ms_rec, ms_private = 0x20000, 0x4000, 0x40000
    checked(LIBC.unshare(clone_newns))
    checked(LIBC.mount(b"none", b"/", None, ms_rec | ms_private, None))
    checked(LIBC.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, b"mode=1777"))
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


CGROUPS = b"/sys/fs/cgroup/unified" if os.path.isdir("/sys/fs/cgroup/unified") else b"/sys/fs/cgroup"


def group(path, pid):
    """Puts a process into a control group of that path, as root."""
    folder = CGROUPS
    for part in path.split(b"/"):
        folder += b"/" + part
        if not os.path.isdir(folder):
            os.mkdir(folder)
            KEPT.append(folder)
    with open(folder + b"/cgroup.procs", "w") as members:
        members.write(str(pid))


def remove_groups():
    """All that group() made, once its processes are gone."""
    for folder in reversed([it for it in KEPT if isinstance(it, bytes)]):
        until(lambda: removed(folder))


def removed(folder):
    try:
        os.rmdir(folder)
    except OSError as e:
        if e.errno != errno.EBUSY:
            raise
    return not os.path.isdir(folder)
