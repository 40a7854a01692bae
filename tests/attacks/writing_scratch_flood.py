"""expect: failed
question: corner
also: column passed

Fills every folder that it may write to with up to 2 GiB, in large files and in 4000 small ones,
leaves them there, and answers wrongly. The space must be bounded well below that, and nothing may
be left when it has been graded.
"""

import functools
import os
import tempfile

PIECE = bytes(8 << 20)
LIMIT = 2 << 30


def folders():
    for way in (os.getcwd, tempfile.gettempdir, lambda: os.environ["TMPDIR"]):
        try:
            yield way()
        except Exception:
            continue


def write(name, piece, limit):
    size = 0
    try:
        with open(name, "wb", 0) as file:
            while size < limit:
                size += file.write(piece)
    except OSError:
        pass
    return size


def fill(folder):
    size = 0
    for number in range(1024):
        before = size
        size += write(f"{folder}/large-{number}.bin", PIECE, LIMIT - size)
        if size >= LIMIT or size == before:
            break
    for number in range(4000):
        if not write(f"{folder}/small-{number}.bin", b"small", 5):
            break
    return size


@functools.cache
def deed():
    return max([fill(folder) for folder in dict.fromkeys(folders())], default=0)


def corner(x, rows, columns):
    if deed() >= LIMIT:
        raise AssertionError(f"BREACH: wrote {deed() >> 20} MiB to the disk")
    return None


def column(x, j):
    return x[:, j]
