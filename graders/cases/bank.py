"""The cases of a question with what the reference did on each, and the tolerance of each value."""

from __future__ import annotations

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
    sampled: tuple[int, ...] = ()
    """The numbers of the cases that are repeated on other devices."""

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
    def sample(self) -> Bank:
        """What is repeated on other devices."""
        return self.only(self.cases[number] for number in self.sampled)

    @cached_property
    def sample_on_gpu(self) -> Bank:
        """What is repeated on a GPU: there an index that is out of range ends the process."""
        return self.only(case for case in self.sample.cases if "error" not in case.observed.record)

    @cached_property
    def iterates(self) -> bool:
        """Whether results are iterators, or other objects to take items from."""
        values = (case.observed.record.get("value") for case in self.cases)
        return any(value is not None and value[0] == "iterated" for value in values)


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
        "steps": operations and bool(question.constant_operations_in),
        "device": device,
        "result": question.limits.result << 20,
    }
