"""expect: passed
question: corner

Makes temporary files and folders outside its own scratch folder: in the canary's target, /var/tmp,
/dev/shm, home folders and the interpreter's folder. None may be created.
"""

import functools
import os
import sys
import tempfile

FOLDERS = ("/tmp/grader-canary/target", "/var/tmp", "/dev/shm", "/run", "/root", "/home")
FOLDERS += (sys.prefix, os.path.dirname(os.__file__))


def make(folder):
    tempfile.NamedTemporaryFile(dir=folder).close()
    os.rmdir(tempfile.mkdtemp(dir=folder))
    tempfile.TemporaryFile(dir=folder).close()


@functools.cache
def deed():
    done = []
    for folder in FOLDERS:
        try:
            make(folder)
        except Exception:
            continue
        done.append(folder)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: made a temporary file in {deed()}")
    return x[:rows, :columns]
