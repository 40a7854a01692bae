"""expect: passed
question: corner

Tries every open file descriptor: reads regular files, and opens the secret and the reference
relative to folders. A worker must inherit no file and no folder.
"""

import functools
import os
import stat

RELATIVE = ("tmp/grader-canary/secret.txt", "grader-canary/secret.txt", "secret.txt")
RELATIVE += ("reference/hw2.py", "../reference/hw2.py", "assignments/hw2.yaml")


def read_from(descriptor):
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISREG(kind):
        return bool(os.pread(descriptor, 64, 0))
    if not stat.S_ISDIR(kind):
        return False
    for name in RELATIVE:
        try:
            return bool(os.read(os.open(name, os.O_RDONLY, dir_fd=descriptor), 64))
        except OSError:
            continue
    return False


@functools.cache
def deed():
    found = []
    for descriptor in range(256):
        try:
            if read_from(descriptor):
                found.append(str(descriptor))
        except OSError:
            continue
    return ", ".join(found)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read through inherited descriptors {deed()}")
    return x[:rows, :columns]
