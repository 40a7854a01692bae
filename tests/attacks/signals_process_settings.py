"""expect: passed
question: corner

Clears the signal that kills it with its parent, adopts orphans, makes its memory readable to
others and lets any process trace it. All must be refused.
"""

import ctypes
import functools

SETTINGS = {
    "the parent-death signal": (1, 0),
    "being dumpable": (4, 1),
    "adopting orphans": (36, 1),
    "a tracer": (0x59616D61, -1),
}
libc = ctypes.CDLL(None, use_errno=True)


def set_option(number, *values):
    wrapped = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)][:4]
    return libc.prctl(ctypes.c_int(number), *wrapped) == 0


@functools.cache
def deed():
    return ", ".join(name for name, option in SETTINGS.items() if set_option(*option))


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: set {deed()}")
    return x[:rows, :columns]
