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
        if sys.modules.get(NAME) is self:  # else its own import is asking
            del sys.modules[NAME], torch._dynamo
        return getattr(importlib.import_module(NAME), name)


def install_stand_in() -> None:
    """Put the stand-in in the compiler's place, unless the compiler is loaded already."""
    if NAME not in sys.modules:
        stand_in = _StandIn(NAME)
        stand_in.__path__ = [str(Path(torch.__file__).parent / "_dynamo")]  # its parts are there
        sys.modules[NAME] = stand_in
        torch._dynamo = stand_in
