"""expect: device failed

Adds through the NumPy view of total, which only CPU tensors have.
"""


def accumulate_(total, x):
    values = total.detach().numpy()
    values += x.detach().numpy()
    return total
