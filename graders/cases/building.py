"""Builds case banks: draws the calls, observes the reference on each, finds the tolerances.

Only this needs Hypothesis and torch in the grader's process; a bank that is on disk needs neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from graders.cases.bank import FURTHER_TRIES, SLOWEST_SHARE, Bank, Case, options_for
from graders.cases.draw import Drawn, draw_all, draw_more, draw_scaling
from graders.cases.examples import example_arguments
from graders.cases.reference import Observed, Reference, observe_reference
from graders.cases.sample import choose_sample
from graders.cases.soundness import require_sound
from graders.cases.tolerance import Unstable, tolerances_of
from graders.checks.comparison import Tolerance
from graders.checks.mismatch import Path
from graders.checks.outcome import Outcome, floating_leaves
from graders.errors import AssignmentError
from graders.spec import Question
from graders.worker import wire

FEWEST_CASES: Final = 3
REFILLS: Final = 3  # how often cases are drawn in the place of those that rounding decides


def build_bank(name: str, question: Question, reference: Reference, *, seed: int) -> Bank:
    """Draw the cases of a question and observe the reference on each.

    Raises AssignmentError where the reference fails, is slow, or contradicts itself.
    """
    examples = [example_arguments(question, example) for example in question.examples]
    drawn = draw_all(question, examples, seed=seed)
    cases = list(_cases(name, question, reference, drawn))
    _refill(cases, drawn, name, question, reference, seed=seed)
    scaling: dict[str, dict[int, int]] = {}
    for size in question.constant_operations_in:
        calls = draw_scaling(question, size)
        found = list(_cases(name, question, reference, calls.values()))
        scaling[size] = {number: len(cases) + place for place, number in enumerate(calls)}
        cases += found
    require_sound(name, question, reference, Bank(name, tuple(cases)))
    if len(cases) < FEWEST_CASES:
        raise AssignmentError(
            f"{name}: only {len(cases)} cases are left of {len(drawn)}: rounding decides the others"
        )
    return Bank(name, tuple(cases), scaling, choose_sample(cases))


def _refill(
    cases: list[Case],
    drawn: list[Drawn],
    name: str,
    question: Question,
    reference: Reference,
    *,
    seed: int,
) -> None:
    """Add cases in the place of those that rounding decides."""
    for extra in range(1, REFILLS + 1):
        if len(cases) >= min(question.cases, len(drawn)):
            return
        more = draw_more(question, drawn, seed=seed + 1000 * extra)
        missing = question.cases - len(cases)
        cases += itertools.islice(_cases(name, question, reference, more), missing)
        drawn += more


def _cases(
    name: str, question: Question, reference: Reference, drawn: Iterable[Drawn]
) -> Iterator[Case]:
    for case in drawn:
        try:
            observed, allowed = expect(
                name, question, reference, case.arguments, chosen=case.origin == "example"
            )
        except Unstable:
            continue
        except AssignmentError as error:
            call = (name, case.arguments)
            raise AssignmentError(error.message, hint=error.hint, call=call) from error
        yield Case(case.origin, case.arguments, observed, allowed, case.group, case.simplest)


def expect(
    name: str,
    question: Question,
    reference: Reference,
    arguments: dict[str, Any],
    *,
    chosen: bool = False,
) -> tuple[Observed, dict[Path, Tolerance]]:
    """Observe the reference on one call; return that and how closely it must be met.

    Raises Unstable where rounding decides what the call does, unless an author has `chosen` it and
    all of its results are whole numbers and the like: these are to be met as they are.
    """
    options = options_for(question, iterate=True)
    counting = options_for(question, iterate=True, operations=True)

    def observe(values: list[Any]) -> Outcome:
        return observe_reference(reference, name, values, options).outcome()

    values = list(arguments.values())
    observed = observe_reference(reference, name, values, options)
    again = observe_reference(reference, name, values, counting)
    if (observed.record, observed.payload) != (again.record, again.payload):
        raise AssignmentError(
            f"{reference.path}: `{name}` gives different results for the same call"
        )
    tries = itertools.chain(
        (observed, again),
        (observe_reference(reference, name, values, options) for _ in range(FURTHER_TRIES)),
    )
    seconds = _least_seconds(name, question, reference, (seen.seconds for seen in tries))
    observed = replace(observed, seconds=seconds, operations=again.operations)
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
    try:
        return observed, tolerances_of(question, observe, arguments, outcome)
    except Unstable:
        if not chosen or any(floating_leaves(outcome)):
            raise
        return observed, {}


def _least_seconds(
    name: str, question: Question, reference: Reference, times: Iterator[float]
) -> float:
    """Return the least of the first times up to one that is short enough; two at least."""
    limit = question.limits.seconds
    least = min(next(times), next(times))
    while least > SLOWEST_SHARE * limit:
        time = next(times, None)
        if time is None:
            raise AssignmentError(
                f"{reference.path}: `{name}` took {least:.2f} s for one call; "
                f"at most a tenth of the limit of {limit:g} s is expected",
                hint="smaller `dimensions`, or a larger `seconds` under `limits`",
            )
        least = min(least, time)
    return least
