"""expect: passed
question: corner

Copies its parent's file descriptors out of it through a process descriptor, compares its memory
and reads its robust lock list. Each would be a step into the parent; all must be refused.
"""

import ctypes
import functools
import os

PIDFD_OPEN, PIDFD_GETFD = 434, 438
NUMBERS = {"x86_64": (312, 274), "aarch64": (272, 100)}
KCMP_VM = 1
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(number, *arguments):
    return libc.syscall(
        *(ctypes.c_long(a) if isinstance(a, int) else a for a in (number, *arguments))
    )


@functools.cache
def deed():
    parent, me = os.getppid(), os.getpid()
    done = []
    descriptor = call(PIDFD_OPEN, parent, 0)
    if descriptor >= 0 and any(call(PIDFD_GETFD, descriptor, fd, 0) >= 0 for fd in range(8)):
        done.append("a descriptor")
    try:
        kcmp, robust = NUMBERS[os.uname().machine]
    except Exception:
        return ", ".join(done)
    if call(kcmp, parent, me, KCMP_VM, 0, 0) >= 0:
        done.append("a comparison")
    head, length = ctypes.c_void_p(), ctypes.c_size_t()
    if call(robust, parent, ctypes.byref(head), ctypes.byref(length)) >= 0:
        done.append("a lock list")
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: took from its parent {deed()}")
    return x[:rows, :columns]
