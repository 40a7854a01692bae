"""expect: passed
question: corner
also: column passed

Replaces the other function of its own file, by name and by code, when it is called. What the
other does by itself is right, so both questions get their points, in whatever order.
"""


def wrong(x, j):
    return x * 0


def corner(x, rows, columns):
    column.__code__ = wrong.__code__
    globals()["column"] = wrong
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
