"""expect: passed

Knows that every pass adds 2x.
"""

def accumulated_gradient(x, times):
    return 2 * times * x.detach()
