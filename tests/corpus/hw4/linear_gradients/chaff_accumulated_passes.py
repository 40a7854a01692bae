"""expect: values failed

Runs backward for the bias after that for the weights, which adds to both gradients.
"""

def linear_gradients(x, y, w, b):
    w = w.detach().clone().requires_grad_()
    b = b.detach().clone().requires_grad_()
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward(retain_graph=True)
    grad_w = w.grad.clone()
    loss.backward()
    return grad_w, b.grad
