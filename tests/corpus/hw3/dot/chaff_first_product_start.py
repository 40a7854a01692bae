"""expect: returns failed

Starts from the first product, which empty vectors do not have.
"""


def dot(a, b):
    total = a[0] * b[0]
    for i in range(1, len(a)):
        total = total + a[i] * b[i]
    return total
