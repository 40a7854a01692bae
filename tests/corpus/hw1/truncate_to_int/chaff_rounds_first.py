"""expect: values failed

Rounds to three digits before it cuts off.
"""

def truncate_to_int(x):
    return x.round(decimals=3).int() if x.is_floating_point() else x.int()
