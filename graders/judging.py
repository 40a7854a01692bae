"""Judges the answers of a worker, case by case."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from graders.cases.bank import Bank, Case
from graders.checks import mismatch as m
from graders.checks.comparison import compare
from graders.checks.outcome import Outcome, decode_outcome
from graders.worker.client import (
    Answer,
    BrokeProtocol,
    Died,
    Ending,
    Finished,
    Flooded,
    Limits,
    Overfilled,
    Run,
    TimedOut,
)
from graders.worker.wire import BrokenFrame, TooLarge, tensors_in


@dataclass(frozen=True)
class Failure:
    """A case that a check fails on."""

    function: str
    case: Case
    mismatch: m.Mismatch
    actual: Outcome | None = None  # what the call did; None where it did not end by itself


def judge_run(bank: Bank, run: Run, checks: frozenset[str], device: str) -> list[Failure]:
    """Return the failures of a run, in the order of the cases; the one that ended it comes last."""
    failures = []
    known = bank.expected(device)
    for case, (_, expected), answer in zip(bank.cases, known, run.answers, strict=False):
        if answer is expected:
            continue
        failure = _judge(bank.function, case, answer, expected, checks, device)
        if failure is not None:
            failures.append(_with_limits(failure, run.limits))
    ended = ending_mismatch(run.ending)
    said_before = failures and run.answers[-1].record.get("ends")  # by the call that was the last
    if ended is not None and not said_before:
        if isinstance(ended, m.Overran) and ended.total:
            ended = replace(ended, calls=(len(run.answers), len(bank.cases)))
        last = bank.cases[min(len(run.answers), len(bank.cases) - 1)]
        failures.append(Failure(bank.function, last, ended))
    return failures


def _judge(
    function: str,
    case: Case,
    answer: Answer,
    expected: Answer,
    checks: frozenset[str],
    device: str,
) -> Failure | None:
    """Return how an answer fails the first of `checks` that it fails, if it fails any."""
    if answer.payload == expected.payload and _alike(answer.record, expected.record):
        return None
    if device != "cpu" and "unsupported" in answer.record:
        return None  # the simulated device cannot tell
    try:
        actual = decode_outcome(answer.record, answer.payload)
    except BrokenFrame:
        return Failure(function, case, m.WroteAnswers())
    mismatch = compare(case.expectation(device), actual, checks)
    return Failure(function, case, mismatch, actual) if mismatch is not None else None


def _alike(actual: Any, expected: dict[str, Any]) -> bool:
    """Whether two records say the same, but for the words and the line of an exception."""
    if actual == expected:
        return True
    error = actual.get("error")
    if "error" not in expected or not isinstance(error, list):
        return False
    same_class = error[:1] == expected["error"][:1]
    return same_class and bool(actual | {"error": 0} == expected | {"error": 0})


def _with_limits(failure: Failure, limits: Limits) -> Failure:
    """Return the failure with the limit that it ran into, where it ran into one."""
    match failure.mismatch:
        case m.Raised(error) if error.lacks_memory:
            return replace(failure, mismatch=m.OutOfMemory(error, limits.memory))
        case m.WrongType(actual=TooLarge(size=size)):
            return replace(failure, mismatch=m.UsedTooMuch("result", limits.result, size))
    return failure


def ending_mismatch(ending: Ending) -> m.Mismatch | None:
    """Return what is wrong with how a run ended, if anything is."""
    match ending:
        case Finished():
            return None
        case TimedOut(seconds, waited, total):
            return m.Overran(seconds, waited, total)
        case Overfilled(what, limit, reached):
            return m.UsedTooMuch(what, limit, reached)
        case Died(signal, status, peak):
            return m.Ended(signal, status, peak)
        case Flooded(limit):
            return m.PrintedTooMuch(limit)
        case BrokeProtocol():
            return m.WroteAnswers()


def first_failure(failures: Sequence[Failure]) -> Failure | None:
    """Return the first case of the check that comes first in the order of checks."""
    if not failures:
        return None
    check = min({f.mismatch.check for f in failures}, key=m.ORDER.index)
    return next(f for f in failures if f.mismatch.check == check)


def simplest_known(failure: Failure, failures: Sequence[Failure]) -> Failure:
    """Return the failure of the same kind with the fewest numbers in its arguments."""
    alike = [each for each in failures if type(each.mismatch) is type(failure.mismatch)]
    return min(alike, key=_numbers, default=failure)


def _numbers(failure: Failure) -> tuple[bool, int]:
    """Return how much there is to read in a call; one without any elements shows little."""
    tensors = [*tensors_in(list(failure.case.arguments.values()))]
    count = sum(math.prod(tensor.shape) for tensor in tensors)
    return (bool(tensors) and not count, count)
