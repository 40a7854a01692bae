"""expect: passed

Multiplies with broadcasting and sums; returns a list.
"""

def linear_backward(grad_output, x, w):
    grad_x = (grad_output[:, None, :] * w[None, :, :]).sum(dim=2)
    grad_w = (x[:, :, None] * grad_output[:, None, :]).sum(dim=0)
    return [grad_x, grad_w, grad_output.sum(dim=0)]
