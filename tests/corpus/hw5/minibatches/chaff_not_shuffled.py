"""expect: values failed

Cuts the batches in the order of the rows.
"""


def minibatches(x, y, batch_size, seed):
    return list(zip(x.split(batch_size), y.split(batch_size)))
