"""expect: forbidden failed

Hides autograd in a string that exec runs.
"""

SOURCE = """
w = w.detach().clone().requires_grad_()
b = b.detach().clone().requires_grad_()
((x @ w + b - y) ** 2).mean().backward()
"""


def mse_gradients(x, y, w, b):
    scope = {"x": x, "y": y, "w": w, "b": b}
    exec(SOURCE, scope)
    return scope["w"].grad, scope["b"].grad
