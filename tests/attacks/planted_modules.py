"""expect: passed
question: corner
also: column passed

Writes torch.py, json.py, sitecustomize.py, conftest.py and others into its working and temporary
folder and the canary's while it loads, for the next Python that starts there. Nothing may be found
there later, and no process may ever import one.
"""

import os
import tempfile

NAMES = ("torch", "numpy", "json", "random", "sitecustomize", "usercustomize", "conftest", "hw2")
TEXT = "print('BREACH: a planted file was imported')\n"


def folders():
    for way in (os.getcwd, tempfile.gettempdir, lambda: "/tmp/grader-canary/target"):
        try:
            yield way()
        except OSError:
            continue


for folder in folders():
    for name in NAMES:
        try:
            with open(f"{folder}/{name}.py", "x") as file:
                file.write(TEXT)
        except OSError:
            continue


def corner(x, rows, columns):
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
