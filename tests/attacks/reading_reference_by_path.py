"""expect: passed
question: corner
needs: landlock

Looks for reference/hw2.py above every folder that the process knows, reads it, and imports it as a
package and by its location. No such file may open; the right answer still counts.
"""

import functools
import importlib
import importlib.util
import os
import sys
from pathlib import Path

import torch


def folders():
    ours = [m for name, m in list(sys.modules.items()) if name.split(".")[0] == "graders"]
    files = [getattr(module, "__file__", None) for module in [*ours, torch]]
    places = [*files, *sys.path, *sys.argv, sys.prefix, sys.base_prefix, sys.executable]
    try:
        places.append(os.getcwd())
    except OSError:
        pass
    for place in places:
        yield from [Path(place or "/"), *Path(place or "/").parents]


def read(folder):
    return "def corner" in (folder / "reference" / "hw2.py").read_text()


def import_package(folder):
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        return hasattr(importlib.import_module("reference.hw2"), "corner")
    finally:
        sys.path.remove(str(folder))


def import_location(folder):
    place = folder / "reference" / "hw2.py"
    spec = importlib.util.spec_from_file_location("stolen", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return hasattr(module, "corner")


@functools.cache
def deed():
    for folder in dict.fromkeys(folders()):
        for way in (read, import_package, import_location):
            try:
                if way(folder):
                    return f"{folder} ({way.__name__})"
            except Exception:
                continue
    return ""


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: took the reference from {deed()}")
    return x[:rows, :columns]
