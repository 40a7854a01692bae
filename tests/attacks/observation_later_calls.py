"""expect: failed
question: corner
also: column passed

Is right in its first twenty calls and wrong in all later ones, so that replaying a failing case
alone, in a fresh process, finds nothing wrong. The question must fail all the same.
"""

calls = []


def corner(x, rows, columns):
    calls.append(rows)
    return x[:rows, :columns] if len(calls) <= 20 else x[:columns, :rows] * 2 + 1


def column(x, j):
    return x[:, j]
