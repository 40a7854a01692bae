"""The cases of a question with what the reference did on each, and the tolerance of each value."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from graders.cases.draw import Drawn, Origin, draw_all, draw_more, draw_scaling
from graders.cases.examples import example_arguments
from graders.cases.reference import Observed, Reference, observe_reference
from graders.cases.tolerance import Unstable, tolerances
from graders.checks.comparison import Expectation, Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome
from graders.errors import AssignmentError
from graders.spec import Question
from graders.worker import wire
from graders.worker.client import encode_cases

SLOWEST_SHARE: Final = 0.1  # of the time limit that the reference may use
FEWEST_CASES: Final = 3
SAMPLE: Final = 12
REFILLS: Final = 3  # how often cases are drawn in the place of those that rounding decides


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
    def encoded(self) -> tuple[bytes, bytes, int]:
        """The calls as a worker reads them, and how many there are."""
        calls = encode_cases([list(case.arguments.values()) for case in self.cases])
        return (*calls, len(self.cases))

    @cached_property
    def sample(self) -> Bank:
        """A few of the cases, from the simplest to the random ones."""
        return Bank(self.function, self.cases[:: max(1, len(self.cases) // SAMPLE)])

    @cached_property
    def iterates(self) -> bool:
        """Whether results are iterators, or other objects to take items from."""
        values = (case.observed.record.get("value") for case in self.cases)
        return any(value is not None and value[0] == "iterated" for value in values)

    @property
    def slowest(self) -> float:
        """Seconds that the reference took for its slowest case."""
        return max(case.observed.seconds for case in self.cases)


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


def build_bank(name: str, question: Question, reference: Reference, *, seed: int) -> Bank:
    """Draw the cases of a question and observe the reference on each.

    Raises AssignmentError where the reference fails, is slow, or contradicts itself.
    """
    examples = [example_arguments(question, example) for example in question.examples]
    drawn = draw_all(question, examples, seed=seed)
    cases = list(_cases(name, question, reference, drawn))
    for extra in range(1, REFILLS + 1):
        if len(cases) >= min(question.cases, len(drawn)):
            break
        more = draw_more(question, drawn, seed=seed + 1000 * extra)
        missing = question.cases - len(cases)
        cases += itertools.islice(_cases(name, question, reference, more), missing)
        drawn += more
    scaling: dict[str, dict[int, int]] = {}
    for size in question.constant_operations_in:
        calls = draw_scaling(question, size)
        found = list(_cases(name, question, reference, calls.values()))
        scaling[size] = {number: len(cases) + place for place, number in enumerate(calls)}
        cases += found
    if len(cases) < FEWEST_CASES:
        raise AssignmentError(
            f"{name}: only {len(cases)} cases are left of {len(drawn)}: rounding decides the others"
        )
    bank = Bank(name, tuple(cases), scaling)
    _require_fast(bank, question, reference)
    return bank


def _cases(
    name: str, question: Question, reference: Reference, drawn: Iterable[Drawn]
) -> Iterator[Case]:
    for case in drawn:
        try:
            observed, allowed = expect(name, question, reference, case.arguments)
        except Unstable:
            continue
        yield Case(case.origin, case.arguments, observed, allowed, case.group, case.simplest)


def expect(
    name: str, question: Question, reference: Reference, arguments: dict[str, Any]
) -> tuple[Observed, dict[Path, Tolerance]]:
    """Observe the reference on one call; return that and how closely it must be met."""
    options = options_for(question, iterate=True)

    def observe(values: list[Any]) -> Outcome:
        return observe_reference(reference, name, values, options).outcome()

    values = list(arguments.values())
    observed = observe_reference(reference, name, values, options)
    again = observe_reference(reference, name, values, options)
    if (observed.record, observed.payload) != (again.record, again.payload):
        raise AssignmentError(
            f"{reference.path}: `{name}` gives different results for the same call"
        )
    outcome = observed.outcome()
    if isinstance(outcome.value, wire.TooLarge):
        raise AssignmentError(
            f"{reference.path}: `{name}` returns more than {question.limits.result} MiB",
            hint="smaller `dimensions`, or a larger `result` under `limits`",
        )
    if outcome.error is not None and not reference.raises_on_purpose(outcome):
        raise AssignmentError(
            f"{reference.path}:{outcome.error.line}: `{name}` raised {outcome.error.name}: "
            f"{outcome.error.text}",
            hint="an exception that students must raise as well needs a `raise` in the reference",
        )
    return observed, tolerances(observe, values, outcome, rtol=question.rtol, atol=question.atol)


def _require_fast(bank: Bank, question: Question, reference: Reference) -> None:
    limit = question.limits.seconds
    if bank.slowest > SLOWEST_SHARE * limit:
        raise AssignmentError(
            f"{reference.path}: `{bank.function}` took {bank.slowest:.2f} s for one call; "
            f"at most a tenth of the limit of {limit:g} s is expected",
            hint="smaller `dimensions`, or a larger `seconds` under `limits`",
        )
