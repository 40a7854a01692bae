"""expect: forbidden failed

Puts the names of the calls together at run time.
"""


def mse_gradients(x, y, w, b):
    w, b = w.detach().clone(), b.detach().clone()
    for parameter in (w, b):
        setattr(parameter, "requires" + "_grad", True)
    loss = (x @ w + b - y).pow(2).mean()
    getattr(loss, "back" + "ward")()
    return w.grad.detach(), b.grad.detach()
