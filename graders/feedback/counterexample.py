"""Finds the simplest call that shows a mistake, and makes sure that it shows it every time."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from hypothesis import Phase

from graders.cases.bank import Case
from graders.cases.building import expect
from graders.cases.draw import groups, run
from graders.cases.reference import Reference
from graders.cases.strategies import cases
from graders.cases.tolerance import Unstable
from graders.errors import AssignmentError
from graders.judging import Failure, judge_run
from graders.spec import Question
from graders.worker.client import Finished, Run

SHRINK_SECONDS: Final = 20.0  # for a machine in trouble; the number of tries decides elsewhere
SHRINK_CASES: Final = 150

Call = Callable[[list[Case]], Run]
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

    An example of the author's and the simplest draw are as simple as can be.
    """
    if failure.case.group is None or failure.case.simplest:
        return failure
    best = [failure]
    ends = time.monotonic() + SHRINK_SECONDS

    tries = itertools.count(1)

    def attempt(arguments: dict[str, Any]) -> None:
        if next(tries) > SHRINK_CASES or time.monotonic() > ends:
            raise _Enough
        found = _try(arguments, failure, search, call)
        if found is not None:
            best[0] = found
            raise _Mismatch

    group = groups(search.question)[failure.case.group]
    with contextlib.suppress(_Mismatch, _Enough):
        run(
            cases(search.question, group.focus),
            attempt,
            count=SHRINK_CASES,
            seed=search.seed + failure.case.group,
            phases=(Phase.generate, Phase.shrink),
        )
    return best[0]


def _try(arguments: dict[str, Any], failure: Failure, search: Search, call: Call) -> Failure | None:
    name = failure.function
    try:
        observed, tolerances = expect(name, search.question, search.reference, arguments)
    except (Unstable, AssignmentError):
        return None
    case = replace(failure.case, arguments=arguments, observed=observed, tolerances=tolerances)
    answered = call([case])
    if not isinstance(answered.ending, Finished):
        raise _Enough
    for found in judge_run(name, [case], answered, search.checks, search.device):
        if type(found.mismatch) is type(failure.mismatch):
            return found
    return None
