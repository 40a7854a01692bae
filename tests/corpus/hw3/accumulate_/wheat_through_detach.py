"""expect: passed

Adds through a detached alias of the same memory.
"""


def accumulate_(total, x):
    alias = total.detach()
    alias += x
    return total
