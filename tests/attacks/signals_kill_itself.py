"""expect: failed
question: corner
also: column passed
outcome: crashed

Kills its own process, by a signal or, where that is refused, by reading where there is no memory.
The message says so; the other question of the file and the next submission are not touched.
"""

import ctypes
import os
import signal


def corner(x, rows, columns):
    try:
        os.kill(os.getpid(), signal.SIGKILL)
    except OSError:
        ctypes.string_at(0)
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
