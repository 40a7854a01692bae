"""expect: passed
question: corner

Lets torch's own C++ code open the connection: a key-value store that listens, and one that calls
the canary's port. Neither may work, and failing must not end the process.
"""

import functools
from datetime import timedelta


def by_listening(distributed):
    distributed.TCPStore("127.0.0.1", 0, None, True, timedelta(seconds=1), wait_for_workers=False)


def by_calling(distributed):
    distributed.TCPStore("127.0.0.1", 47711, None, False, timedelta(milliseconds=200))


@functools.cache
def deed():
    done = []
    for way in (by_listening, by_calling):
        try:
            import torch.distributed

            way(torch.distributed)
        except Exception:
            continue
        done.append(way.__name__)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: torch.distributed reached the network {deed()}")
    return x[:rows, :columns]
