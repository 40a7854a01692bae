"""expect: gradients untouched failed

Clears the argument's gradient before and after, which leaves a zero where there was none.
"""

def polynomial_slope(coefficients, x):
    x.requires_grad_()
    x.grad = None
    y = sum(c * x**i for i, c in enumerate(coefficients))
    y.backward()
    slope = x.grad.clone()
    x.grad.zero_()
    return slope
