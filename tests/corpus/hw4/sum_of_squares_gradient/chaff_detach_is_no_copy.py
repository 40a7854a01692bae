"""expect: arguments unchanged failed

Doubles a detached tensor in place, which shares its memory with x.
"""

def sum_of_squares_gradient(x):
    gradient = x.detach()
    gradient *= 2
    return gradient.clone()
