"""expect: passed
question: corner

Opens a file in the canary's target folder for writing in every mode, and with every flag of
os.open, O_TMPFILE and creat included. None may open and the folder must stay empty.
"""

import functools
import itertools
import os

FOLDER = "/tmp/grader-canary/target"
MODES = ("w", "a", "x", "w+", "a+", "wb", "ab", "xb", "w+b", "a+b", "r+", "r+b")
ACCESS = (os.O_RDONLY, os.O_WRONLY, os.O_RDWR)
EXTRA = (os.O_CREAT, os.O_CREAT | os.O_EXCL, os.O_CREAT | os.O_TRUNC, os.O_CREAT | os.O_APPEND)
NAMES = (f"{FOLDER}/new.txt", "/tmp/grader-canary/secret.txt")


def ways():
    for name, mode in itertools.product(NAMES, MODES):
        yield f"open {mode}", lambda name=name, mode=mode: open(name, mode).close()
    for access, extra in itertools.product(ACCESS, EXTRA):
        flags = access | extra
        name = f"{FOLDER}/flags-{flags:o}"
        yield f"flags {flags:o}", lambda name=name, flags=flags: os.open(name, flags, 0o600)
    yield "O_TMPFILE", lambda: os.open(FOLDER, os.O_TMPFILE | os.O_RDWR, 0o600)
    yield "O_TRUNC", lambda: os.open(NAMES[1], os.O_RDONLY | os.O_TRUNC)


@functools.cache
def deed():
    done = []
    for name, way in ways():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: opened for writing: {deed()}")
    return x[:rows, :columns]
