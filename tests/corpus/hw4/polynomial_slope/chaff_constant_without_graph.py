"""expect: returns failed

Starts the sum with a plain number, so that a polynomial with one coefficient has no graph.
"""

def polynomial_slope(coefficients, x):
    point = x.detach().clone().requires_grad_()
    y = coefficients[0]
    for i in range(1, len(coefficients)):
        y = y + coefficients[i] * point**i
    y.backward()
    return point.grad
