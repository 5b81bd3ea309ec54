# SPDX-License-Identifier: Apache-2.0
"""Servers that keep the lock of their memory mappings (mmap_lock), as one does that waits for a dead file server.

usage: locked_memory.py PORT COUNT DIRECTORY, as root in a mount namespace of its own.

Each maps a page of a file, writes to it and maps something else over it. The kernel writes the page back first, with
the lock; but this file system, which is this process itself by the protocol of /dev/fuse, answers all but writes.
With the end of this process, on end of input or after a minute, the kernel fails those writes, and all of it ends.
"""
import ctypes, mmap, os, select, signal, socket, struct, sys, time

LOOKUP, FORGET, GETATTR, SETATTR, OPEN, READ, WRITE, INIT = 1, 2, 3, 4, 14, 15, 16, 26
RELEASE, FLUSH, INTERRUPT, BATCH_FORGET = 18, 25, 36, 42
ENOSYS = 38
MAP_FIXED = 0x10
SECONDS = 60
PAGE = 4096
libc = ctypes.CDLL(None, use_errno=True)


def attributes(node):
    mode = 0o40755 if node == 1 else 0o100644
    return struct.pack("=6Q10I", node, PAGE, 8, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, PAGE, 0)


def serve(fd):
    request = os.read(fd, 1 << 17)
    length, opcode, unique, node = struct.unpack_from("=IIQQ", request)
    error, body = 0, b""
    if opcode == INIT:
        body = struct.pack("=4I2H2I2HI7I", 7, 31, 0, 0, 64, 64, PAGE, 1, 1, 0, 0, *[0] * 7)
    elif opcode == LOOKUP:
        node = 2 + int(request[40:].rstrip(b"\0"))
        body = struct.pack("=4Q2I", node, 0, 1000, 1000, 0, 0) + attributes(node)
    elif opcode in (GETATTR, SETATTR):
        body = struct.pack("=Q2I", 1000, 0, 0) + attributes(node)
    elif opcode == OPEN:
        body = struct.pack("=Q2I", 1, 0, 0)
    elif opcode == READ:
        body = bytes(PAGE)
    elif opcode in (FORGET, BATCH_FORGET, INTERRUPT, WRITE):
        return opcode == WRITE
    elif opcode not in (FLUSH, RELEASE):
        error = -ENOSYS
    os.write(fd, struct.pack("=IiQ", 16 + len(body), error, unique) + body)
    return False


def victim(port, file):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    server.bind(("127.0.0.1", port))
    server.listen(8)
    fd = os.open(file, os.O_RDWR)
    call = libc.mmap
    call.restype = ctypes.c_void_p
    call.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
    page = call(None, PAGE, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_SHARED, fd, 0)
    ctypes.memset(page, 1, 1)
    call(page, PAGE, mmap.PROT_READ, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | MAP_FIXED, -1, 0)
    os._exit(0)


port, count, directory = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
try:
    fuse = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    options = b"fd=%d,rootmode=40000,user_id=0,group_id=0" % fuse
    if libc.mount(b"locked", directory.encode(), b"fuse", 0, options):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
except OSError as e:
    sys.exit(print("no file system of its own:", e, flush=True))
pids = []
for number in range(count):
    pid = os.fork()
    if pid == 0:
        os.close(fuse)
        victim(port, f"{directory}/{number}")
    pids.append(pid)
locked = 0
end = time.monotonic() + SECONDS
while time.monotonic() < end:
    readable, _, _ = select.select([fuse, sys.stdin], [], [], end - time.monotonic())
    if sys.stdin in readable:
        break
    if fuse in readable and serve(fuse):
        locked += 1
        if locked == count:
            print("locked", *pids, flush=True)
os.close(fuse)
for pid in pids:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
