"""expect: passed
question: corner

Creates sockets by system call number, and an io_uring through which a socket could be had without
any socket call. All must be refused.
"""

import ctypes
import functools
import os

NUMBERS = {
    "x86_64": {"socket": 41, "socketpair": 53},
    "aarch64": {"socket": 198, "socketpair": 199},
}
IO_URING_SETUP = 425
AF_INET, SOCK_STREAM, SOCK_DGRAM, AF_UNIX = 2, 1, 2, 1
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(number, *arguments):
    return libc.syscall(
        *(ctypes.c_long(a) if isinstance(a, int) else a for a in (number, *arguments))
    )


@functools.cache
def deed():
    try:
        numbers = NUMBERS[os.uname().machine]
    except Exception:
        return ""
    pair = (ctypes.c_int * 2)()
    results = {
        "a TCP socket": call(numbers["socket"], AF_INET, SOCK_STREAM, 0),
        "a UDP socket": call(numbers["socket"], AF_INET, SOCK_DGRAM, 0),
        "a pair": call(numbers["socketpair"], AF_UNIX, SOCK_STREAM, 0, pair),
        "an io_uring": call(IO_URING_SETUP, 2, ctypes.create_string_buffer(120)),
    }
    return ", ".join(name for name, result in results.items() if result >= 0)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: created {deed()}")
    return x[:rows, :columns]
