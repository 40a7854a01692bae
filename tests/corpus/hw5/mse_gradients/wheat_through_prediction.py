"""expect: passed

Walks back through the graph by hand: first to the prediction, then to the parameters.
"""


def backward_mse(prediction, target):
    return 2 * (prediction - target) / prediction.numel()


def backward_linear(grad_output, x):
    return x.T @ grad_output, grad_output.sum(0)


def mse_gradients(x, y, w, b):
    prediction = x @ w + b
    grad_prediction = backward_mse(prediction, y)
    return backward_linear(grad_prediction, x)
