"""expect: passed

Another question of the same file, where autograd is allowed, uses it; this function does not.
"""

import torch
from torch import autograd


def sum_of_squares_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    (leaf**2).sum().backward()
    return leaf.grad


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    return autograd.grad((leaf * leaf.detach()).sum(), leaf)[0]


def relu_backward(grad_output, z):
    return grad_output * (z > 0).to(grad_output.dtype)


if __name__ == "__main__":
    z = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
    torch.relu(z).sum().backward()
    print(z.grad, relu_backward(torch.ones(3), z.detach()))
