"""expect: passed
question: corner

Creates sockets of every address family there is, raw ones and the kernel's cipher sockets
included, and pairs of connected sockets. Not one may be created.
"""

import functools
import socket

KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)


def single(family, kind):
    socket.socket(family, kind).close()


def pair(family, kind):
    for end in socket.socketpair(family, kind):
        end.close()


@functools.cache
def deed():
    done = []
    for family in range(1, 46):
        for kind in KINDS:
            for way in (single, pair):
                try:
                    way(family, kind)
                except Exception:
                    continue
                done.append(f"{family}/{int(kind)}")
    return ", ".join(dict.fromkeys(done))


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: created sockets of family/kind {deed()}")
    return x[:rows, :columns]
