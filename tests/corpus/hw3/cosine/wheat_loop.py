"""expect: passed

Collects the three sums in one loop over the elements.
"""


def cosine(a, b):
    product = a.new_zeros(())
    square_a = a.new_zeros(())
    square_b = a.new_zeros(())
    for p, q in zip(a, b):
        product = product + p * q
        square_a = square_a + p**2
        square_b = square_b + q**2
    return product / (square_a**0.5 * square_b**0.5)
