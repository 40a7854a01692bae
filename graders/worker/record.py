"""Records what really happens during a call: the tensor operations, whatever name they go by,
and how much of the student's code runs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import Any, Final

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from graders.worker.rules import ENGINE, TRACKED

_task = torch._C._current_graph_task_id
_Tensor = torch.Tensor
_is_grad_enabled = torch.is_grad_enabled


class Recorder:
    """Counts operations while it is entered; `names` adds what composite operations are called.

    It counts steps, too: how often a line of `files` begins, in a loop each time.
    """

    def __init__(self, files: frozenset[str] = frozenset()) -> None:
        self.operations: Counter[str] = Counter()  # below autograd: what is computed
        self.names: set[str] = set()  # above it: what was asked for
        self.steps = 0
        self._files = files
        self._functions = _Functions(self)
        self._dispatch = _Dispatch(self)
        self._stack = ExitStack()

    def __enter__(self) -> Recorder:
        self._stack.enter_context(self._functions)
        self._stack.enter_context(self._dispatch)
        if self._files:
            self._stack.callback(sys.settrace, sys.gettrace())
            sys.settrace(self._enter)
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def summary(self) -> list[Any]:
        """Return [number of operations, names of everything that was seen, number of steps]."""
        names = sorted(self.names | self.operations.keys())
        return [sum(self.operations.values()), names, self.steps]

    def _enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Follow a function that is entered, or a generator that goes on, in one of the files."""
        return self._step if frame.f_code.co_filename in self._files else None

    def _step(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.steps += event == "line"
        return self._step


_SWITCHES: Final = frozenset({"requires_grad_", TRACKED})


class _Functions(TorchFunctionMode):
    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._names = recorder.names

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        name = str(getattr(function, "__name__", ""))
        if name == "__get__":
            name = ""
        elif name == "__set__":
            name = str(getattr(getattr(function, "__self__", None), "__name__", ""))
        if name not in _SWITCHES or not _turns_off(*args[1:], **(kwargs or {})):
            self._names.add(name)
        for value in args:
            if isinstance(value, _Tensor) and value.requires_grad and _is_grad_enabled():
                self._names.add(TRACKED)
        if kwargs is None:
            return function(*args)
        if kwargs.get("requires_grad") is True:
            self._names.add(TRACKED)
        return function(*args, **kwargs)


def _turns_off(requires_grad: Any = True, **_: Any) -> bool:
    return requires_grad is False


class _Dispatch(TorchDispatchMode):  # type: ignore[no-untyped-call]
    def __init__(self, recorder: Recorder) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._operations = recorder.operations

    def __torch_dispatch__(
        self,
        function: Any,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        name = function.overloadpacket.__name__
        self._operations[name if _task() == -1 else ENGINE] += 1
        return function(*args, **(kwargs or {}))
