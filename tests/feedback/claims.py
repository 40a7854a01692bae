"""Looks whether what a diagnosis claims is true, in ways of its own: with PyTorch, case by case."""

import math
import re
from fractions import Fraction

import numpy as np
import torch
from failing import as_torch

from graders.checks import mismatch as m
from graders.checks import mistake as k
from graders.checks.outcome import items_of
from graders.worker.wire import Iterated, ResultTensor, tensors_in

CLOSE = 2e-3  # claims give numbers with four digits


def holds(found, failures, passed, *, anew=False):
    """Assert that every word of a diagnosis is true.

    Of cases that it was not made from (`anew`) it does not count those that pass.
    """
    shown, others = the_failures(found, failures)
    passed = [*passed, *others]
    if not anew:
        assert (found.failing, found.passed) == (len(shown), len(passed))
        assert found.failing >= 3
    for kind in (found.kind, found.mistake):
        if isinstance(kind, k.KindOfCase):
            assert all(has_trait(kind.trait, failure.case.arguments) for failure in shown), kind
            having = sum(has_trait(kind.trait, case.arguments) for case in passed)
            assert anew or having == kind.passing, kind
    match found.mistake:
        case k.KindOfCase():
            return
        case k.FixedDtype(dtype):
            outcomes = [f.actual for f in shown] + [case.observed.outcome() for case in passed]
            values = [dict(leaves(outcome.value)).get(found.places[0]) for outcome in outcomes]
            assert {value.dtype for value in values if value is not None} == {dtype}
        case k.PartsExchanged() | k.OtherCuts():
            for failure in shown:
                WHOLE[type(found.mistake)](found.mistake, failure)
        case _:
            for failure in shown:
                parts_hold(found, failure, anew)


def the_failures(found, failures):
    """Return the failures that a diagnosis speaks about, and the cases of the others."""
    if not found.partial:
        return failures, []
    first = min((f.mismatch.check for f in failures), key=m.ORDER.index)
    others = [f.case for f in failures if f.mismatch.check != first]
    return [f for f in failures if f.mismatch.check == first], others


def parts_hold(found, failure, anew):
    arguments = as_torch(failure.case.arguments)
    wrong = list(wrong_parts(found, failure))
    assert wrong, "a case whose result is right"
    if not found.scattered and len(found.places) > 1 and not anew:
        assert {place for place, *_ in wrong} == {*found.places}
    for _, expected, actual in wrong:
        claim = CLAIMS[type(found.mistake)]
        assert claim(found.mistake, expected, actual, arguments), (found, expected, actual)


def close(left, right):
    left, right = np.asarray(left, np.complex128), np.asarray(right, np.complex128)
    if left.shape != right.shape:
        return False
    finite = np.isfinite(left) & np.isfinite(right)
    scale = np.abs(right[finite]).max(initial=1e-12)
    near = np.abs(left[finite] - right[finite]) <= CLOSE * np.abs(right[finite]) + 1e-5 * scale
    return bool(near.all()) and np.array_equal(left[~finite], right[~finite], equal_nan=True)


# ---------------------------------------------------------------- parts


def leaves(value, place=()):
    parted = isinstance(value, Iterated)
    if isinstance(value, list | tuple):
        parted = not all(isinstance(v, int | float) for v in value)
    if parted:
        for number, item in enumerate(items_of(value)):
            yield from leaves(item, (*place, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*place, key))
    else:
        yield place, value


def numbers(value):
    if isinstance(value, ResultTensor):
        return value.numpy().astype(np.float64) if value.dtype != "bool" else value.numpy()
    return np.asarray(value)


def wrong_parts(found, failure):
    expected = dict(leaves(failure.case.observed.outcome().value))
    actual = dict(leaves(failure.actual.value))
    if found.places and found.places[0][:1] == ("argument",):
        yield from wrong_changes(failure)
    elif found.places and ":" in found.places[0]:
        for place in found.places:
            yield place, *both_joined(expected, actual, place)
    else:
        for place, value in expected.items():
            assert place in actual, f"{place} is missing"
            left, right = numbers(value), numbers(actual[place])
            if not exactly(left, right, failure.case.tolerances.get(place)):
                assert place in found.places, f"{place} is wrong as well"
                yield place, left, right


