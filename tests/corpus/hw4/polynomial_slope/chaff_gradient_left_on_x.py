"""expect: gradients untouched failed

Calls backward on x itself, so that the gradient stays on the argument.
"""

def polynomial_slope(coefficients, x):
    x.requires_grad_()
    y = sum(c * x**i for i, c in enumerate(coefficients))
    y.backward()
    return x.grad.detach().clone()
