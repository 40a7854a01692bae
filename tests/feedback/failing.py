"""Makes failures from a reference and a wrong function, both in PyTorch, without a worker."""

import numpy as np
import torch
from calls import tensor

from graders.cases.bank import Case
from graders.cases.reference import Observed
from graders.cases.tolerance import tolerances
from graders.checks.comparison import compare
from graders.checks.outcome import decode_outcome
from graders.judging import Failure
from graders.spec.vocabulary import DEFAULT_CHECKS
from graders.worker import wire
from graders.worker.observe import Memory, Options, build_arguments, observe

CHECKS = frozenset(DEFAULT_CHECKS) - {"device"}


def failing(reference, wrong, cases, *, checks=CHECKS, rtol=None):
    """Return the failures of a wrong function, and the cases that it passes."""
    failures, passed = [], []
    for arguments in cases:
        case = case_of(reference, arguments, rtol=rtol)
        actual = _outcome(_observed(wrong, list(arguments.values())))
        mismatch = compare(case.expectation(), actual, checks)
        if mismatch is None:
            passed.append(case)
        else:
            failures.append(Failure("f", case, mismatch, actual))
    return failures, passed


def case_of(reference, arguments, *, rtol=None):
    values = list(arguments.values())
    observed = _observed(reference, values)
    outcome = _outcome(observed)
    atol = None if rtol is None else 1e-7

    def observe_again(nudged):
        return _outcome(_observed(reference, nudged))

    allowed = {}
    if outcome.error is None:
        allowed = tolerances(observe_again, values, outcome, rtol=rtol, atol=atol)
    return Case("random", arguments, observed, allowed)


def _observed(function, values):
    payload = bytearray()
    trees = wire.encode_arguments(values, payload)
    built = build_arguments(trees, Memory(memoryview(payload)))
    seen = observe(function, built, Options(iterate=True), frozenset({__file__}))
    return Observed(seen.record, seen.payload, seen.seconds)


def _outcome(observed):
    return decode_outcome(observed.record, observed.payload)


# ---------------------------------------------------------------- cases

SIZES = ((3, 4), (2, 5), (4, 3), (5, 2), (4, 4), (3, 5), (6, 2), (2, 3), (5, 4), (3, 3))


def normal(shape, seed, dtype="float64", layout="contiguous", **options):
    values = np.round(np.random.default_rng(seed).standard_normal(shape), 3)
    return tensor(np.where(values == 0, 0.5, values), dtype, layout, **options)


def matrices(**options):
    return [{"x": normal(shape, seed, **options)} for seed, shape in enumerate(SIZES)]


def vectors(**options):
    return [{"x": normal(3 + seed % 4, seed, **options)} for seed in range(10)]


def cubes(**options):
    shapes = [(2, rows, columns) for rows, columns in SIZES[:5]]
    shapes += [(3, columns, rows) for rows, columns in SIZES[:5]]
    return [{"x": normal(shape, seed, **options)} for seed, shape in enumerate(shapes)]


def pairs(**options):
    """Two matrices of one shape."""
    return [
        {"a": normal(shape, seed, **options), "b": normal(shape, 50 + seed, **options)}
        for seed, shape in enumerate(SIZES)
    ]


def products(**options):
    """Two matrices that can be multiplied."""
    return [
        {"a": normal((m, k), seed, **options), "b": normal((k, 2 + seed % 4), 50 + seed, **options)}
        for seed, (m, k) in enumerate(SIZES)
    ]


def as_torch(arguments):
    """Return a case's arguments as the function saw them."""
    payload = bytearray()
    trees = wire.encode_arguments(list(arguments.values()), payload)
    built = build_arguments(trees, Memory(memoryview(payload)))
    return dict(zip(arguments, built.values, strict=True))


torch.set_num_threads(1)