def exactly(left, right, tolerance):
    if left.shape != right.shape:
        return False
    if tolerance is None:
        return np.array_equal(left, right)
    off = np.abs(right - tolerance.center) > tolerance.allowed
    odd = ~np.isfinite(right) | ~np.isfinite(tolerance.center)
    alike = np.isclose(right, tolerance.center, rtol=0, atol=0, equal_nan=True)
    return not (off & ~odd).any() and bool((alike | ~odd).all())


def both_joined(expected, actual, place):
    """Return the rows of all batches that iterators gave; `place` has ":" for any batch."""
    left, right = (batches(found, place) for found in (expected, actual))
    assert len({batch.shape[1:] for batch in left + right}) == 1, f"rows of two widths at {place}"
    nothing = [(left + right)[0][:0]]
    return np.concatenate(left or nothing), np.concatenate(right or nothing)


def batches(found, place):
    return [numbers(value) for at, value in found.items() if at[1:] == place[1:]]


def wrong_changes(failure):
    outcome = failure.case.observed.outcome()
    tensors = list(tensors_in(list(failure.case.arguments.values())))
    for number, after in outcome.changed.items():
        before = tensors[number].numpy()
        wanted, got = numbers(after) - before, numbers(failure.actual.changed[number]) - before
        if not close(wanted, got):
            yield ("argument", number), wanted, got


# ---------------------------------------------------------------- claims about parts


def squeezed(shape):
    return [size for size in shape if size != 1]


def order_of(mistake, ndim):
    match mistake:
        case k.Transposed(None) | k.SizesExchanged(None):
            return (1, 0)
        case k.Transposed((i, j)) | k.SizesExchanged((i, j)):
            order = list(range(ndim))
            order[i], order[j] = order[j], order[i]
            return tuple(order)
        case k.Permuted(None):
            return tuple(reversed(range(ndim)))
        case k.Permuted(order):
            return order
        case k.AxisMoved(True):
            return (ndim - 1, *range(ndim - 1))
    return (*range(1, ndim), 0)


def rearranged(mistake, e, a, _):
    return close(a, e.transpose(order_of(mistake, e.ndim)))


def same_order(e, a):
    return e.shape != a.shape and close(a.reshape(-1), e.reshape(-1))


def sized_one(step):
    def claim(_, e, a, __):
        return squeezed(e.shape) == squeezed(a.shape) and same_order(e, a) and step(a.ndim - e.ndim)

    return claim


def without(array, axis, end):
    for one in range(array.ndim) if axis is None else (axis,):
        array = np.delete(array, 0 if end == "first" else array.shape[one] - 1, one)
    return array


def off_by_one(sign):
    def claim(mistake, e, a, _):
        shorter, longer = (a, e) if sign < 0 else (e, a)
        axes = range(e.ndim) if mistake.axis is None else (mistake.axis,)
        assert all(longer.shape[axis] == shorter.shape[axis] + 1 for axis in axes)
        return mistake.end == "any" or close(without(longer, mistake.axis, mistake.end), shorter)

    return claim


def shifted(mistake, e, a, _):
    left, right = (a, e) if mistake.by > 0 else (e, a)
    size = e.shape[mistake.axis]
    taken = np.take(left, range(size - 1), mistake.axis)
    return close(taken, np.take(right, range(1, size), mistake.axis))


def reduced(mistake, e, a, _):
    done = getattr(torch.tensor(e), mistake.operation)
    value = done() if mistake.axis is None else done(dim=mistake.axis)
    return close(a.reshape(-1), value.numpy().reshape(-1))


def value_of(code, arguments):
    code = code.replace("np.", "torch.") if "torch" not in code else code
    return eval(code, {"torch": torch, **arguments})


def factor(text):
    def claim(mistake, e, a, arguments):
        value = np.asarray(value_of(text(mistake), arguments), np.float64)
        with np.errstate(all="ignore"):
            product = np.broadcast_to(value, e.shape) * e
        usable = np.isfinite(product)
        return close(np.where(usable, a, 0), np.where(usable, product, 0))

    return claim


def divisor(mistake):
    n = mistake.count
    ratio = f"({n} / ({n} - 1))" if mistake.less_one else f"(({n} - 1) / {n})"
    return f"{ratio}**0.5" if mistake.root else ratio


def offset(mistake, e, a, arguments):
    value = np.asarray(value_of(mistake.offset, arguments), np.float64)
    return close(a, e + value if mistake.more else e - value)


