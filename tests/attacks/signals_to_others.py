"""expect: passed
question: corner

Sends signal 0 to every process, to process 1, to its parent's group, and to the pids beside its
own, where other workers are. Nobody may be in reach.
"""

import functools
import os


def targets():
    me = os.getpid()
    yield from (-1, 1)
    if os.getppid() > 0:
        try:
            yield -os.getpgid(os.getppid())
        except OSError:
            pass
    if os.getpgrp() != me:
        yield 0
    yield from (pid for pid in range(max(2, me - 50), me + 50) if pid != me)


@functools.cache
def deed():
    done = []
    for target in targets():
        try:
            os.kill(target, 0)
        except Exception:
            continue
        done.append(str(target))
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: may signal {deed()}")
    return x[:rows, :columns]
