"""expect: failed
question: corner
also: column passed
outcome: timed out

Stops its own process with SIGSTOP: alive, silent and using no time. Where the signal is refused it
tries for ever. It must be killed at the deadline.
"""

import os
import signal


def corner(x, rows, columns):
    while True:
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
        except OSError:
            continue


def column(x, j):
    return x[:, j]