APPLIED = {
    "absolute value": torch.abs,
    "truncated": torch.trunc,
    "rounded down": torch.floor,
    "rounded up": torch.ceil,
    "negatives to zero": torch.relu,
    "positives to zero": lambda y: -torch.relu(-y),
    "square root": torch.sqrt,
    "squared": torch.square,
    "reciprocal": torch.reciprocal,
    "one minus": lambda y: 1 - y,
    "exponential": torch.exp,
    "logarithm": torch.log,
    "arc cosine": torch.arccos,
    "sign only": torch.sign,
    "negated": torch.logical_not,
}


def is_applied(mistake, e, a, _):
    return close(a, APPLIED[mistake.function](torch.tensor(e)).numpy())


def equals_code(mistake, e, a, arguments):
    value = value_of(mistake.code, arguments)
    if not isinstance(value, torch.Tensor):
        return close(a, value)
    value = value.to(torch.float64).numpy()
    free = by_rounding(mistake, value, arguments)
    if getattr(mistake, "guarded", False):
        free |= ~np.isfinite(value)
    return close(a, value) or close(np.where(free, value, a), value)


def by_rounding(mistake, value, arguments):
    """Return which elements change much when the arguments are rounded."""
    torch.manual_seed(0)
    eps = {name: torch.finfo(v.dtype).eps for name, v in arguments.items() if is_float(v)}
    nudged = {
        name: v * (1 + eps[name] * torch.empty_like(v, dtype=torch.float64).uniform_(-1, 1))
        if name in eps
        else v
        for name, v in arguments.items()
    }
    with np.errstate(all="ignore"):
        moved = np.abs(value_of(mistake.code, nudged).to(torch.float64).numpy() - value)
        return moved > 1e-4 * np.abs(value) + 1e-9


def is_float(value):
    return isinstance(value, torch.Tensor) and value.is_floating_point()


def in_order(mistake, e, a, arguments):
    found = [value_of(code, arguments) for code in mistake.arguments]
    flat = [part for item in found for part in (item if isinstance(item, list) else [item])]
    values = torch.cat([part.reshape(-1) for part in flat])
    return e.shape == a.shape and close(a.reshape(-1), values.to(torch.float64))


def not_finite(mistake, e, a, arguments):
    wrong = ~np.isclose(a, e, rtol=1e-9, equal_nan=True) & ~np.isfinite(a)
    kinds = {"nan": np.isnan, "inf": np.isinf, "both": lambda x: ~np.isfinite(x)}
    assert wrong.any()
    assert np.isfinite(e[wrong]).all()
    if mistake.where is not None:
        assert not (wrong & ~places(mistake.where, e.shape, arguments)).any()
    return bool(kinds[mistake.found](a[wrong]).all())


def places(kind, shape, arguments):
    """Return where places of a kind are."""
    x = np.asarray(arguments[kind.argument]) if kind.argument else None
    at = np.indices(shape)
    match kind.kind:
        case "zeros":
            return x == 0
        case "negative":
            return x < 0
        case "positive":
            return x > 0
        case "large positive":
            return x > 50
        case "large negative":
            return x < -50
        case "not finite":
            return ~np.isfinite(x)
        case "constant column":
            return np.broadcast_to([len({*column}) == 1 for column in x.T], shape)
        case "at labels":
            return at[1] == x[:, None]
        case "not at labels":
            return at[1] != x[:, None]
        case "first":
            return at[kind.axis] == 0
        case "last":
            return at[kind.axis] == shape[kind.axis] - 1
        case "diagonal":
            return at[0] == at[1]
    return at[0] != at[1]


def only_places(mistake, e, a, arguments):
    wrong = ~np.isclose(a, e, rtol=1e-3, atol=1e-5, equal_nan=True)
    return not (wrong & ~places(mistake, e.shape, arguments)).any()


def short(mistake, e, a, _):
    kept = torch.tensor(a).to(getattr(torch, mistake.dtype)).to(torch.float64).numpy()
    return np.array_equal(kept, a, equal_nan=True)


def digits(mistake, e, a, _):
    return np.abs(a - e).max() <= 10.0**-mistake.digits * np.abs(e).max()


def proportional(_, e, a, __):
    top = np.argmax(np.abs(e))
    return close(a, e * (a.flat[top] / e.flat[top]))


