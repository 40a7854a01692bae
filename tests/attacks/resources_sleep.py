"""expect: failed
question: corner
also: column passed
outcome: timed out

Sleeps for ever, so that no limit of processor time is ever reached.
"""

import time


def corner(x, rows, columns):
    while True:
        time.sleep(3600)


def column(x, j):
    return x[:, j]
