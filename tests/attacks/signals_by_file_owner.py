"""expect: passed
question: corner

Makes its parent the owner of a pipe, so that the kernel would send the parent a signal of the
student's choice when data arrives. Setting the owner must be refused; no data is ever written.
"""

import ctypes
import fcntl
import functools
import os
import struct

F_SETOWN, F_SETOWN_EX = 8, 15
FIOSETOWN = 0x8901


@functools.cache
def deed():
    parent = os.getppid()
    try:
        reader, _ = os.pipe()
    except OSError:
        return ""
    ways = {
        "F_SETOWN": lambda: fcntl.fcntl(reader, F_SETOWN, parent),
        "F_SETOWN_EX": lambda: fcntl.fcntl(reader, F_SETOWN_EX, struct.pack("ii", 1, parent)),
        "FIOSETOWN": lambda: fcntl.ioctl(reader, FIOSETOWN, struct.pack("i", parent)),
        "a C call": lambda: ctypes.CDLL(None).fcntl(reader, F_SETOWN, parent) == 0 or 1 / 0,
    }
    done = []
    for name, way in ways.items():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: could let the kernel signal its parent by {deed()}")
    return x[:rows, :columns]
