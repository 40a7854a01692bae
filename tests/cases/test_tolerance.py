"""Right implementations stay inside the tolerance in any order of operations; wrong ones do not."""

import math
import warnings

import numpy as np
import pytest
import torch
from calls import array, seen, tensor

from graders.cases import tolerance
from graders.cases.layouts import lay_out
from graders.cases.tolerance import Unstable, tolerances
from graders.checks.comparison import Expectation, compare

ROUNDS = 6
CHECKS = frozenset({"returns", "type", "shape", "dtype", "values"})


def misses(reference, candidate, make, dtype):
    """Return on how many of several calls the candidate is outside the tolerance."""
    count = 0
    for round_ in range(ROUNDS):
        arguments = make(np.random.default_rng(round_), dtype)
        expected = seen(reference, *arguments)
        allowed = tolerances(lambda values: seen(reference, *values), list(arguments), expected)
        actual = seen(candidate, *arguments)
        count += compare(Expectation(expected, (), allowed), actual, CHECKS) is not None
    return count


# ---------------------------------------------------------------- the functions


def matrices(generator, dtype):
    k = int(generator.integers(1, 40))
    shapes = (5, k), (k, 4)
    return [tensor(generator.standard_normal(shape) * 10, dtype) for shape in shapes]


def backwards(a, b):
    k = a.shape[1]
    return sum(a[:, i, None] * b[None, i] for i in reversed(range(k)))


def wide(a, b):
    return (a.double() @ b.double()).to(a.dtype)


def halves(a, b):
    cut = a.shape[1] // 2
    return a[:, :cut] @ b[:cut] + a[:, cut:] @ b[cut:]


def bfloat16_product(a, b):
    return (a.bfloat16() @ b.bfloat16()).to(a.dtype)


def vectors(generator, dtype):
    return [tensor(generator.standard_normal(20) * 10.0 ** generator.integers(-2, 3), dtype)]


def far_vectors(generator, dtype):
    return [tensor(1e4 + generator.standard_normal(30), dtype)]


def plain_softmax(x):
    return x.exp() / x.exp().sum()


def shifted_softmax(x):
    e = (x - x.max()).exp()
    return e / e.sum()


def log_softmax(x):
    return (x - torch.logsumexp(x, 0)).exp()


def variance(x):
    return (x - x.mean()).square().mean()


def two_passes(x):
    total = 0.0
    for value in x - x.mean():
        total = total + value * value
    return total / len(x)


def library_variance(x):
    return x.var(unbiased=False)


def moments(x):
    return x.square().mean() - x.mean().square()


def unbiased(x):
    return x.var()


def logits(generator, dtype):
    x = generator.standard_normal((6, 4)) * 5
    return [tensor(x, dtype), tensor(generator.integers(0, 4, 6), "int64")]


def cross_entropy(x, y):
    return torch.nn.functional.cross_entropy(x, y)


def entropy_by_hand(x, y):
    return (torch.logsumexp(x, 1) - x[torch.arange(len(y)), y]).mean()


def entropy_by_loop(x, y):
    losses = [-x[i].log_softmax(0)[label] for i, label in enumerate(y)]
    return torch.stack(losses).sum() / len(losses)


def entropy_without_mean(x, y):
    return entropy_by_hand(x, y) * len(y)


def entropy_in_bits(x, y):
    return entropy_by_hand(x, y) / math.log(2)


def regression(generator, dtype):
    x = generator.standard_normal((12, 3))
    y = x @ generator.standard_normal((3, 1)) + 0.1 * generator.standard_normal((12, 1))
    return [tensor(x, dtype), tensor(y, dtype), 20]


def descend(x, y, steps):
    w = torch.zeros(x.shape[1], 1, dtype=x.dtype)
    for _ in range(steps):
        w = w - 0.1 * 2 / len(x) * x.T @ (x @ w - y)
    return w


