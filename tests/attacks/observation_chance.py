"""expect: failed
question: corner
also: column passed

Is right in one half of its calls, by the clock and by chance from a source that no seed controls.
It must never pass.
"""

import os
import time


def corner(x, rows, columns):
    lucky = (time.time_ns() // 1000 + os.urandom(1)[0]) % 2
    return x[:rows, :columns] if lucky else None


def column(x, j):
    return x[:, j]
