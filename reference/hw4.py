"""Autograd, and back-propagation by hand."""

import torch
from torch import Tensor
from torch.nn.functional import one_hot


def polynomial_slope(coefficients: list[float], x: Tensor) -> Tensor:
    """Slope dy/dx of y = sum(c_i * x**i) at x []: []."""
    x = x.detach().requires_grad_()
    y = torch.stack([c * x**i for i, c in enumerate(coefficients)]).sum()
    (slope,) = torch.autograd.grad(y, x)
    return slope


def sum_of_squares_gradient(x: Tensor) -> Tensor:
    """Gradient of the sum of the squares of x [...]: [...]."""
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((x**2).sum(), x)
    return gradient


def accumulated_gradient(x: Tensor, times: int) -> Tensor:
    """Gradient of the sum of the squares of x [...], added up over backward passes: [...]."""
    x = x.detach().requires_grad_()
    x.grad = torch.zeros_like(x)
    for _ in range(times):
        torch.autograd.backward((x**2).sum())
    return x.grad


def detached_product_gradient(x: Tensor) -> Tensor:
    """Gradient of (x * x.detach()).sum() for x [...]: [...]."""
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad((x * x.detach()).sum(), x)
    return gradient


def linear_gradients(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Gradients of the mean squared error of x [n, in] @ w + b against y [n, out].

    They have the shapes of w [in, out] and b [out].
    """
    w = w.detach().requires_grad_()
    b = b.detach().requires_grad_()
    loss = (x @ w + b - y).square().mean()
    grad_w, grad_b = torch.autograd.grad(loss, (w, b))
    return grad_w, grad_b


def relu_backward(grad_output: Tensor, z: Tensor) -> Tensor:
    """Gradient with respect to z of relu(z), given that of its output, both [...]: [...]."""
    return grad_output * (z > 0)


def sigmoid_backward(grad_output: Tensor, z: Tensor) -> Tensor:
    """Gradient with respect to z of sigmoid(z), given that of its output, both [...]: [...]."""
    s = z.sigmoid()
    return grad_output * s * (1 - s)


def linear_backward(grad_output: Tensor, x: Tensor, w: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of x [n, in] @ w [in, out] + b [out], given that of its output [n, out].

    They have the shapes of x, w and b.
    """
    grad_x = grad_output @ w.T
    grad_w = x.T @ grad_output
    grad_b = grad_output.sum(dim=0)
    return grad_x, grad_w, grad_b


def mse_backward(prediction: Tensor, target: Tensor) -> Tensor:
    """Gradient of the mean of (prediction - target)**2, both [...]: [...]."""
    return 2 * (prediction - target) / prediction.numel()


def softmax_cross_entropy_backward(logits: Tensor, labels: Tensor) -> Tensor:
    """Gradient of the mean cross-entropy of logits [n, classes] for labels [n]: [n, classes]."""
    n, classes = logits.shape
    return (logits.softmax(dim=1) - one_hot(labels, classes)) / n


def two_layer_gradients(
    x: Tensor, y: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor
) -> dict[str, Tensor]:
    """Gradients of the mean squared error of relu(x @ w1 + b1) @ w2 + b2 against y.

    The shapes are x [n, in], w1 [in, hidden], b1 [hidden], w2 [hidden, out], b2 [out], y [n, out].
    """
    z = x @ w1 + b1
    hidden = z.relu()
    prediction = hidden @ w2 + b2

    grad_prediction = mse_backward(prediction, y)
    grad_hidden, grad_w2, grad_b2 = linear_backward(grad_prediction, hidden, w2)
    grad_z = relu_backward(grad_hidden, z)
    _, grad_w1, grad_b1 = linear_backward(grad_z, x, w1)
    return {"w1": grad_w1, "b1": grad_b1, "w2": grad_w2, "b2": grad_b2}
