"""expect: failed
question: corner
also: column passed

Reads ahead from every descriptor to see the next requests, which the worker then misses, and
answers wrongly. Grading must go on in a fresh worker.
"""

import os


def corner(x, rows, columns):
    for descriptor in range(64):
        try:
            os.set_blocking(descriptor, False)
            while os.read(descriptor, 1 << 20):
                pass
        except OSError:
            continue
    return None


def column(x, j):
    return x[:, j]
