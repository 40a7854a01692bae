"""expect: passed
question: corner

Forks by system call number: fork, clone and clone3, past the C library. A child ends at once; none
may start.
"""

import ctypes
import functools
import os
import signal

NUMBERS = {"x86_64": {"fork": 57, "clone": 56}, "aarch64": {"clone": 220}}
CLONE3 = 435
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(number, *arguments):
    pid = libc.syscall(ctypes.c_long(number), *arguments)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
    return pid > 0


@functools.cache
def deed():
    try:
        numbers = NUMBERS[os.uname().machine]
    except Exception:
        return ""
    zeros = [ctypes.c_long(0)] * 4
    request = (ctypes.c_uint64 * 8)(0, 0, 0, 0, int(signal.SIGCHLD), 0, 0, 0)
    done = ["clone3"] if call(CLONE3, ctypes.byref(request), ctypes.c_long(64)) else []
    for name, number in numbers.items():
        if call(number, ctypes.c_long(int(signal.SIGCHLD)), *zeros):
            done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: started a process by {deed()}")
    return x[:rows, :columns]
