"""A late policy of an instructor's own: a Python file with one function, run as trusted code."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from graders.errors import UsageError


@dataclass(frozen=True)
class Work:
    """What a late policy is told about one submission."""

    student: str
    points: float
    max_points: float
    days_late: int
    submitted_at: datetime | None
    due: datetime | None


@dataclass(frozen=True)
class PlugIn:
    """The function, and where it stands."""

    path: Path
    function: Callable[[Work], Any]

    def deduction(self, work: Work) -> float:
        """Return how many points a submission loses; raises UsageError for anything else."""
        name = self.function.__name__
        try:
            lost = self.function(work)
        except Exception as error:
            place = _place(self.path, error)
            raise UsageError(f"{place}: {name} raises {_said(error)} for {work.student}") from error
        is_number = isinstance(lost, int | float) and not isinstance(lost, bool)
        if not is_number or not 0 <= lost <= work.points:
            raise UsageError(
                f"{self.path}: {name} returns {lost!r} for {work.student};"
                f" expected the points to deduct, from 0 to {work.points:g}"
            )
        return round(float(lost), 4)


def load_plug_in(path: Path) -> PlugIn:
    """Run a file and take its one function; raises UsageError that says what is wrong."""
    module = ModuleType(path.stem)
    try:
        code = compile(path.read_bytes(), str(path), "exec")
        exec(code, vars(module))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such file") from error
    except SyntaxError as error:
        raise UsageError(f"{path}, line {error.lineno}: {error.msg}") from error
    except Exception as error:
        raise UsageError(f"{_place(path, error)}: raises {_said(error)}") from error
    return PlugIn(path, _only_function(path, module))


def _only_function(path: Path, module: ModuleType) -> FunctionType:
    found = [
        value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__code__.co_filename == str(path)
        and not name.startswith("_")
    ]
    if len(found) != 1:
        names = ", ".join(each.__name__ for each in found) or "none"
        raise UsageError(
            f"{path}: found the functions: {names}; expected one, such as `def deduction(work)`",
            hint="a function whose name begins with _ is not counted" if found else None,
        )
    try:
        inspect.signature(found[0]).bind(None)
    except TypeError as error:
        name = found[0].__name__
        raise UsageError(f"{path}: {name} must take one argument, the work ({error})") from error
    return found[0]


def _place(path: Path, error: Exception) -> str:
    """Return the line of the file where an exception began."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f"{path}, line {lines[-1]}" if lines else f"{path}"


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
