"""expect: failed
question: corner
also: column passed

Writes into the memory of the interpreter's own objects, so that 1 is 2 and None is no longer what
it was. The worker may crash or never end; no other question or submission may notice.
"""

import ctypes


def corner(x, rows, columns):
    ctypes.memmove(id(1) + 24, id(2) + 24, 4)
    ctypes.memmove(id(True) + 24, id(False) + 24, 4)
    ctypes.memset(id(None) + 8, 0, 8)
    return None


def column(x, j):
    return x[:, j]
