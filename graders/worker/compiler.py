"""Spares plain programs the import of torch's compiler.

The first optimizer, and the first mode that records operations, import `torch._dynamo` only to say
that they are not to be compiled: 800 modules, over two seconds. A stand-in says so at once, and
loads the real module as soon as anything else is asked of it.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, Final

import torch

NAME: Final = "torch._dynamo"


class _StandIn(types.ModuleType):
    compiled_autograd = types.SimpleNamespace(_disable=contextlib.nullcontext)

    def disable(self, function: Any = None, *_: Any, **__: Any) -> Any:
        """Leave a function as it is; also as a decorator with arguments."""
        return function if function is not None else lambda inner: inner

    def is_compiling(self) -> bool:
        """Say that nothing is being compiled, which an older `vmap` asks."""
        return False

    def graph_break(self, *_: Any, **__: Any) -> None:
        """Do nothing: nothing is being compiled."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_real(), name)


class _Parts(MetaPathFinder, Loader):
    """Imports the real module before any part of it, as Python does where there is no stand-in."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find a part that came with the whole; any other is left to Python."""
        if not name.startswith(f"{NAME}.") or not isinstance(sys.modules.get(NAME), _StandIn):
            return None
        _real()
        return ModuleSpec(name, self) if name in sys.modules else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Return the part as it was imported."""
        return sys.modules[spec.name]

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: it has run."""


def _real() -> types.ModuleType:
    """Return the real module, which takes the stand-in's place."""
    if isinstance(sys.modules.get(NAME), _StandIn):  # else its own import is asking
        del sys.modules[NAME], torch._dynamo
    return importlib.import_module(NAME)


def install_stand_in() -> None:
    """Put the stand-in in the compiler's place, unless the compiler is loaded already."""
    if NAME not in sys.modules:
        stand_in = _StandIn(NAME)
        stand_in.__path__ = [str(Path(torch.__file__).parent / "_dynamo")]  # its parts are there
        sys.modules[NAME] = stand_in
        torch._dynamo = stand_in
        sys.meta_path.insert(0, _Parts())
