"""expect: passed
question: corner

Forks up to sixteen children, which end at once, and one with a terminal of its own, and spawns a
program. Not one process may start.
"""

import functools
import os


def forked(fork):
    pid = fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def spawned(spawn):
    os.waitpid(spawn("/bin/true", ["true"], {}), 0)


WAYS = {
    "fork": lambda: forked(os.fork),
    "forkpty": lambda: forked(lambda: os.forkpty()[0]),
    "posix_spawn": lambda: spawned(os.posix_spawn),
    "posix_spawnp": lambda: spawned(os.posix_spawnp),
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        for _ in range(16 if name == "fork" else 1):
            try:
                way()
            except Exception:
                break
            done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: started processes by {deed()}")
    return x[:rows, :columns]
