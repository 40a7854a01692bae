"""expect: failed
question: corner
also: column passed

Closes every file descriptor, so that its answer cannot be sent, and stays alive. The grader must
notice at once or at the deadline, and grade the rest.
"""

import os
import time


def corner(x, rows, columns):
    os.closerange(0, 4096)
    time.sleep(3600)
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
