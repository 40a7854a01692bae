"""expect: same object failed

Hands back a view of total, which is another tensor object.
"""


def accumulate_(total, x):
    total += x
    return total[...]
