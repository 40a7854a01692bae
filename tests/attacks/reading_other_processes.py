"""expect: passed
question: corner
needs: landlock

Lists the processes and reads command line, memory map, open files and links of the parent, of
process 1 and of its neighbours through /proc. Nothing about another process may be readable.
"""

import functools
import os

FILES = ("cmdline", "maps", "status", "stat", "io", "auxv", "mounts", "environ")
LINKS = ("cwd", "exe", "root", "fd/0", "fd/1", "fd/3", "ns/pid")


def neighbours():
    me = os.getpid()
    yield from (1, os.getppid())
    yield from (pid for pid in range(max(2, me - 8), me + 8) if pid != me)


def looks(pid):
    for name in FILES:
        path = f"/proc/{pid}/{name}"
        yield path, lambda path=path: open(path).read()
    for name in LINKS:
        path = f"/proc/{pid}/{name}"
        yield path, lambda path=path: os.readlink(path)


@functools.cache
def deed():
    for pid in neighbours():
        for path, look in looks(pid):
            try:
                if look():
                    return path
            except Exception:
                continue
    try:
        return f"a list of {len(os.listdir('/proc'))} entries of /proc"
    except Exception:
        return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read {deed()}")
    return x[:rows, :columns]
