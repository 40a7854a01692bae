"""expect: arguments unchanged failed

Scales the data of x in place.
"""

def accumulated_gradient(x, times):
    x.data.mul_(2 * times)
    return x.detach().clone()
