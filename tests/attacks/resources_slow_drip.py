"""expect: failed
question: corner
also: column passed
outcome: timed out

Is right and stays below the limit of each call by sleeping 1.5 seconds in every one, so that a
class of such files would take for ever. A limit on all calls together must end it.
"""

import time


def corner(x, rows, columns):
    time.sleep(1.5)
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
