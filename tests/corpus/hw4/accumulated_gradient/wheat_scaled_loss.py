"""expect: passed

One pass over the loss times the number of passes gives the same gradient.
"""

def accumulated_gradient(x, times):
    leaf = x.detach().clone().requires_grad_()
    (times * (leaf * leaf).sum()).backward()
    return leaf.grad
