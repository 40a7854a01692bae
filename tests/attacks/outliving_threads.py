"""expect: passed
question: corner
also: column passed

Starts threads that hold the interpreter for ever, where threads can be started at all. They must
end with the worker and cost no other question its points.
"""

import functools
import threading


def for_ever():
    while True:
        pass


@functools.cache
def deed():
    for daemon in (True, False):
        try:
            threading.Thread(target=for_ever, daemon=daemon).start()
        except Exception:
            continue


def corner(x, rows, columns):
    deed()
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
