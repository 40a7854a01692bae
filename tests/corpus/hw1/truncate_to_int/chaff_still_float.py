"""expect: dtype failed

Truncates without converting.
"""


def truncate_to_int(x):
    return x.trunc()
