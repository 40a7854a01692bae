"""Finds the simplest call that shows a mistake, and makes sure that it shows it every time."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from hypothesis import Phase

from graders.cases.bank import Bank
from graders.cases.building import expect
from graders.cases.draw import groups, run
from graders.cases.reference import Reference
from graders.cases.strategies import Focus, cases
from graders.cases.tolerance import Unstable
from graders.errors import AssignmentError
from graders.judging import Failure, judge_run
from graders.spec import Question
from graders.worker.client import Finished, Run

SHRINK_SECONDS: Final = 20.0  # for a machine in trouble; the number of tries decides elsewhere
SHRINK_CASES: Final = 150
RELAXED_CASES: Final = 40

Call = Callable[[Bank], Run]
"""Makes calls in a worker that may have made others before."""


class _Enough(BaseException):
    """The search has to stop at once; Hypothesis lets it through."""


class _Mismatch(Exception):
    """A draw that still shows the mistake."""


@dataclass(frozen=True)
class Search:
    """What a search for a simpler call needs to know."""

    question: Question
    reference: Reference
    seed: int
    checks: frozenset[str]
    device: str


def simplest(failure: Failure, search: Search, call: Call) -> Failure:
    """Return the simplest failure of the same check, making `SHRINK_CASES` tries at most.

    An example of the author's and the simplest draw are as simple as can be. A call of a group that
    pins sizes is looked for among all sizes first.
    """
    if failure.case.group is None or failure.case.simplest:
        return failure
    focus = groups(search.question)[failure.case.group].focus
    hunt = _Hunt(failure, search, call)
    if focus.relaxed != focus:
        hunt.among(focus.relaxed, patience=RELAXED_CASES)
    if hunt.best is failure:
        hunt.among(focus)
    return hunt.best


class _Hunt:
    """Tries draws until no simpler one fails, or enough were tried."""

    def __init__(self, failure: Failure, search: Search, call: Call) -> None:
        self._failure = failure
        self._search = search
        self._call = call
        self._ends = time.monotonic() + SHRINK_SECONDS
        self.best = failure

    def among(self, focus: Focus, patience: int = SHRINK_CASES) -> None:
        """Look for a failure among draws of one focus; the first within `patience` tries."""
        tries = itertools.count(1)

        def attempt(arguments: dict[str, Any]) -> None:
            most = patience if self.best is self._failure else SHRINK_CASES
            if next(tries) > most or time.monotonic() > self._ends:
                raise _Enough
            found = _try(arguments, self._failure, self._search, self._call)
            if found is not None:
                self.best = found
                raise _Mismatch

        assert self._failure.case.group is not None
        with contextlib.suppress(_Mismatch, _Enough):
            run(
                cases(self._search.question, focus),
                attempt,
                count=patience,
                seed=self._search.seed + self._failure.case.group,
                phases=(Phase.generate, Phase.shrink),
            )


def _try(arguments: dict[str, Any], failure: Failure, search: Search, call: Call) -> Failure | None:
    name = failure.function
    try:
        observed, tolerances = expect(name, search.question, search.reference, arguments)
    except (Unstable, AssignmentError):
        return None
    case = replace(failure.case, arguments=arguments, observed=observed, tolerances=tolerances)
    bank = Bank(name, (case,))
    answered = call(bank)
    if not isinstance(answered.ending, Finished):
        raise _Enough
    for found in judge_run(bank, answered, search.checks, search.device):
        if type(found.mismatch) is type(failure.mismatch):
            return found
    return None
