"""expect: passed

A helper multiplies matrices, but only another question, which may do so, calls it.
"""


def product(a, b):
    return a @ b


def batched_matmul(a, b):
    return product(a, b)


def dot(a, b):
    return sum_of((a * b).double(), a.dtype)


def sum_of(values, dtype):
    return values.sum().to(dtype)
