"""expect: values failed

Rounds up.
"""


def truncate_to_int(x):
    return x.ceil().int()
