"""expect: passed
question: corner

Registers functions that run for ever when the interpreter ends: with atexit, with threading, in
the C library and as finalizers. Grading must end as fast as without them.
"""

import atexit
import ctypes
import functools
import threading
import weakref


def for_ever():
    while True:
        pass


class Anchor:
    """Something that lives until the end."""


@functools.cache
def deed():
    anchor = Anchor()
    ways = (
        lambda: atexit.register(for_ever),
        lambda: threading._register_atexit(for_ever),
        lambda: weakref.finalize(anchor, for_ever),
        lambda: ctypes.CDLL(None).on_exit(ctypes.CDLL(None).pause, None),
    )
    for way in ways:
        try:
            way()
        except Exception:
            continue
    return anchor


def corner(x, rows, columns):
    deed()
    return x[:rows, :columns]