def end_excluded(_, e, a, __):
    steps = np.diff(e)
    assert np.allclose(steps, steps[0], rtol=1e-3)
    return np.allclose(np.diff(a) * len(e), steps * (len(e) - 1), rtol=1e-3)


def number(text):
    return float(Fraction(text)) if "/" in text else float(text)


CLAIMS = {
    k.Transposed: rearranged,
    k.Permuted: rearranged,
    k.AxisMoved: rearranged,
    k.SizesExchanged: lambda f, e, a, _: (
        a.shape == np.empty(e.shape).transpose(order_of(f, e.ndim)).shape
    ),
    k.SizesReordered: lambda f, e, a, _: sorted(a.shape) == sorted(e.shape),
    k.SizeOneMissing: sized_one(lambda step: step < 0),
    k.SizeOneExtra: sized_one(lambda step: step > 0),
    k.SizeOneMoved: sized_one(lambda step: step == 0),
    k.Flattened: lambda f, e, a, _: same_order(e, a) and a.ndim == 1,
    k.Reshaped: lambda f, e, a, _: same_order(e, a),
    k.ColumnByColumn: lambda f, e, a, _: close(a.ravel(order="F"), e.ravel()),
    k.Reversed: lambda f, e, a, _: close(a, np.flip(e, f.axis)),
    k.Shifted: shifted,
    k.OneShort: off_by_one(-1),
    k.OneTooMany: off_by_one(1),
    k.EndExcluded: end_excluded,
    k.CutShort: lambda f, e, a, _: len(a) < len(e) and close(a, e[: len(a)]),
    k.TooLong: lambda f, e, a, _: len(a) > len(e) and close(e, a[: len(e)]),
    k.Reordered: lambda f, e, a, _: close(np.sort(a, axis=None), np.sort(e, axis=None)),
    k.Broadcast: lambda f, e, a, _: close(a, np.broadcast_to(e, a.shape)),
    k.NotBroadcast: lambda f, e, a, _: close(e, np.broadcast_to(a, e.shape)),
    k.NotReduced: lambda f, e, a, _: reduced(f, a, e, _),
    k.Reduced: reduced,
    k.Sign: lambda f, e, a, _: close(a, -e),
    k.Factor: lambda f, e, a, _: close(a, e * number(f.factor)),
    k.ArgumentFactor: factor(lambda f: f.factor),
    k.SumForMean: factor(lambda f: f.count),
    k.MeanForSum: factor(lambda f: f"1 / {f.count}"),
    k.OtherDivisor: factor(divisor),
    k.Offset: offset,
    k.Applied: is_applied,
    k.RoundedTo: lambda f, e, a, _: close(a, np.round(e, f.decimals)),
    k.Proportional: proportional,
    k.ArgumentReturned: lambda f, e, a, v: close(a, value_of(f.argument, v)),
    k.ArgumentOrder: in_order,
    k.OtherAxis: equals_code,
    k.OtherOperation: equals_code,
    k.Zeros: lambda f, e, a, _: not a.any(),
    k.Constant: lambda f, e, a, _: len({*a.flat}) == 1,
    k.NotFinite: not_finite,
    k.LowPrecision: short,
    k.FewDigits: digits,
    k.OnlyPlaces: only_places,
    k.OnlyParts: lambda f, e, a, _: True,
}


def exchanged(mistake, failure):
    expected = dict(leaves(failure.case.observed.outcome().value))
    actual = dict(leaves(failure.actual.value))
    for place, held in zip(mistake.places, mistake.holds, strict=True):
        assert place in actual, f"{place} is missing"
        assert close(numbers(actual[place]), numbers(expected[held]))


def cut_elsewhere(_, failure):
    values = failure.case.observed.outcome().value, failure.actual.value
    expected, actual = (dict(leaves(value)) for value in values)
    assert sizes(expected) != sizes(actual), "the batches have the expected sizes"
    for inside in {place[1:] for place in (*expected, *actual)}:
        assert close(*both_joined(expected, actual, (":", *inside)))


def sizes(found):
    return {place: len(numbers(batch)) for place, batch in found.items()}


WHOLE = {k.PartsExchanged: exchanged, k.OtherCuts: cut_elsewhere}


# ---------------------------------------------------------------- claims about arguments

