"""expect: passed

Calls backward on a copy of x; the sum starts at 0 * x, so that a constant has a graph too.
"""

def polynomial_slope(coefficients, x):
    point = x.detach().clone()
    point.requires_grad = True
    y = 0 * point
    power = 1
    for c in coefficients:
        y = y + c * power
        power = power * point
    y.backward()
    return point.grad
