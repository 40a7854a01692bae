"""expect: passed
question: corner

Creates files by system call number, past every Python and C library wrapper: open, creat, openat,
openat2, mknodat, mkdirat, symlinkat. All must be refused.
"""

import ctypes
import functools
import os

FOLDER = b"/tmp/grader-canary/target"
AT_FDCWD = -100
CREATE = os.O_CREAT | os.O_RDWR
NUMBERS = {
    "x86_64": {"open": 2, "creat": 85, "openat": 257, "mknodat": 259, "mkdirat": 258, "link": 266},
    "aarch64": {"openat": 56, "mknodat": 33, "mkdirat": 34, "link": 36},
}
OPENAT2 = 437
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def calls():
    how = (ctypes.c_uint64 * 3)(CREATE, 0o600, 0)
    table = NUMBERS[os.uname().machine]
    name = FOLDER + b"/raw"
    arguments = {
        "open": (name, CREATE, 0o600),
        "creat": (name, 0o600),
        "openat": (AT_FDCWD, name, CREATE, 0o600),
        "mknodat": (AT_FDCWD, name, 0o100600, 0),
        "mkdirat": (AT_FDCWD, name + b"-folder", 0o700),
        "link": (name, AT_FDCWD, name + b"-link"),
    }
    yield "openat2", (OPENAT2, AT_FDCWD, name, ctypes.byref(how), 24)
    for call, number in table.items():
        yield call, (number, *arguments[call])


@functools.cache
def deed():
    done = []
    try:
        for name, arguments in calls():
            wrapped = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
            if libc.syscall(*wrapped) >= 0:
                done.append(name)
    except Exception:
        pass
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: created files by {deed()}")
    return x[:rows, :columns]
