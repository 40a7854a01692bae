"""expect: failed
question: corner
also: column passed

Answers wrongly and starts timers whose signals, a moment later and in another question, kill the
process or raise an exception in the middle of whatever runs.
"""

import signal


def interrupt(number, frame):
    raise RuntimeError(f"signal {number} in {frame.f_code.co_name}")


def corner(x, rows, columns):
    signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, 0.002, 0.002)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.05)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    return None


def column(x, j):
    return x[:, j]
