"""Tells mistakes of different submissions apart: by cases, by how they fail, and by answers."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, Final

import numpy as np

from graders.cases.bank import Case
from graders.checks import mismatch as m
from graders.checks.mistake import Diagnosis, KindOfCase, OnlyParts
from graders.judging import Failure
from graders.verdicts import Fingerprint
from graders.worker.client import Run
from graders.worker.wire import ResultTensor

ENDED: Final = (
    m.Overran,
    m.Ended,
    m.OutOfMemory,
    m.PrintedTooMuch,
    m.UsedTooMuch,
    m.WroteAnswers,
)
ANSWERED: Final = ("shape", "dtype", "values")
FACTS: Final = ("path", "argument", "rule", "what", "size", "name", "missing", "extra", "overlaps")
VALUES: Final = 5  # failing cases whose wrong values are looked at
ELEMENTS: Final = 12
STEPS: Final = 739.0851  # no whole number: values that people get by rounding lie between steps
NUMBER: Final = re.compile(r"0x[0-9a-fA-F]+|\d+")


def fingerprint(
    failures: Sequence[Failure],
    chosen: Failure,
    cases: Sequence[Case],
    run: Run | None,
    *,
    steady: bool = True,
    diagnosis: Diagnosis | None = None,
) -> Fingerprint:
    """Return what tells the mistake behind these failures from others.

    Values count up to rounding, and only where no diagnosis says more; what depends on the speed of
    the machine does not count.
    """
    if isinstance(chosen.mismatch, ENDED) or not steady:
        return Fingerprint(_digest([way(chosen.mismatch), steady]))
    numbers = {id(case): number for number, case in enumerate(cases)}
    ways = [(numbers.get(id(f.case), -1), way(f.mismatch)) for f in failures]
    said = None if diagnosis is None else f"{diagnosis.mistake} {diagnosis.places}"
    parts: list[Any] = [ways, said]
    if diagnosis is None or isinstance(diagnosis.mistake, KindOfCase | OnlyParts):
        parts += [_values(f.mismatch) for f in failures[:VALUES]]
    answers = ""
    if run is not None and chosen.mismatch.check in ANSWERED:
        answers = _answers([number for number, _ in ways], run)
    return Fingerprint(_digest(parts), answers)


def way(mismatch: m.Mismatch) -> list[Any]:
    """Return in what way a case fails, without what differs from one program to the next."""
    found: list[Any] = [type(mismatch).__name__, *_facts(mismatch)]
    match mismatch:
        case m.Raised(error) | m.OutOfMemory(error) | m.RaisedOther(error=error):
            found += [error.names[0], NUMBER.sub("#", error.text)]
        case m.WrongShape(actual=actual) | m.WrongLength(actual=actual):
            found.append(actual)
        case m.WrongDtype(actual=actual) | m.WrongDevice(actual=actual):
            found.append(actual)
        case m.WrongType(actual=actual):
            found.append(getattr(actual, "kind", type(actual).__name__))
        case m.ArgumentWrong(difference=inner) | m.NotLoaded(how=inner):
            found.append(way(inner))
        case m.PropertyBroken(how=m.Mismatch() as inner):
            found.append(way(inner))
    return found


def _facts(mismatch: m.Mismatch) -> Iterator[str]:
    for name in FACTS:
        if any(field.name == name for field in fields(mismatch)):
            yield repr(getattr(mismatch, name))


def _values(mismatch: m.Mismatch) -> list[str]:
    """Return the first wrong values, coarsely: another order of summation changes nothing."""
    match mismatch:
        case m.WrongValues(actual=ResultTensor() as tensor):
            return _coarse(tensor.numpy())
        case m.WrongValues(actual=bool() | int() | float() | complex() as number):
            return _coarse(np.asarray(number))
        case m.WrongValues(actual=actual):
            return [repr(actual)]
    return []


def _coarse(array: np.ndarray[Any, Any]) -> list[str]:
    flat = array.ravel()[:ELEMENTS]
    if flat.dtype.kind not in "fc":
        return [str(array.shape), *map(str, flat)]
    finite = np.abs(flat[np.isfinite(flat)])
    scale = float(finite.max(initial=0.0)) or 1.0
    parts = [flat.real, flat.imag] if flat.dtype.kind == "c" else [flat]
    steps = [np.rint(part.astype(np.float64) / scale * STEPS) for part in parts]
    return [str(array.shape), f"{scale * STEPS:.2g}", *(str(s) for each in steps for s in each)]


def _answers(numbers: Sequence[int], run: Run) -> str:
    """Return a digest of what the failing calls gave, bit for bit."""
    digest = hashlib.sha256()
    for number in numbers:
        if 0 <= number < len(run.answers):
            answer = run.answers[number]
            record = json.dumps(answer.record, sort_keys=True, default=str)
            digest.update(f"{number} {record} ".encode("utf-8", "backslashreplace"))
            digest.update(answer.payload)
    return digest.hexdigest()[:16]


def _digest(value: Any) -> str:
    text = json.dumps(value, default=repr)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]
