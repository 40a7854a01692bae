"""expect: failed
question: corner
also: column passed

Reads ahead from every descriptor to see the next requests, which the worker then misses, and
answers wrongly. Grading must go on in a fresh worker.
"""

import os
import select


def corner(x, rows, columns):
    for descriptor in range(64):
        try:
            while select.select([descriptor], [], [], 0.001)[0] and os.read(descriptor, 1 << 20):
                pass
        except (OSError, ValueError):
            continue
    return None


def column(x, j):
    return x[:, j]
