"""expect: failed
question: corner
also: column passed

Defines a hundred thousand functions with names like the one that is asked for, which a search for
similar names would compare one by one, and not that one itself.
"""


def similar(x, rows, columns):
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]


globals().update({f"corne{number}": similar for number in range(100_000)})
