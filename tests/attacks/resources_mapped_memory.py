"""expect: passed
question: corner

Maps 64 GiB of shared memory, which a limit on data does not count, and touches 3 GiB of it. The
map must be refused.
"""

import functools
import mmap

TOUCHED = 3 << 30


@functools.cache
def deed():
    try:
        memory = mmap.mmap(-1, 64 << 30)
        for position in range(0, TOUCHED, mmap.PAGESIZE):
            memory[position] = 1
    except Exception:
        return False
    memory.close()
    return True


def corner(x, rows, columns):
    if deed():
        raise AssertionError("BREACH: used 3 GiB of shared memory")
    return x[:rows, :columns]
