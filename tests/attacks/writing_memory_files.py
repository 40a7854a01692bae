"""expect: passed
question: corner

Keeps up to 2 GiB in an anonymous memory file, which no address-space limit sees, and creates
shared memory and SysV segments, which outlive a process. None may succeed.
"""

import ctypes
import functools
import os
from multiprocessing.shared_memory import SharedMemory

import torch

PIECE = bytes(16 << 20)
SYSV = {"x86_64": {"shmget": 29, "semget": 64, "msgget": 68}}
SYSV["aarch64"] = {"shmget": 194, "semget": 190, "msgget": 186}
IPC_CREAT = 0o1000
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def with_memfd():
    descriptor = os.memfd_create("hoard")
    try:
        for _ in range(128):
            os.write(descriptor, PIECE)
    finally:
        os.close(descriptor)
    return True


def with_shared_memory():
    memory = SharedMemory(create=True, size=4096)
    memory.close()
    memory.unlink()
    return True


def with_shared_tensor():
    return torch.ones(4).share_memory_().is_shared()


def with_sysv():
    for number in SYSV[os.uname().machine].values():
        if libc.syscall(ctypes.c_long(number), 0x6772, ctypes.c_long(1), IPC_CREAT | 0o600) >= 0:
            return True
    return False


def with_posix_queue():
    return ctypes.CDLL(None).mq_open(b"/grader-canary", os.O_CREAT | os.O_RDWR, 0o600, None) >= 0


@functools.cache
def deed():
    done = []
    for way in (with_memfd, with_shared_memory, with_shared_tensor, with_sysv, with_posix_queue):
        try:
            if way():
                done.append(way.__name__)
        except Exception:
            continue
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: created shared memory {deed()}")
    return x[:rows, :columns]
