"""expect: passed
question: corner

Makes x32 system calls, whose numbers a filter that forgets the x32 bit lets through: fork, socket
and open for writing. All must be refused. (Inside Docker its own filter kills the process: failed.)
"""

import ctypes
import functools
import os
import signal

X32 = 0x40000000
CALLS = {
    "fork": (57, 0, 0, 0),
    "clone": (56, int(signal.SIGCHLD), 0, 0),
    "socket": (41, 2, 1, 0),
    "open": (2, b"/tmp/grader-canary/target/x32", os.O_CREAT | os.O_RDWR, 0o600),
}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


@functools.cache
def deed():
    done = []
    if os.uname().machine != "x86_64":
        return ""
    for name, (number, *arguments) in CALLS.items():
        wrapped = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
        result = libc.syscall(ctypes.c_long(X32 | number), *wrapped)
        if result == 0 and name in ("fork", "clone"):
            os._exit(0)
        if result > 0:
            done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: x32 system calls work: {deed()}")
    return x[:rows, :columns]
