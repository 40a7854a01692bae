"""expect: arguments unchanged failed

Adds the samples up in the first row of grad_output.
"""

def linear_backward(grad_output, x, w):
    grad_x = grad_output @ w.T
    grad_w = x.T @ grad_output
    for i in range(1, len(grad_output)):
        grad_output[0] += grad_output[i]
    return grad_x, grad_w, grad_output[:1].sum(dim=0)
