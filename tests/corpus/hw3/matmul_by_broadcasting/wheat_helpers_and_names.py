"""expect: passed

Uses own helpers named bmm_shapes and linear, while the real calls occur only in its self-test.
"""

import torch


def bmm_shapes(a, b):
    return a[:, :, None], b[None, :, :]


def linear(left, right):
    return left * right


def matmul_by_broadcasting(a, b):
    left, right = bmm_shapes(a, b)
    mm = linear(left, right)  # elementwise, not matmul
    return mm.sum(dim=1)


def self_test():
    for size in range(1, 4):
        a = torch.ones(size, 2)
        assert torch.equal(matmul_by_broadcasting(a, a.T), a @ a.T)


if __name__ == "__main__":
    self_test()
