"""expect: forbidden failed

Makes copies that require grad and calls backward.
"""

def linear_backward(grad_output, x, w):
    x = x.clone().requires_grad_()
    w = w.clone().requires_grad_()
    b = 0 * w[0].detach()
    b.requires_grad_()
    (x @ w + b).backward(grad_output)
    return x.grad, w.grad, b.grad
