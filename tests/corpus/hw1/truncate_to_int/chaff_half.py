"""expect: values failed

Adds a half before it truncates.
"""


def truncate_to_int(x):
    return (x + 0.5).int()
