"""expect: failed
question: corner
also: column passed

Answers wrongly and replaces built-in functions, modules and the import system: everything is an
instance, everything has length 0, nothing can be imported. Only this worker may suffer.
"""

import builtins
import sys


class NoImports:
    def find_spec(self, name, path=None, target=None):
        raise ImportError(name)


def refuse(*arguments, **options):
    raise RuntimeError("poisoned")


def corner(x, rows, columns):
    sys.meta_path.insert(0, NoImports())
    sys.path_hooks[:] = [refuse]
    sys.path.clear()
    for name in ("json", "struct", "os", "time", "torch", "numpy", "graders.worker.wire"):
        sys.modules[name] = None
    builtins.isinstance = builtins.issubclass = builtins.callable = lambda *_: True
    builtins.len = builtins.id = builtins.hash = lambda _: 0
    builtins.open = builtins.print = builtins.__import__ = builtins.getattr = refuse
    builtins.type = builtins.list = builtins.dict = builtins.tuple = refuse
    return None


def column(x, j):
    return x[:, j]
