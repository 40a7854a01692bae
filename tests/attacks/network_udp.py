"""expect: passed
question: corner

Sends the arguments to the canary's UDP port on the loopback interface by sendto, by sendmsg and
by a connected socket. Landlock before ABI 10 does not stop this; nothing may arrive.
"""

import functools
import socket

PLACE = ("127.0.0.1", 47712)
MESSAGE = b"the arguments"


def by_sendto():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(MESSAGE, PLACE)


def by_sendmsg():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([MESSAGE], [], 0, PLACE)


def by_connection():
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.connect(PLACE)
    sender.send(MESSAGE)


@functools.cache
def deed():
    done = []
    for way in (by_sendto, by_sendmsg, by_connection):
        try:
            way()
        except Exception:
            continue
        done.append(way.__name__)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: sent data over UDP {deed()}")
    return x[:rows, :columns]
