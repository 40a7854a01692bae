"""expect: passed
question: corner
needs: landlock

Lists the working folder, the temporary folder, the submission's own folder, everything above them
and the canary's folder, and reads any other Python file or notebook there. None may open.
"""

import functools
import os
import sys
import tempfile
from pathlib import Path

LIBRARIES = tuple({sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.__file__)})


def folders():
    starts = [sys.argv[0] if sys.argv else "", globals().get("__file__") or "", corner_file()]
    for way in (os.getcwd, tempfile.gettempdir):
        try:
            starts.append(way())
        except OSError:
            continue
    for start in starts:
        path = Path(start or "/")
        yield from [path, *path.parents]
    yield Path("/tmp/grader-canary")


def corner_file():
    return corner.__code__.co_filename


def others(folder):
    for name in os.listdir(folder):
        path = folder / name
        ours = path.name == Path(corner_file()).name or str(path).startswith(LIBRARIES)
        if path.suffix in (".py", ".ipynb", ".txt") and not ours:
            yield path


@functools.cache
def deed():
    for folder in dict.fromkeys(folders()):
        try:
            for path in others(folder):
                if path.read_bytes():
                    return str(path)
        except OSError:
            continue
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read another file: {deed()}")
    return x[:rows, :columns]
