"""expect: passed
question: corner
also: column passed

Keeps its arguments and results and writes over them in the next call, when the worker should long
be done with them. Each right answer counts as it was when it was returned.
"""

kept = []


def corner(x, rows, columns):
    for tensor in kept:
        tensor.zero_()
    kept[:] = [x, x[:rows, :columns]]
    return x[:rows, :columns]


def column(x, j):
    for tensor in kept:
        tensor.zero_()
    return x[:, j]