def descend_by_autograd(x, y, steps):
    w = torch.zeros(x.shape[1], 1, dtype=x.dtype, requires_grad=True)
    for _ in range(steps):
        [gradient] = torch.autograd.grad((y - x @ w).square().mean(), w)
        with torch.no_grad():
            w -= 0.1 * gradient
    return w.detach()


def descend_with_products_first(x, y, steps):
    gram, target = x.T @ x / len(x), x.T @ y / len(x)
    w = torch.zeros_like(target)
    for _ in range(steps):
        w = w - 0.2 * (gram @ w - target)
    return w


def one_step_fewer(x, y, steps):
    return descend(x, y, steps - 1)


def points(generator, dtype):
    return [tensor(generator.standard_normal((rows, 3)), dtype) for rows in (4, 5)]


def distances(x, y):
    return (x[:, None] - y).square().sum(-1).sqrt()


def distances_by_norm(x, y):
    return torch.linalg.vector_norm(x[:, None] - y, dim=-1)


RIGHT = [
    (torch.matmul, backwards, matrices),
    (torch.matmul, wide, matrices),
    (torch.matmul, halves, matrices),
    (torch.matmul, lambda a, b: torch.einsum("ik,kj->ij", a, b), matrices),
    (torch.matmul, lambda a, b: (b.T @ a.T).T, matrices),
    (shifted_softmax, lambda x: x.softmax(0), vectors),
    (shifted_softmax, log_softmax, vectors),
    (variance, two_passes, vectors),
    (variance, library_variance, vectors),
    (variance, two_passes, far_vectors),
    (variance, library_variance, far_vectors),
    (cross_entropy, entropy_by_hand, logits),
    (cross_entropy, entropy_by_loop, logits),
    (descend, descend_by_autograd, regression),
    (descend, descend_with_products_first, regression),
    (distances, distances_by_norm, points),
    (distances, torch.cdist, points),
]
WRONG = [
    (torch.matmul, lambda a, b: a.abs() @ b, matrices),
    (variance, moments, far_vectors),
    (variance, unbiased, vectors),
    (cross_entropy, entropy_without_mean, logits),
    (cross_entropy, entropy_in_bits, logits),
    (descend, one_step_fewer, regression),
    (distances, lambda x, y: (distances(x, y).square() + 1e-3).sqrt(), points),
]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("reference", "candidate", "make"), RIGHT)
def test_a_right_implementation_is_never_failed(reference, candidate, make, dtype):
    assert misses(reference, candidate, make, dtype) == 0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("reference", "candidate", "make"), WRONG)
def test_a_wrong_implementation_is_failed_nearly_always(reference, candidate, make, dtype):
    assert misses(reference, candidate, make, dtype) >= ROUNDS - 1


def test_a_product_in_half_precision_is_failed():
    assert misses(torch.matmul, bfloat16_product, matrices, "float32") == ROUNDS


def test_an_overflow_that_the_reference_avoids_is_failed():
    def large(generator, dtype):
        return [tensor(1e3 * generator.standard_normal(10), dtype)]

    assert misses(shifted_softmax, plain_softmax, large, "float32") == ROUNDS


# ---------------------------------------------------------------- the experiment


def allowed(function, *arguments, **fixed):
    outcome = seen(function, *arguments)
    return tolerances(lambda values: seen(function, *values), list(arguments), outcome, **fixed)


def test_a_step_that_float32_happens_to_make_exactly_counts_as_rounded():
    logits = tensor([[12.0, -2.0]], "float64")

    def less_one(x):
        return x.softmax(dim=1)[:, 0] - 1

    near_one = torch.tensor(logits.numpy().copy()).softmax(dim=1)[0, 0]
    assert (near_one - near_one.float()).abs() < 0.1 * 2**-24  # float32 happens to have it
    assert allowed(less_one, logits)[()].allowed[0] > 8 * 2**-53


def test_only_floating_leaves_have_a_tolerance():
    found = allowed(lambda x: (x, x.argmax(), [1, 2.5]), tensor())
    assert [*found] == [(0,), (2, 1)]


