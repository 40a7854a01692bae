"""expect: loads failed

Defines the function under another name.
"""


def dot_product(a, b):
    return (a * b).sum()
