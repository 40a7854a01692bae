"""expect: passed
question: corner

Replaces the worker by a shell that prints a line. The call must be refused, with every system
call that can do it, and the right answer counts; a worker that vanished means that it was not.
"""

import ctypes
import functools
import os
import sys

SHELL = ["sh", "-c", "echo BREACH: the worker became a shell"]
NUMBERS = {"x86_64": (59, 322), "aarch64": (221, 281)}


def by_number():
    execve, execveat = NUMBERS[os.uname().machine]
    words = (ctypes.c_char_p * 4)(*[word.encode() for word in SHELL], None)
    libc = ctypes.CDLL(None)
    libc.syscall(ctypes.c_long(execve), b"/bin/sh", words, None)
    libc.syscall(ctypes.c_long(execveat), -100, b"/bin/sh", words, None, 0)


WAYS = (
    lambda: os.execv("/bin/sh", SHELL),
    lambda: os.execvp("sh", SHELL),
    lambda: os.execv(sys.executable, [sys.executable, "-c", f"print({SHELL[2][5:]!r})"]),
    lambda: os.execv(os.open("/bin/sh", os.O_RDONLY), SHELL),
    by_number,
)


@functools.cache
def deed():
    for way in WAYS:
        try:
            way()
        except Exception:
            continue


def corner(x, rows, columns):
    deed()
    return x[:rows, :columns]
