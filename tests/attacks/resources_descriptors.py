"""expect: passed
question: corner
also: column passed

Opens pipes and copies of descriptors until none is left, 5000 at most, and keeps them. The number
must be limited, and the right answer still reach the grader.
"""

import functools
import os

kept = []


@functools.cache
def deed():
    for way in (lambda: os.open("/dev/null", os.O_RDONLY), lambda: os.dup(0)):
        try:
            while len(kept) < 5000:
                kept.append(way())
        except OSError:
            continue
    return len(kept)


def corner(x, rows, columns):
    if deed() >= 5000:
        raise AssertionError("BREACH: held 5000 descriptors")
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
