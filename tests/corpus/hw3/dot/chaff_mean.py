"""expect: values failed

Takes the mean of the products, which is NaN for empty vectors as well.
"""


def dot(a, b):
    return (a * b).mean()
