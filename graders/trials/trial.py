"""Lets Hypothesis try one property on whatever answers its calls."""

from __future__ import annotations

import inspect
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import hypothesis
import numpy as np
from hypothesis.errors import Flaky, HypothesisException

from graders.checks import mismatch as m
from graders.checks.outcome import Outcome
from graders.errors import AssignmentError
from graders.properties import Broken, Student
from graders.spec import Assignment
from graders.spec.problems import near_name
from graders.spec.text import Text
from graders.verdicts import Steadiness

WALL_FACTOR: Final = 10  # wall seconds per CPU second of a question: a busy machine fails nobody
SHRINK_SECONDS: Final = 2.0
REPLAYS: Final = 5

Call: TypeAlias = tuple[str, Mapping[str, Any]]
"""A function, and its arguments by name."""

Ask: TypeAlias = Callable[[str, list[list[Any]]], Outcome]
"""Calls a function with each list of arguments, one after the other; gives the last outcome."""


class Ended(BaseException):
    """A call ended the process that it ran in; Hypothesis lets this through at once."""

    def __init__(self, mismatch: m.Mismatch) -> None:
        super().__init__(mismatch)
        self.mismatch = mismatch


class _Enough(BaseException):
    """Nothing more is to be tried; Hypothesis lets this through at once."""


class _Failed(Exception):
    """The property does not hold for this draw."""


class _Raised(Exception):
    """A call raised."""

    def __init__(self, error: m.Error) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Trial:
    """One property while it is tried, and how it failed if it did."""

    name: str
    test: Any  # as Hypothesis made it
    assignment: Assignment
    seed: int
    ask: Ask
    seconds: float = float("inf")  # CPU seconds that all calls together may take
    simplify: bool = False  # whether to look for a simpler failure after the first one
    calls: list[Call] = field(default_factory=list)  # of the latest draw
    outcomes: list[Outcome] = field(default_factory=list)  # of these calls, as far as there are any
    broken: m.PropertyBroken | None = None
    drawn: Mapping[str, Any] = field(default_factory=dict)  # for the latest failure
    error: Exception | None = None  # what the property raised by itself
    examples: int = 0  # up to the first failure
    _ends: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether the property held for every draw so far."""
        return self.broken is None and self.error is None

    def run(self) -> None:
        """Try the property on what Hypothesis draws: the same for the same seed."""
        self._ends = time.monotonic() + WALL_FACTOR * self.seconds
        handle = self.test.hypothesis
        inner = handle.inner_test

        def attempt(**drawn: Any) -> None:
            self._attempt(inner, **drawn)

        handle.inner_test = attempt
        try:
            with _quiet():
                hypothesis.seed(self.seed)(self.test)(None)  # `_attempt` has the student
        except (_Failed, _Enough, Ended):
            pass
        except Flaky as error:
            self.error = None if self.broken else error  # chance is at work, but it did fail
        except Exception as error:
            self.error = error
        finally:
            handle.inner_test = inner

    def steadiness(self, failed: Trial) -> Steadiness:
        """Repeat what failed in another trial: whether it fails here at once, later, or never."""
        self._ends = time.monotonic() + WALL_FACTOR * self.seconds
        with _quiet():
            for number in range(REPLAYS):
                try:
                    self._attempt(self.test.hypothesis.inner_test, **failed.drawn)
                except HypothesisException:
                    return "steady"  # it draws while it runs, which cannot be repeated
                except (_Failed, _Enough, Ended):
                    return "random" if number else "steady"
        return "history"

    def _attempt(self, inner: Callable[..., Any], **drawn: Any) -> None:
        """Try the property on one draw."""
        if self.broken is not None and time.monotonic() > self._ends:
            raise _Enough
        self.calls, self.outcomes = [], []
        self.examples += self.holds
        student = next(iter(inspect.signature(self.test).parameters))
        try:
            inner(**{**drawn, student: Student(self._call)})
        except HypothesisException:
            raise  # `assume` turns a draw down
        except Ended as ended:
            self._fail(None, ended.mismatch)
            raise
        except _Raised as raised:
            self._fail(None, m.Raised(raised.error))
        except Broken as broken:
            self._fail(broken.text)
        except AssertionError as error:
            self._fail(_first_line(error))
        except Exception as error:
            self.error = error
            raise _Enough from error
        else:
            return
        self.drawn = drawn
        raise _Failed if self.simplify else _Enough

    def _fail(self, text: Text | None, how: m.Mismatch | None = None) -> None:
        if self.broken is None:
            self._ends = time.monotonic() + SHRINK_SECONDS
        self.broken = m.PropertyBroken(self.name, tuple(self.calls), text, how)

    def _call(self, function: str, arguments: list[Any]) -> Any:
        """Make a call of the property; where it does not return, the property fails."""
        if self.broken is None and time.monotonic() > self._ends:
            raise Ended(m.Overran(self.seconds, total=True))
        call = (function, dict(zip(self._parameters(function), arguments, strict=False)))
        # Global generators start anew with every request; a call that repeats an earlier one is
        # made in the middle of a request, so that a function cannot pass for seeded by that.
        times = 2 if call in self.calls else 1
        self.calls.append(call)
        outcome = self.ask(function, [arguments] * times)
        self.outcomes.append(outcome)
        if outcome.error is not None:
            raise _Raised(outcome.error)
        return outcome.value

    def _parameters(self, function: str) -> list[str]:
        questions = self.assignment.questions
        if function in questions:
            return list(questions[function].arguments)
        raise AssignmentError(
            f"`{function}` is no function of the assignment",
            hint=near_name(function, questions, "function"),
        )


def _first_line(error: AssertionError) -> Text | None:
    line = str(error).strip().partition("\n")[0]
    return Text((("en", line),)) if line else None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings of arithmetic with whatever a student returned off the terminal."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
