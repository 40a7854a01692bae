"""Steps are rounded where they are inexact, by as much as is said, and nowhere else."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from graders.cases.rounding import RandomRounding

EPS = 1e-6
X = torch.linspace(0.1, 3.0, 12, dtype=torch.float64).reshape(3, 4)


def rounded(function, *arguments, seed=0, eps=EPS):
    with RandomRounding(eps, seed):
        return function(*arguments)


INEXACT = {
    "sum": lambda x: x + 1,
    "in place": lambda x: x.clone().mul_(2),
    "out": lambda x: torch.exp(x, out=torch.empty_like(x)),
    "matrix product": lambda x: x @ x.T,
    "mean": lambda x: x.mean(dim=0),
    "softmax": lambda x: x.softmax(dim=1),
    "one of several results": lambda x: torch.var_mean(x, dim=0)[0],
    "einsum": lambda x: torch.einsum("ij,kj->ik", x, x),
    "linear layer": lambda x: torch.nn.functional.linear(x, x, x[:, 0]),
    "loss": lambda x: torch.nn.functional.mse_loss(x, x + 1),
    "complex": lambda x: x.to(torch.complex128) * 1j,
}
EXACT = {
    "view": lambda x: x.T[1:],
    "copy": lambda x: x.clone(),
    "choice": lambda x: torch.where(x > 1, x, 0),
    "largest": lambda x: x.max(dim=0).values,
    "joined": lambda x: torch.cat([x, x]),
    "order": lambda x: x.sort(dim=1, descending=True).values,
    "relu": lambda x: (-x).relu(),
    "whole numbers": lambda x: x.long() * 3,
    "truth values": lambda x: x > 1,
}


@pytest.mark.parametrize("function", INEXACT.values(), ids=INEXACT)
def test_what_is_inexact_is_rounded_by_no_more_than_is_asked(function):
    plain, other = function(X), rounded(function, X)
    assert not torch.equal(plain, other)
    assert ((other - plain).abs() <= 4 * EPS * plain.abs()).all()


@pytest.mark.parametrize("function", EXACT.values(), ids=EXACT)
def test_what_is_exact_stays(function):
    assert torch.equal(rounded(function, X), function(X))


@given(seed=st.integers(0, 2**32))
def test_the_same_seed_rounds_alike_and_zero_stays_zero(seed):
    def function():
        return (X - 1) * torch.tensor([0.0, 1.0, 2.0, 3.0])

    one, again = rounded(function, seed=seed), rounded(function, seed=seed)
    assert torch.equal(one, again)
    assert (one[:, 0] == 0).all()


def test_sums_of_small_whole_numbers_are_exact():
    x = torch.arange(-6.0, 6.0, dtype=torch.float64).reshape(3, 4)
    for function in (lambda x: x @ x.T - 7, lambda x: x.sum() / 4, lambda x: (x * 0.25).relu()):
        assert torch.equal(rounded(function, x), function(x))


def test_backward_passes_are_rounded():
    def gradient():
        x = X.clone().requires_grad_()
        return torch.autograd.grad(x.exp().sum(), x)[0]

    assert not torch.equal(rounded(gradient), gradient())
    assert torch.allclose(rounded(gradient), gradient(), rtol=4 * EPS, atol=0)


def test_random_numbers_are_drawn_as_ever():
    def draw():
        torch.manual_seed(0)
        return torch.randn(3), torch.get_rng_state()

    for plain, other in zip(draw(), rounded(draw), strict=True):
        assert torch.equal(plain, other)
