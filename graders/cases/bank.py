"""The cases of a question with what the reference did on each, and the tolerance of each value."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal, Protocol

from graders.cases.reference import Observed, Reference
from graders.checks.comparison import Expectation, Tolerance
from graders.checks.mismatch import Path
from graders.spec import Question
from graders.worker import wire
from graders.worker.client import Calls, Expected, encode_cases

SLOWEST_SHARE: Final = 0.1  # of the time limit that the reference may use
FEWEST_SAMPLED: Final = 6  # calls that are repeated on other devices
MOST_OPERATIONS: Final = 500  # of the reference, in all calls of a sample
FURTHER_TRIES: Final = 4  # of a call that takes long: a busy machine is no fault of the reference

Origin = Literal["example", "readable", "edge", "random"]


@dataclass(frozen=True)
class Case:
    """One call, and what it must do."""

    origin: Origin
    arguments: dict[str, Any]
    observed: Observed
    tolerances: dict[Path, Tolerance]
    group: int | None = None
    simplest: bool = False

    def expectation(self, device: str = "cpu") -> Expectation:
        """Return what is expected when the arguments live on `device`."""
        tensors = tuple(wire.tensors_in(list(self.arguments.values())))
        return Expectation(self.observed.outcome(), tensors, self.tolerances, device)


@dataclass(frozen=True)
class Bank:
    """All cases of one question, in the order in which they are tried."""

    function: str
    cases: tuple[Case, ...]
    scaling: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """By size name: which case has which size, for calls that differ in nothing but this size."""

    @cached_property
    def calls(self) -> Calls:
        """The calls as a worker reads them."""
        return encode_cases([list(case.arguments.values()) for case in self.cases])

    def expected(self, device: str) -> Sequence[Expected]:
        """Return the answers to them as they come from a device when all is right."""
        if device not in self._expected:
            self._expected[device] = [case.observed.expected(device) for case in self.cases]
        return self._expected[device]

    @cached_property
    def _expected(self) -> dict[str, list[Expected]]:
        return {}

    def only(self, cases: Iterable[Case]) -> Bank:
        """Return a bank of these cases."""
        return Bank(self.function, tuple(cases))

    @cached_property
    def kinds(self) -> tuple[Case, ...]:
        """Every kind of call once: of each group the case with the least work, the first of these.

        One in which the reference raises comes last: it may do nothing else.
        """
        groups: dict[int | None, list[Case]] = {}
        for case in self.cases:
            groups.setdefault(case.group, []).append(case)
        return tuple(min(group, key=_work) for group in groups.values())

    @cached_property
    def sample(self) -> Bank:
        """What is repeated on other devices: each kind of call, of long ones only some."""
        by_work = sorted(self.kinds, key=_work)
        totals = [*itertools.accumulate(case.observed.operations for case in by_work)]
        count = max(FEWEST_SAMPLED, bisect_right(totals, MOST_OPERATIONS))
        chosen = {id(case) for case in by_work[:count]}
        return self.only(case for case in self.kinds if id(case) in chosen)

    @cached_property
    def iterates(self) -> bool:
        """Whether results are iterators, or other objects to take items from."""
        values = (case.observed.record.get("value") for case in self.cases)
        return any(value is not None and value[0] == "iterated" for value in values)


def _work(case: Case) -> tuple[bool, int]:
    return "error" in case.observed.record, case.observed.operations


class Banks(Protocol):
    """Where the banks of an assignment come from."""

    @property
    def reference(self) -> Reference | None:
        """What they were made from: None in a release."""

    @property
    def seed(self) -> int:
        """Where the choice of cases started."""

    def bank(self, name: str, question: Question) -> Bank:
        """Return the bank of a question."""


def options_for(
    question: Question, *, iterate: bool, operations: bool = False, device: str = "cpu"
) -> dict[str, Any]:
    """Return what a worker must look at for a question, beyond what every call shows."""
    random = "random state" in question.active_checks
    return {
        "random": random,
        "iterate": iterate,
        "operations": operations,
        "device": device,
        "result": question.limits.result << 20,
    }
