"""Reference solutions for hw5: train linear regression."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor


def make_line_data(
    n: int, slope: float, intercept: float, noise: float, seed: int
) -> tuple[Tensor, Tensor]:
    """Normal x [n, 1] and y [n, 1] on a line with normal noise, drawn from the seed."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 1, generator=generator)
    e = torch.randn(n, 1, generator=generator)
    return x, slope * x + intercept + noise * e


def predict(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Linear model of x [n, features] with w [features, 1] and b [1]: [n, 1]."""
    return x @ w + b


def mean_squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference of prediction [n, 1] and target [n, 1] or [n]: 0-dim."""
    error = prediction - target.reshape(prediction.shape)
    return error.square().mean()


def mse_gradients(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Gradients of the mean squared error in w and in b: [features, 1] and [1]."""
    error = predict(x, w, b) - y
    grad_w = 2 * x.T @ error / len(x)
    grad_b = 2 * error.mean(dim=0)
    return grad_w, grad_b


def sgd_step(parameters: Sequence[Tensor], gradients: Sequence[Tensor], lr: float) -> None:
    """Move every parameter one step of size lr against its gradient, in place."""
    with torch.no_grad():
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= lr * gradient


def minibatches(
    x: Tensor, y: Tensor, batch_size: int, seed: int
) -> Iterator[tuple[Tensor, Tensor]]:
    """Shuffled batches of x [n, features] and y [n, 1], the last one perhaps smaller."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator)
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], y[rows]


def fit_gradient_descent(
    x: Tensor, y: Tensor, lr: float, epochs: int
) -> tuple[Tensor, Tensor, list[float]]:
    """Full-batch descent from zeros: w [features, 1], b [1] and the loss before each update."""
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for _ in range(epochs):
        losses.append(mean_squared_error(predict(x, w, b), y).item())
        sgd_step([w, b], mse_gradients(x, y, w, b), lr)
    return w, b, losses


def fit_minibatch_sgd(
    x: Tensor, y: Tensor, lr: float, epochs: int, batch_size: int, seed: int
) -> tuple[Tensor, Tensor, list[float]]:
    """Mini-batch descent from zeros: w [features, 1], b [1] and the mean loss of each epoch."""
    w = x.new_zeros(x.shape[1], 1)
    b = x.new_zeros(1)
    losses = []
    for epoch in range(epochs):
        batch_losses = []
        for x_batch, y_batch in minibatches(x, y, batch_size, seed + epoch):
            batch_losses.append(mean_squared_error(predict(x_batch, w, b), y_batch).item())
            sgd_step([w, b], mse_gradients(x_batch, y_batch, w, b), lr)
        losses.append(sum(batch_losses) / len(batch_losses))
    return w, b, losses


def r_squared(prediction: Tensor, target: Tensor) -> Tensor:
    """Share of the variance of target [n, 1] or [n] that prediction [n, 1] explains: 0-dim."""
    target = target.reshape(prediction.shape)
    residual = (target - prediction).square().sum()
    total = (target - target.mean()).square().sum()
    return 1 - residual / total
