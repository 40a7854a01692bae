"""Which mistakes are named, from what real functions return."""

import operator

import numpy as np
import pytest
import torch
from calls import tensor
from claims import holds
from failing import SIZES, cubes, failing, matrices, normal, pairs, products, vectors
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.checks import mistake as k
from graders.feedback.diagnosis import diagnose
from graders.spec.vocabulary import DEFAULT_CHECKS, DIAGNOSES


def diagnosed(reference, wrong, cases, **options):
    """Return the diagnosis of a wrong function, after a look at whether it is true."""
    failures, passed = failing(reference, wrong, cases, **options)
    found = diagnose(failures, passed)
    if found is not None:
        holds(found, failures, passed)
    return found


def identity(x):
    return x.clone()


def doubled(x):
    return 2 * x


def arctan(x):
    return x.atan()


def of_arctan(change):
    """Return a function that makes a mistake with a result that no expression of ours gives."""
    return lambda x: change(x.atan())


# ---------------------------------------------------------------- the result

DTYPES = ("float32", "float64")
LISTS = [{"tensors": [normal((2, 3), 9 * n + i) for i in range(2 + n % 3)]} for n in range(8)]
ROWS = [{"x": normal((2 + n % 4, 3), n), "start": n % 2} for n in range(10)]
NUMBERED = [{"x": normal(shape, n), "times": 2 + n % 3} for n, shape in enumerate(SIZES)]
EXPANDED = [{"x": normal((1, 2 + n % 4), n), "rows": 2 + n % 3} for n in range(9)]
BOOLEANS = [{"x": normal(4, n)} for n in range(9)]
DEEP = [{"x": normal((2, 3, 4, 2)[: 2 + n % 3], n)} for n in range(9)]
LABELLED = [
    {"x": normal((n + 2, 4), n), "labels": tensor([(n + i) % 4 for i in range(n + 2)], "int64")}
    for n in range(6)
]
STEPS = [{"start": n / 2, "end": n + 3.5, "steps": 3 + n % 4} for n in range(9)]
FLAWED = [{"x": tensor([[1, 2], [n, 2], [3 * n, 2]], "float64")} for n in range(4, 14)]
MIXED = [{"x": normal(5, n), "z": tensor([0, 1, n + 1, -1, 0], "float64")} for n in range(9)]


def batches(x, start):
    return (x[place : place + 2] for place in range(0, len(x), 2))


def ten_times(x):
    return 10 * x.atan()


def overflowing(x):
    return torch.where(x == 0, torch.inf, x.atan())


