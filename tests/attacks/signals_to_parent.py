"""expect: passed
question: corner

Sends signal 0, which only asks whether it may, to its parent by kill, tgkill, a queued signal and
a process descriptor. All must be refused.
"""

import ctypes
import functools
import os
import signal

NUMBERS = {"x86_64": (200, 234, 129), "aarch64": (130, 131, 138)}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def by_number(parent):
    tkill, tgkill, queue = NUMBERS[os.uname().machine]
    details = ctypes.create_string_buffer(128)
    ctypes.c_int.from_buffer(details, 8).value = -1  # SI_QUEUE
    results = [
        libc.syscall(tkill, parent, 0),
        libc.syscall(tgkill, parent, parent, 0),
        libc.syscall(queue, parent, 0, details),
    ]
    if max(results) < 0:
        raise OSError


WAYS = {
    "kill": lambda parent: os.kill(parent, 0),
    "a process descriptor": lambda parent: signal.pidfd_send_signal(os.pidfd_open(parent), 0),
    "a number": by_number,
}


@functools.cache
def deed():
    done = []
    parent = os.getppid()
    for name, way in WAYS.items() if parent > 0 else ():
        try:
            way(parent)
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: may signal its parent by {deed()}")
    return x[:rows, :columns]