CODE = {
    "dims": "{x}.ndim == {detail}",
    "other dims": "{x}.ndim != {detail}",
    "fewer dims": "{x}.ndim < {detail}",
    "more dims": "{x}.ndim > {detail}",
    "size 0": "{x}.shape[{detail}] == 0",
    "size above 1": "{x}.shape[{detail}] > 1",
    "non-contiguous": "not {x}.is_contiguous()",
    "contiguous argument": "{x}.is_contiguous()",
    "empty": "{x}.numel() == 0",
    "not floating": "not {x}.is_floating_point()",
    "with grad": "{x}.requires_grad",
    "one element": "{x}.numel() == 1",
    "several elements": "{x}.numel() != 1",
    "square": "{x}.shape[-1] == {x}.shape[-2]",
    "not square": "{x}.shape[-1] != {x}.shape[-2]",
    "more columns than rows": "{x}.shape[-1] > {x}.shape[-2]",
    "more rows than columns": "{x}.shape[-1] < {x}.shape[-2]",
    "no items": "len({x}) == 0",
    "one item": "len({x}) == 1",
    "several items": "len({x}) > 1",
    "one choice": "{x} == {detail}",
    "negative number": "{x} < 0",
    "zero": "{x} == 0",
    "one": "{x} == 1",
    "above 1": "{x} > 1",
    "positive number": "{x} > 0",
    "fraction": "{x} % 1 != 0",
    "different dims": "{x}.ndim != {detail}.ndim",
    "different shapes": "{x}.shape != {detail}.shape",
    "different lengths": "{x}.shape[0] != {detail}.shape[0]",
    "different widths": "{x}.shape[-1] != {detail}.shape[-1]",
    "infinite values": "not torch.tensor({x}).isfinite().all()",
    "negative numbers": "(torch.tensor({x}) < 0).any()",
    "positive numbers": "(torch.tensor({x}) > 0).any()",
    "large positive": "(torch.tensor({x}) > 50).any()",
    "large negative": "(torch.tensor({x}) < -50).any()",
    "large values": "(torch.tensor({x}).abs() > 50).any()",
    "with zeros": "(torch.tensor({x}) == 0).any()",
    "fractions": "(torch.tensor({x}) % 1 != 0).any()",
    "constant column": "({x} == {x}[0]).all(0).any()",
    "ties": "torch.tensor({x}).unique().numel() < torch.tensor({x}).numel()",
}
ANY = {"non-contiguous", "empty", "with grad", "negative argument"}


def has_trait(trait, arguments):
    """Say whether a case has a trait, by code that is evaluated with PyTorch."""
    values = as_torch(arguments)
    if trait.id == "negative argument":
        return any(isinstance(v, int | float) and v < 0 for v in values.values())
    if trait.id in ANY and not trait.argument:
        tensors = [name for name, v in values.items() if isinstance(v, torch.Tensor)]
        return any(has_trait(k.Trait(trait.id, name), arguments) for name in tensors)
    if trait.argument not in values:  # a part of one, in code
        code = CODE[trait.id].format(x=trait.argument, detail=trait.detail)
        return bool(eval(code, {"torch": torch, **values}))
    value = values[trait.argument]
    if trait.id.startswith("only "):
        return of_dtype(value, trait.id.removeprefix("only "))
    if holds_tensors(value) and "item" not in trait.id:
        items = arguments[trait.argument]
        return any(has_trait(trait, {trait.argument: item}) for item in items)
    if trait.id == "size 1":
        return 1 in value.shape if not trait.detail else value.shape[int(trait.detail)] == 1
    names = {"x": trait.argument, "detail": trait.detail}
    code = CODE[trait.id].format(**names)
    if isinstance(value, torch.Tensor):
        code = re.sub(r"torch\.tensor\((\w+)\)", r"\1", code)
    try:
        return bool(eval(code, {"torch": torch, "math": math, **values}))
    except IndexError:
        return False


def of_dtype(value, dtype):
    if holds_tensors(value):
        return value[0].dtype == getattr(torch, dtype)
    if isinstance(value, torch.Tensor):
        return value.dtype == getattr(torch, dtype)
    return {"b": "bool", "i": "int64", "f": "float64"}[np.asarray(value).dtype.kind] == dtype


def holds_tensors(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], torch.Tensor)
