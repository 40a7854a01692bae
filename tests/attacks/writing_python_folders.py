"""expect: passed
question: corner

Plants a file in site-packages, in torch's package, beside a __pycache__ entry and in the folder of
every loaded module, and removes it again. None may be created, or the next run would load it.
"""

import functools
import os
import sys

NAME = "grader_canary_planted.pth"


def folders():
    yield from (path for path in sys.path if path)
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str):
            yield os.path.dirname(file)
            yield os.path.join(os.path.dirname(file), "__pycache__")


@functools.cache
def deed():
    for folder in dict.fromkeys(folders()):
        path = os.path.join(folder, NAME)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError:
            continue
        os.unlink(path)
        return folder
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: could plant a module in {deed()}")
    return x[:rows, :columns]
