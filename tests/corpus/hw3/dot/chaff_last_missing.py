"""expect: values failed

Stops the loop one element early.
"""


def dot(a, b):
    total = a.new_zeros(())
    for i in range(len(a) - 1):
        total = total + a[i] * b[i]
    return total
