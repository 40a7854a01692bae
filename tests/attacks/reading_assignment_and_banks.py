"""expect: passed
question: corner
needs: landlock

Looks for the assignment's YAML, its properties and kept case banks above every known folder and
in the usual cache folders. Nothing of the kind may open.
"""

import functools
import os
import sys
from pathlib import Path

import torch

NAMES = ("assignments/hw2.yaml", "assignments/hw2_properties.py", "tests/attacks/README.md")
CACHES = (".cache", ".local/share", ".local/state", "Library/Caches")


def candidates():
    ours = [m for name, m in list(sys.modules.items()) if name.split(".")[0] == "graders"]
    for place in [*(getattr(m, "__file__", None) for m in [*ours, torch]), *sys.path, sys.prefix]:
        for folder in Path(place or "/").parents:
            yield from (folder / name for name in NAMES)
    for home in {os.path.expanduser("~"), "/root", "/home/runner"}:
        for cache in CACHES:
            yield from caches_in(Path(home, cache))


def caches_in(folder):
    try:
        entries = [entry for entry in os.scandir(folder) if "grader" in entry.name]
    except OSError:
        return
    for entry in entries:
        for parent, _, files in os.walk(entry.path):
            yield from (Path(parent, name) for name in files)


@functools.cache
def deed():
    for path in candidates():
        try:
            if path.read_bytes():
                return str(path)
        except Exception:
            continue
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: read {deed()}")
    return x[:rows, :columns]