EXAMPLES = [
    (k.Transposed(None), arctan, of_arctan(lambda y: y.T), matrices()),
    (k.Transposed((1, 2)), arctan, of_arctan(lambda y: y.mT), cubes()),
    (k.Transposed((-2, -1)), arctan, of_arctan(lambda y: y.mT), DEEP),
    (k.Permuted((1, 2, 0)), arctan, of_arctan(lambda y: y.permute(1, 2, 0)), cubes()),
    (k.Permuted(None), arctan, of_arctan(lambda y: y.permute(*reversed(range(y.dim())))), DEEP),
    (k.AxisMoved(to_front=True), arctan, of_arctan(lambda y: y.movedim(-1, 0)), DEEP[1:] + cubes()),
    (k.SizesExchanged(None), arctan, of_arctan(lambda y: y.T.cos()), matrices()),
    (k.SizesReordered(), arctan, of_arctan(lambda y: y.permute(1, 2, 0).cos()), cubes()),
    (k.SizeOneMissing(), lambda x: x.atan()[None], arctan, matrices()),
    (k.SizeOneExtra(), arctan, of_arctan(lambda y: y[:, None]), vectors()),
    (k.SizeOneMoved(), lambda x: x.atan()[None], of_arctan(lambda y: y[:, None]), vectors()),
    (k.Flattened(), arctan, of_arctan(torch.flatten), matrices()),
    (k.Reshaped(), arctan, of_arctan(lambda y: y.reshape(y.shape[1], -1)), matrices()),
    (
        k.ColumnByColumn(),
        arctan,
        of_arctan(lambda y: y.flatten().reshape(y.shape[1], y.shape[0]).T),
        matrices(),
    ),
    (k.Reversed(1), arctan, of_arctan(lambda y: y.flip(1)), matrices()),
    (k.Reversed(None), arctan, of_arctan(lambda y: y.flip(0, 1)), matrices()),
    (k.Shifted(0, 1), arctan, of_arctan(lambda y: y.roll(-1, 0)), matrices()),
    (k.Shifted(1, -1), arctan, of_arctan(lambda y: y.roll(1, 1)), cubes()),
    (k.OneShort(0, "last"), arctan, of_arctan(lambda y: y[:-1]), matrices()),
    (k.OneShort(1, "first"), arctan, of_arctan(lambda y: y[:, 1:]), matrices()),
    (k.OneShort(None, "last"), arctan, of_arctan(lambda y: y[:-1, :-1]), matrices()),
    (k.OneShort(0, "any"), arctan, of_arctan(lambda y: y[1:].cos()), matrices()),
    (k.OneTooMany(0, "last"), arctan, of_arctan(lambda y: torch.cat([y, y[:1]])), matrices()),
    (k.OneTooMany(0, "first"), arctan, of_arctan(lambda y: torch.cat([y[:1], y])), matrices()),
    (
        k.EndExcluded(),
        lambda start, end, steps: torch.linspace(start, end, steps),
        lambda start, end, steps: torch.linspace(start, end, steps + 1)[:-1],
        STEPS,
    ),
    (k.CutShort(), arctan, of_arctan(lambda y: y[: len(y) // 2]), vectors()),
    (k.TooLong(), arctan, of_arctan(lambda y: torch.cat([y, y])), vectors()),
    (k.OtherCuts(), batches, lambda x, start: x.split(3), ROWS[:1] * 3 + ROWS),
    (k.Reordered(), arctan, of_arctan(lambda y: y[[2, 0, 1, *range(3, len(y))]]), vectors()),
    (
        k.PartsExchanged(((0,), (1,)), ((1,), (0,))),
        lambda x: (x.sin(), x.cos()),
        lambda x: (x.cos(), x.sin()),
        matrices(),
    ),
    (k.Broadcast(), arctan, of_arctan(lambda y: y.expand(3, *y.shape).clone()), matrices()),
    (
        k.NotBroadcast(),
        lambda x, rows: x.atan().expand(rows, -1).clone(),
        lambda x, rows: x.atan(),
        EXPANDED,
    ),
    (k.NotReduced("sum", 0), lambda x: x.atan().sum(0), arctan, matrices()),
    (k.NotReduced("mean", 1), lambda x: x.atan().mean(1), arctan, matrices()),
    (k.Reduced("sum", 0), arctan, of_arctan(lambda y: y.sum(0)), matrices()),
    (k.Reduced("mean", None), arctan, of_arctan(torch.mean), matrices()),
    (k.Sign(), arctan, of_arctan(operator.neg), matrices()),
    (k.Factor("2"), arctan, of_arctan(lambda y: 2 * y), matrices(dtype="float32")),
    (k.Factor("1/3"), arctan, of_arctan(lambda y: y / 3), matrices()),
    (k.Factor("0.7071"), arctan, of_arctan(lambda y: y * 2**-0.5), matrices()),
    (k.Factor("1.00001"), arctan, of_arctan(lambda y: y * 1.00001), matrices()),
    (
        k.ArgumentFactor("1 / times"),
        lambda x, times: x.atan() * times,
        lambda x, times: x.atan(),
        NUMBERED,
    ),
    (k.ArgumentFactor("x"), arctan, lambda x: x.atan() * x, matrices()),
    (k.ArgumentFactor("1 / x"), lambda x: x.atan() * x, arctan, matrices()),
    (k.SumForMean("x.shape[0]"), lambda x: x.atan().mean(0), lambda x: x.atan().sum(0), matrices()),
    (k.MeanForSum("x.numel()"), lambda x: x.atan().sum(), lambda x: x.atan().mean(), matrices()),
    (
        k.OtherDivisor("x.shape[0]", less_one=True, root=True),
        lambda x: x.atan().std(0, correction=0),
        lambda x: x.atan().std(0),
        matrices(),
    ),
    (k.Offset("1", more=True), arctan, of_arctan(lambda y: y + 1), matrices()),
    (
        k.Offset("times", more=False),
        lambda x, times: x.atan() + times,
        lambda x, _: x.atan(),
        NUMBERED,
    ),
    (k.Offset("2 * x", more=True), arctan, lambda x: x.atan() + 2 * x, matrices()),
    (k.Applied("absolute value"), arctan, of_arctan(torch.abs), matrices()),
    (k.Applied("truncated"), ten_times, lambda x: ten_times(x).trunc(), matrices()),
    (k.Applied("rounded down"), ten_times, lambda x: ten_times(x).floor(), matrices()),
    (k.Applied("rounded up"), ten_times, lambda x: ten_times(x).ceil(), matrices()),
    (k.Applied("negatives to zero"), arctan, of_arctan(torch.relu), matrices()),
    (k.Applied("positives to zero"), arctan, of_arctan(lambda y: y.clamp(max=0)), matrices()),
    (k.Applied("square root"), lambda x: x.exp(), lambda x: (x / 2).exp(), matrices()),
    (k.Applied("squared"), arctan, of_arctan(torch.square), matrices()),
    (k.Applied("reciprocal"), arctan, of_arctan(torch.reciprocal), matrices()),
    (k.Applied("one minus"), arctan, of_arctan(lambda y: 1 - y), matrices()),
    (k.Applied("exponential"), arctan, of_arctan(torch.exp), matrices()),
    (
        k.Applied("logarithm"),
        lambda x: 1 + x.square(),
        lambda x: (1 + x.square()).log(),
        matrices(),
    ),
    (k.Applied("arc cosine"), arctan, of_arctan(torch.arccos), matrices()),
    (k.Applied("sign only"), arctan, of_arctan(torch.sign), matrices()),
    (k.Applied("negated"), lambda x: x > 0.2, lambda x: x <= 0.2, BOOLEANS),
    (k.RoundedTo(2), arctan, of_arctan(lambda y: y.round(decimals=2)), matrices()),
    (k.Proportional(), arctan, of_arctan(lambda y: y * y.abs().max().exp()), matrices()),
    (k.ArgumentReturned("x"), arctan, identity, matrices()),
    (k.ArgumentReturned("b"), lambda a, b: a - b, lambda a, b: b.clone(), pairs()),
    (
        k.ArgumentOrder(("x",)),
        lambda x: x.T.clone(),
        lambda x: x.reshape(x.shape[1], x.shape[0]).clone(),
        matrices(),
    ),
    (
        k.OtherAxis("x.sum(dim=1)"),
        lambda x: x.sum(0),
        lambda x: x.sum(1),
        matrices(),
    ),
    (k.Reversed(0), torch.stack, lambda tensors: torch.stack(tensors[::-1]), LISTS),
    (k.OtherAxis("torch.cat(tensors, dim=1)"), torch.cat, lambda t: torch.cat(t, 1), LISTS),
    (k.OtherOperation("a * b"), lambda a, b: a.sin() + b, lambda a, b: a * b, pairs()),
    (k.OtherOperation("a @ b"), lambda a, b: (a @ b).sin(), lambda a, b: a @ b, products()),
    (k.Zeros(), arctan, torch.zeros_like, matrices()),
    (k.Constant("3."), arctan, lambda x: torch.full_like(x, 3), matrices()),
    (
        k.NotFinite("inf", k.OnlyPlaces("zeros", "z")),
        lambda x, z: x.atan() + z,
        lambda x, z: torch.where(z == 0, torch.inf, x.atan() + z),
        MIXED,
    ),
    (
        k.NotFinite("nan", k.OnlyPlaces("constant column", "x")),
        lambda x: (x - x.mean(0)).sin(),
        lambda x: (x - x.mean(0)).sin() / ((x != x[:1]).any(0)),
        FLAWED,
    ),
    (k.LowPrecision("float32"), arctan, lambda x: x.float().atan().double(), matrices()),
    (k.LowPrecision("float16"), arctan, lambda x: x.atan().half().to(x.dtype), matrices()),
    (
        k.LowPrecision("bfloat16"),
        arctan,
        lambda x: x.atan().bfloat16().to(x.dtype),
        matrices(dtype="float32"),
    ),
    (k.FewDigits(4), arctan, lambda x: ((x + 1e-4).atan() + x.atan()) / 2, matrices()),
    (
        k.FixedDtype("float32"),
        arctan,
        lambda x: x.atan().float(),
        [*matrices()[:5], *matrices(dtype="float32")[5:]],
    ),
    (
        k.OnlyPlaces("negative", "z"),
        lambda x, z: x.atan(),
        lambda x, z: torch.where(z < 0, x.cos(), x.atan()),
        MIXED,
    ),
    (
        k.OnlyPlaces("at labels", "labels"),
        lambda x, labels: x.atan(),
        lambda x, labels: torch.where(torch.eye(4)[labels] > 0, x.cos(), x.atan()),
        LABELLED,
    ),
    (
        k.OnlyPlaces("last", axis=1),
        arctan,
        lambda x: torch.cat([x.atan()[:, :-1], x.cos()[:, -1:]], 1),
        matrices(),
    ),
    (k.OnlyParts(), lambda x: (x.sin(), x.cos()), lambda x: (x.sin(), x.exp().sin()), matrices()),
]


@pytest.mark.parametrize(
    ("expected", "reference", "wrong", "cases"), EXAMPLES, ids=[str(row[0]) for row in EXAMPLES]
)
def test_a_mistake_is_named(expected, reference, wrong, cases):
    found = diagnosed(reference, wrong, cases)
    assert found is not None
    assert found.mistake == expected
    assert found.failing == len(cases) - found.passed


# ---------------------------------------------------------------- kinds of case


def mixed(odd, plain):
    """Return cases of which a quarter is odd."""
    return [{"x": odd(n) if n % 4 == 0 else plain(n)} for n in range(60)]


def shaped(*shape, **options):
    return lambda n: normal(shape, n, **options)


def numbered(odd, plain):
    return [{"x": normal(3, n), "n": odd if n % 4 == 0 else plain} for n in range(60)]


def of_values(*values):
    return lambda n: tensor([*values, 3 + n / 10, 20 + n / 10], "float64")


def two(*odd):
    """Return cases of two matrices, a quarter of which have another shape than the first."""
    shapes = [SIZES[n % 10] for n in range(60)]
    others = [odd[n % len(odd)] if n % 4 == 0 else shape for n, shape in enumerate(shapes)]
    return [
        {"a": normal(shape, n), "b": normal(other, 99 + n)}
        for n, (shape, other) in enumerate(zip(shapes, others, strict=True))
    ]


ITEMS = [{"x": [normal(2, n) for _ in range(1 if n % 4 == 0 else 3)]} for n in range(60)]
EMPTY_LISTS = [{"x": [n, 5] if n % 4 else []} for n in range(60)]
INTEGERS = [{"x": tensor([n, 3], "float64" if n % 4 else "int64")} for n in range(60)]
EITHER = [
    {
        "a": normal(3, n, layout=("strided", "contiguous")[n % 8 > 0]),
        "b": normal(3, 99 + n, layout=("strided", "contiguous")[n % 8 != 4]),
    }
    for n in range(64)
]
CHOICES = [{"x": normal(3, n), "how": "mean" if n % 4 else "sum"} for n in range(60)]

KINDS = [
    ("non-contiguous", mixed(shaped(3, 4, layout="transposed"), shaped(3, 4))),
    ("contiguous argument", mixed(shaped(3, 4), shaped(3, 4, layout="transposed"))),
    ("non-contiguous", EITHER),
    ("empty", mixed(shaped(0, 4), shaped(3, 4))),
    ("size 1", mixed(shaped(1, 4), shaped(3, 4))),
    ("size above 1", mixed(shaped(3, 4), shaped(1, 4))),
    (
        "one element",
        mixed(lambda n: normal((1,) * (n % 3), n), lambda n: normal((2,) * (1 + n % 2), n)),
    ),
    ("dims", mixed(shaped(3), shaped(3, 4))),
    ("only float32", mixed(shaped(4, dtype="float32"), shaped(4))),
    ("only int64", INTEGERS),
    ("requires grad", mixed(shaped(4, requires_grad=True), shaped(4))),
    ("not square", mixed(shaped(3, 4), shaped(4, 4))),
    ("square", mixed(shaped(4, 4), shaped(4, 3))),
    ("infinite values", mixed(of_values(np.nan), of_values(1))),
    ("negative numbers", mixed(of_values(-1.5), of_values(1.5))),
    ("with zeros", mixed(of_values(0, 1.5), of_values(2, 1.5))),
    ("ties", mixed(of_values(1, 1), of_values(1, 2))),
    ("large positive", mixed(of_values(999), of_values(2))),
    ("large negative", mixed(of_values(-999), of_values(-2))),
    ("constant column", mixed(lambda n: FLAWED[n % 9]["x"], lambda n: normal((3, 2), n))),
    ("negative number", numbered(-2, 2)),
    ("zero", numbered(0, 2)),
    ("one", numbered(1, 2)),
    ("fraction", numbered(1.5, 2.0)),
    ("one choice", CHOICES),
    ("one item", ITEMS),
    ("no items", EMPTY_LISTS),
    ("different shapes", two((4, 7), (7, 5), (2, 2))),
    ("different dims", two((4,), (3, 4, 2), (5,))),
]


@pytest.mark.parametrize(("expected", "cases"), KINDS, ids=[row[0] for row in KINDS])
def test_the_kind_of_case_is_named_that_fails(expected, cases):

    def broken(*values):
        raise IndexError

    def run(function, chosen):
        return failing(lambda *values: torch.ones(2), function, chosen)

    failures, _ = run(broken, cases[::4])
    others = [case for number, case in enumerate(cases) if number % 4]
    _, passed = run(lambda *values: torch.ones(2), others)
    found = diagnose(failures, passed)
    assert found is not None
    holds(found, failures, passed)
    assert found.mistake.id == expected
    assert (found.failing, found.passed, found.mistake.passing) == (len(failures), len(passed), 0)
