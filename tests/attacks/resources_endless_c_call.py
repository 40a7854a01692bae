"""expect: failed
question: corner
also: column passed
outcome: timed out

Makes one call in C that does not come back for hours and in which no Python code runs. Only a
limit from outside ends it.
"""

import re


def corner(x, rows, columns):
    re.match(r"(a+)+$", "a" * 60 + "b")
    return x[:rows, :columns]


def column(x, j):
    return x[:, j]
