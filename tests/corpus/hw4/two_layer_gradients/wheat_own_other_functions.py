"""expect: passed

Puts the answers to the earlier questions of the file together.
"""

def relu_backward(grad_output, z):
    return grad_output * (z > 0)


def linear_backward(grad_output, x, w):
    return grad_output @ w.T, x.T @ grad_output, grad_output.sum(dim=0)


def mse_backward(prediction, target):
    return 2 * (prediction - target) / prediction.numel()


def two_layer_gradients(x, y, w1, b1, w2, b2):
    z = x @ w1 + b1
    hidden = z.clamp(min=0)
    grad_prediction = mse_backward(hidden @ w2 + b2, y)
    grad_hidden, grad_w2, grad_b2 = linear_backward(grad_prediction, hidden, w2)
    grad_w1, grad_b1 = linear_backward(relu_backward(grad_hidden, z), x, w1)[1:]
    return dict(w1=grad_w1, b1=grad_b1, w2=grad_w2, b2=grad_b2)
