"""expect: passed

Compares with autograd in its self-test, never inside the function.
"""

import torch


def mse_gradients(x, y, w, b):
    error = x @ w + b - y
    return 2 * x.T @ error / len(x), 2 * error.mean(dim=0)


def self_test():
    x, y = torch.randn(5, 2), torch.randn(5, 1)
    w, b = torch.randn(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    ((x @ w + b - y) ** 2).mean().backward()
    grad_w, grad_b = mse_gradients(x, y, w.detach(), b.detach())
    assert torch.allclose(grad_w, w.grad) and torch.allclose(grad_b, b.grad)


if __name__ == "__main__":
    self_test()
