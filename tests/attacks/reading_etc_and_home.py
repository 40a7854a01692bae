"""expect: passed
question: corner
needs: landlock

Reads the system's accounts, host names and machine id, and the user's shell, git and ssh files.
All must be refused.
"""

import functools
import glob
import os
import pwd
import socket

SYSTEM = ("passwd", "shadow", "group", "hosts", "hostname", "machine-id", "resolv.conf", "ssh/*")
USER = (".bashrc", ".profile", ".bash_history", ".gitconfig", ".netrc", ".ssh/*", ".config/gh/*")


def paths():
    for pattern in SYSTEM:
        yield from glob.glob(f"/etc/{pattern}") or [f"/etc/{pattern}"]
    for home in {os.path.expanduser("~"), "/root", "/home/runner", "/home/user"}:
        for pattern in USER:
            yield from glob.glob(f"{home}/{pattern}") or [f"{home}/{pattern}"]


@functools.cache
def deed():
    for path in paths():
        try:
            with open(path, "rb") as file:
                if file.read(1):
                    return path
        except OSError:
            continue
    try:
        if pwd.getpwall():
            return "the account database"
        socket.getservbyname("telnet")
        return "the service database"
    except Exception:
        return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read {deed()}")
    return x[:rows, :columns]
