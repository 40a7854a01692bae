"""expect: passed

Adds product after product to a 0-dim zero.
"""


def dot(a, b):
    total = a.new_zeros(())
    for p, q in zip(a, b):
        total = total + p * q
    return total
