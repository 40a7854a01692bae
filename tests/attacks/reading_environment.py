"""expect: passed
question: corner
needs: landlock

Looks for tokens in os.environ, in the C library's environment and in /proc/*/environ of this
process and its parent. The worker's environment must hold nothing of the grader's.
"""

import ctypes
import functools
import os
import re

TELLING = re.compile(r"token|secret|passw|canary|github_|canvas|gradescope|api_?key", re.I)


def from_libc():
    names = []
    entries = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    index = 0
    while entries and entries[index]:
        names.append(os.fsdecode(entries[index]))
        index += 1
    return names


def from_proc(who):
    with open(f"/proc/{who}/environ", "rb") as file:
        return os.fsdecode(file.read()).split("\0")


WAYS = {
    "os.environ": lambda: [f"{name}={value}" for name, value in os.environ.items()],
    "the C library": from_libc,
    "/proc/self": lambda: from_proc("self"),
    "/proc/thread-self": lambda: from_proc("thread-self"),
    "the parent": lambda: [f"token={line}" for line in from_proc(os.getppid())],
    "process 1": lambda: [f"token={line}" for line in from_proc(1)],
}


@functools.cache
def deed():
    for way, entries in WAYS.items():
        try:
            telling = [entry for entry in entries() if TELLING.search(entry)]
        except Exception:
            continue
        if telling:
            return f"{telling[0].partition('=')[0]} from {way}"
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: an environment variable: {deed()}")
    return x[:rows, :columns]
