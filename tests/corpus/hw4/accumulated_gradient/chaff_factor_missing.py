"""expect: values failed

Adds x instead of 2x for every pass.
"""

def accumulated_gradient(x, times):
    return x.detach() * times
