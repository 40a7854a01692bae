"""expect: errors failed

Refuses a remainder of 1 and no other.
"""

def split_heads(x, heads):
    batch, time, features = x.shape
    if features % heads == 1:
        raise ValueError("does not divide")
    return x.reshape(batch, time, heads, -1).transpose(1, 2)