def test_a_badly_conditioned_value_is_allowed_more():
    close = tensor([1e4 + 0.1, 1e4], "float64")
    found = allowed(lambda x: torch.stack([x[0] - x[1], x[0]]), close)[()]
    assert found.allowed[0] / abs(found.center[0]) > 1e4 * found.allowed[1] / abs(found.center[1])


def test_the_tolerance_follows_the_dtype_that_students_work_in():
    narrow, wide_ = (
        allowed(lambda x: x.sum(), tensor(dtype=d))[()] for d in ("float32", "float64")
    )
    assert 1e8 < narrow.allowed / wide_.allowed < 1e9


def test_an_argument_that_is_changed_in_place_has_a_tolerance():
    found = allowed(lambda x: x.mul_(0.1), tensor())
    assert {(), ("argument", 0)} == {*found}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_numbers_that_may_cancel_leave_room_for_their_own_rounding(dtype):
    x = tensor([1234.567] * 7, dtype)
    without = allowed(lambda x: x - x[0], x)[()].allowed
    found = allowed(lambda x: x - x[0], x, cancels=[x])[()].allowed
    off = np.abs(seen(lambda x: x - x.sum() / 7, x).value.numpy())
    assert (without < np.finfo(dtype).eps * 1e-3).all()
    assert (off < found).all()
    assert (found < 100 * 1234.567 * np.finfo(dtype).eps).all()


def test_the_authors_tolerances_replace_the_experiment():
    [found] = allowed(lambda x: x * 2, tensor([1.0, 5.0]), rtol=0.1, atol=0.5).values()
    assert found.allowed == pytest.approx([0.7, 1.5])


def test_special_values_stay_what_they_are():
    [found] = allowed(lambda x: x * 2, tensor([np.nan, np.inf, -np.inf, 1.0])).values()
    assert np.isnan(found.center[0])
    assert found.center[1:].tolist() == [np.inf, -np.inf, 2.0]
    assert np.isfinite(found.allowed).all()


def test_an_overflow_in_the_working_dtype_is_expected_there():
    [found] = allowed(lambda x: x.exp(), tensor([100.0])).values()
    assert found.center.tolist() == [np.inf]


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x.argmin(),
        lambda x: x[0] > x[1],
        lambda x: torch.zeros(2 if x[0] > x[1] else 3),
        lambda x: [1] if x[0] > x[1] else [1, 2],
        lambda x: 1 if x[0] > x[1] else 1.0,
    ],
)
def test_a_result_that_flips_under_rounding_is_unstable(function):
    close = tensor([1.0, 1.0 - 2**-24])
    with pytest.raises(Unstable):
        allowed(function, close)


def test_an_exception_that_comes_and_goes_under_rounding_is_unstable():
    def picky(x):
        if x[0] > x[1]:
            raise ValueError
        return x

    with pytest.raises(Unstable):
        allowed(picky, tensor([1.0, 1.0 - 2**-24]))


@pytest.mark.parametrize("make", [tensor, array])
def test_ties_and_zeros_are_kept_by_the_experiment(make):
    found = allowed(lambda x: (x == x[0]).sum() * 1.0 + (x == 0).sum(), make([2.0, 2.0, 0.0]))
    assert len(found) == 1  # and not Unstable


def test_whole_numbers_are_left_alone_by_the_experiment():
    assert allowed(lambda n, x: x // n, 3, tensor(dtype="int64")) == {}


def test_infinite_complex_numbers_are_moved_without_a_warning():
    numbers = np.array([complex(np.inf, 1), complex(1, -np.inf), complex(np.nan, 0), 1 + 1j])
    argument = lay_out("tensor", "complex64", numbers.astype(np.complex64))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        moved = tolerance._nudged(argument, 1e-3, np.random.default_rng(0))
    assert np.isfinite(moved.numpy()).tolist() == [False, False, False, True]
