"""expect: passed

Applies relu in place to its own hidden values, whose sign still gives the mask.
"""

def two_layer_gradients(x, y, w1, b1, w2, b2):
    hidden = (x @ w1).add_(b1).relu_()
    difference = (hidden @ w2).add_(b2).sub_(y).mul_(2).div_(y.numel())
    grads = [hidden.T @ difference, difference.sum(0)]
    difference = (difference @ w2.T).mul_(hidden.sign())
    grads = [x.T @ difference, difference.sum(0)] + grads
    return dict(zip(["w1", "b1", "w2", "b2"], grads))
