"""expect: failed
question: corner
also: column passed
outcome: timed out

Leaves its session and process group, so that killing the group misses it, ignores and blocks every
signal, the one for used up processor time included, and computes for ever. It must be killed.
"""

import os
import signal


def corner(x, rows, columns):
    for leave in (os.setsid, os.setpgrp, lambda: os.setpgid(0, os.getppid())):
        try:
            leave()
        except OSError:
            continue
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            continue
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        rows = rows + 1


def column(x, j):
    return x[:, j]
