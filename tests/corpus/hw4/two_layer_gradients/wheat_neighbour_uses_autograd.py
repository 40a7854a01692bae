"""expect: passed

Another question of the same file, where autograd is allowed, uses it; this function does not.
"""

import torch


def linear_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_()
    b = b.detach().clone().requires_grad_()
    ((x @ w + b - y) ** 2).mean().backward()
    return w.grad, b.grad


def check_against_autograd():
    x, y = torch.randn(4, 3), torch.randn(4, 2)
    w1, b1, w2, b2 = torch.randn(3, 5), torch.randn(5), torch.randn(5, 2), torch.randn(2)
    leaves = [t.requires_grad_() for t in (w1, b1, w2, b2)]
    ((torch.relu(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean().backward()
    found = two_layer_gradients(x, y, *(t.detach() for t in leaves))
    assert all(torch.allclose(a.grad, b) for a, b in zip(leaves, found.values()))


def two_layer_gradients(x, y, w1, b1, w2, b2):
    """What loss.backward() would leave in w1.grad and so on, without torch.autograd."""
    z = x @ w1 + b1
    a = torch.relu(z)
    dy = 2 / y.numel() * (a @ w2 + b2 - y)
    dz = (dy @ w2.T) * (z > 0)
    return {"w1": x.T @ dz, "b1": dz.sum(0), "w2": a.T @ dy, "b2": dy.sum(0)}
