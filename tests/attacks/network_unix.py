"""expect: passed
question: corner

Talks to the canary's Unix sockets, by path and in the abstract name space, as a stream, as
datagrams and as packets. None may be reached.
"""

import functools
import itertools
import socket

PLACES = ("/tmp/grader-canary/socket", "\0grader-canary")
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET)


@functools.cache
def deed():
    done = []
    for place, kind in itertools.product(PLACES, KINDS):
        try:
            with socket.socket(socket.AF_UNIX, kind) as connection:
                connection.settimeout(0.2)
                connection.connect(place)
                connection.send(b"the arguments")
        except Exception:
            continue
        done.append(repr(place))
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: reached the Unix socket {deed()}")
    return x[:rows, :columns]
