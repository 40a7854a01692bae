"""expect: values failed

Runs backward twice without clearing the gradient in between.
"""

def sum_of_squares_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    loss = (leaf**2).sum()
    loss.backward(retain_graph=True)
    loss.backward()
    return leaf.grad
