"""expect: passed
question: corner

Reads and writes back, unchanged, its parent's limits, priority, processors and scheduling, and
raises its own limits. Without a filter this breaks every later worker; all must be refused.
"""

import functools
import os
import resource

LIMITS = ("AS", "DATA", "CPU", "FSIZE", "CORE")


def priority():
    os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid()))


def processors():
    os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid()))


def scheduling():
    parent = os.getppid()
    os.sched_setscheduler(parent, os.sched_getscheduler(parent), os.sched_getparam(parent))


def limits():
    parent = os.getppid()
    values = resource.prlimit(parent, resource.RLIMIT_NOFILE)
    resource.prlimit(parent, resource.RLIMIT_NOFILE, values)


def own_limits():
    for name in LIMITS:
        kind = getattr(resource, f"RLIMIT_{name}")
        before = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (ValueError, OSError):
            continue
        if before != resource.getrlimit(kind):
            return
    raise OSError


@functools.cache
def deed():
    done = []
    for way in (priority, processors, scheduling, limits, own_limits):
        try:
            way()
        except Exception:
            continue
        done.append(way.__name__)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: changed settings: {deed()}")
    return x[:rows, :columns]
