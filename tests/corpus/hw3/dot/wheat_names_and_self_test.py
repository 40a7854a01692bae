"""expect: passed

Calls a variable mm and compares with a @ b in its self-test, never inside dot.
"""

import torch


def dot(a, b):
    # no matmul, no einsum: multiply and add up
    mm = a * b
    return mm.sum()


def self_test():
    a = torch.arange(4.0)
    assert torch.equal(dot(a, a), a @ a)


if __name__ == "__main__":
    self_test()
