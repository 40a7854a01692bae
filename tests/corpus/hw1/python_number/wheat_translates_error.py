"""expect: passed

Turns the RuntimeError of `item` into a ValueError.
"""


def python_number(x):
    try:
        return x.item()
    except RuntimeError as error:
        raise ValueError("not exactly one element") from error
