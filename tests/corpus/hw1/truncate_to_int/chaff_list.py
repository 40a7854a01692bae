"""expect: type failed

Returns a list of integers.
"""


def truncate_to_int(x):
    return [int(number) for number in x.flatten()]
