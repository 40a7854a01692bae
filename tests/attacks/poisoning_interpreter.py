"""expect: failed
question: corner
also: column passed

Answers wrongly and leaves the interpreter with a tracer that raises, a recursion limit of a few
calls, hooks and collector callbacks that raise, lowered limits, and no free file descriptors.
"""

import gc
import resource
import sys


def refuse(*arguments):
    raise RuntimeError("poisoned")


def lower_limits():
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_STACK):
        try:
            resource.setrlimit(kind, (1, 1))
        except (OSError, ValueError):
            continue


def corner(x, rows, columns):
    lower_limits()
    gc.set_threshold(1)
    gc.callbacks.append(refuse)
    sys.unraisablehook = sys.excepthook = sys.displayhook = refuse
    sys.setswitchinterval(1e-9)
    sys.exit = sys.intern = refuse
    try:
        sys.setrecursionlimit(12)
    except RecursionError:
        pass
    sys.setprofile(refuse)
    sys.settrace(refuse)
    return None


def column(x, j):
    return x[:, j]
