"""Finds the mistake that explains every failing case."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graders.cases.bank import Case
from graders.checks import mismatch as m
from graders.checks import mistake as k
from graders.checks.outcome import leaves
from graders.feedback.diagnosis import accuracy, arithmetic, expressions, factors, places
from graders.feedback.diagnosis import rearrangement as r
from graders.feedback.diagnosis.evidence import FEWEST, Part, Sample, wrong_parts
from graders.feedback.diagnosis.parts import COMPARED, samples_of
from graders.feedback.diagnosis.traits import kind_of_case
from graders.judging import Failure
from graders.worker.wire import ResultTensor, tensors_in

MOST_ELEMENTS: Final = 1_000_000  # of all wrong results: more take too long
UNDIAGNOSED: Final = ("loads", "python number", "forbidden", "constant operations")
"""Checks that no case decides."""

RULES: Final[tuple[Callable[[Sequence[Part]], k.Mistake | None], ...]] = (
    expressions.argument_returned,
    accuracy.constant,
    accuracy.not_finite,
    r.permuted,
    r.size_one,
    r.reshaped,
    r.column_by_column,
    r.reversed_order,
    expressions.argument_order,
    factors.factor,
    factors.offset,
    factors.argument_added,
    factors.argument_multiplied,
    r.shifted,
    r.end_excluded,
    arithmetic.rounded,
    arithmetic.applied,
    accuracy.low_precision,
    expressions.operation,
    r.broadcast,
    r.off_by_one,
    r.cut_short,
    arithmetic.reductions,
    places.only_places,
    r.reordered,
    r.sizes_exchanged,
    accuracy.few_digits,
    factors.proportional,
)
"""What is looked for in the wrong parts of results: the most specific first."""


def diagnose(failures: Sequence[Failure], passed: Sequence[Case]) -> k.Diagnosis | None:
    """Return the mistake that explains all failures, if a known one does.

    Where they are of several checks, the mistake may explain those of the first check only: the
    diagnosis is then partial.
    """
    if any(failure.mismatch.check in UNDIAGNOSED for failure in failures):
        return None
    whole = _diagnosis(failures, passed)
    if not failures or (whole is not None and not whole.weak):
        return whole
    part = _partial(failures, passed)
    return part if part is not None and (whole is None or not part.weak) else whole


def _partial(failures: Sequence[Failure], passed: Sequence[Case]) -> k.Diagnosis | None:
    """Return what explains the failures of the first check, where other checks fail as well."""
    check = min((failure.mismatch.check for failure in failures), key=m.ORDER.index)
    shown = [failure for failure in failures if failure.mismatch.check == check]
    if len(shown) == len(failures):
        return None
    others = [failure.case for failure in failures if failure.mismatch.check != check]
    found = _diagnosis(shown, [*passed, *others])
    return None if found is None else replace(found, partial=True)


def _diagnosis(failures: Sequence[Failure], passed: Sequence[Case]) -> k.Diagnosis | None:
    if len(failures) < FEWEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy warns of means of nothing, and the like
        found = _mistake(failures, passed)
    vague = found is None or isinstance(found.mistake, k.OnlyParts)
    kind = kind_of_case([failure.case for failure in failures], passed, values=vague)
    if found is not None:
        return _with_kind(found, kind, failures, passed)
    return None if kind is None else k.Diagnosis(kind, len(failures), len(passed))


@dataclass(frozen=True)
class _Found:
    """A mistake, and the parts of results that show it."""

    mistake: k.Mistake
    places: tuple[m.Path, ...] = ()
    scattered: bool = False


def _with_kind(
    found: _Found, kind: k.KindOfCase | None, failures: Sequence[Failure], passed: Sequence[Case]
) -> k.Diagnosis:
    """Return a diagnosis, with the kind of case beside the mistake where that is of interest."""
    counts = (len(failures), len(passed))
    only_parts = isinstance(found.mistake, k.OnlyParts)
    special = kind is not None and kind.special
    if kind is not None and only_parts and special:
        return k.Diagnosis(kind, *counts)
    if isinstance(found.mistake, k.FixedDtype) or not (special or only_parts):
        kind = None
    mistake = _for_numpy(found.mistake) if _takes_arrays(failures[0].case) else found.mistake
    return k.Diagnosis(mistake, *counts, found.places, found.scattered, kind)


# ---------------------------------------------------------------- what is wrong with results


def _mistake(failures: Sequence[Failure], passed: Sequence[Case]) -> _Found | None:
    """Return what is wrong with the results, and in which of their parts."""
    if all(isinstance(failure.mismatch, m.WrongDtype) for failure in failures):
        return _fixed_dtype(failures, passed)
    if not all(isinstance(failure.mismatch, COMPARED) for failure in failures):
        return None
    samples = samples_of(failures)
    found = _in_results(samples, passed)
    if found is None and any(":" in part.place for s in samples for part in s.parts):
        return _in_results(samples_of(failures, joined=False), passed)
    return found


def _in_results(samples: Sequence[Sample], passed: Sequence[Case]) -> _Found | None:
    parts = wrong_parts(samples)
    if parts is None:
        return _Found(k.OtherCuts()) if places.are_cut_differently(samples) else None
    if sum(part.expected.size + part.actual.size for part in parts) > MOST_ELEMENTS:
        return None
    exchanged = places.parts_exchanged(samples)
    if exchanged is not None:
        return _Found(exchanged)
    rules = (arithmetic.lost_negatives, *RULES) if passed else RULES
    mistake = next((mistake for rule in rules if (mistake := rule(parts))), None)
    mistake = mistake or places.only_parts(samples)
    return None if mistake is None else _Found(mistake, *places.wrong_places(samples))


def _fixed_dtype(failures: Sequence[Failure], passed: Sequence[Case]) -> _Found | None:
    """Name the dtype that the result has in every case, where others are expected in some."""
    found = [f.mismatch for f in failures if isinstance(f.mismatch, m.WrongDtype)]
    path, dtype = found[0].path, found[0].actual
    if any((other.path, other.actual) != (path, dtype) for other in found):
        return None
    right = [dict(leaves(case.observed.outcome().value)).get(path) for case in passed]
    passing = {leaf.dtype for leaf in right if isinstance(leaf, ResultTensor)}
    wanted = {mismatch.expected for mismatch in found} | passing
    if not passing <= {dtype} or len(wanted) < 2:
        return None
    return _Found(k.FixedDtype(dtype), (path,))


# ---------------------------------------------------------------- code for arrays


def _takes_arrays(case: Case) -> bool:
    return any(tensor.kind == "array" for tensor in tensors_in([*case.arguments.values()]))


def _for_numpy(mistake: k.Mistake) -> k.Mistake:
    """Return a mistake whose code is for arrays."""
    if not isinstance(mistake, k.OtherAxis | k.OtherOperation):
        return mistake
    code = mistake.code
    for ours, theirs in _NUMPY:
        code = code.replace(ours, theirs)
    return replace(mistake, code=code)


_NUMPY: Final = (
    ("torch.cat(", "np.concatenate("),
    ("torch.", "np."),
    ("keepdim=", "keepdims="),
    ("dim=", "axis="),
    ("correction=", "ddof="),
    (".numel()", ".size"),
    (".amax(", ".max("),
    (".amin(", ".min("),
)
