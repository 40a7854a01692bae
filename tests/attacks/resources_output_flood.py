"""expect: failed
question: corner
also: column passed

Prints 3 GiB before it answers wrongly: through print, and past Python to descriptors 1 and 2. The
grader keeps a small part and does not block.
"""

import os
import sys

LINE = "flood " * 10_000


def corner(x, rows, columns):
    for _ in range(12_000):
        print(LINE)
        sys.stderr.write(LINE)
        for descriptor in (1, 2):
            os.write(descriptor, LINE.encode())
    return None


def column(x, j):
    return x[:, j]
