"""expect: passed
question: corner

Connects to the canary's TCP port on the loopback interface, over IPv4, IPv6 and with fast open,
sends the arguments, and listens on a port of its own. The canary's listener must hear nothing.
"""

import functools
import socket

MESSAGE = b"the arguments"
MSG_FASTOPEN = 0x20000000


def over(family, host):
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(0.2)
        connection.connect((host, 47711))
        connection.sendall(MESSAGE)


def with_fast_open():
    with socket.socket() as connection:
        connection.settimeout(0.2)
        connection.sendto(MESSAGE, MSG_FASTOPEN, ("127.0.0.1", 47711))


def by_listening():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)


WAYS = {
    "IPv4": lambda: over(socket.AF_INET, "127.0.0.1"),
    "IPv6": lambda: over(socket.AF_INET6, "::ffff:127.0.0.1"),
    "fast open": with_fast_open,
    "listening": by_listening,
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: used TCP by {deed()}")
    return x[:rows, :columns]
