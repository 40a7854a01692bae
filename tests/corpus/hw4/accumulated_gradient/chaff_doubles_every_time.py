"""expect: values failed

Doubles the gradient with every pass instead of adding to it.
"""

def accumulated_gradient(x, times):
    return x.detach() * 2**times * (times > 0)
