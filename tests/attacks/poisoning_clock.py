"""expect: passed
question: corner
also: column passed

Replaces every clock of the time module by one that returns no number, then text, then goes
backwards. Measured times may be missing, but a right answer counts.
"""

import itertools
import time

readings = itertools.cycle((float("nan"), -1e300, float("inf"), 0.0))


def corner(x, rows, columns):
    for name in ("time", "perf_counter", "monotonic", "process_time", "thread_time"):
        setattr(time, name, lambda: next(readings))
    for name in ("time_ns", "perf_counter_ns", "monotonic_ns", "process_time_ns"):
        setattr(time, name, lambda: "no number")
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
