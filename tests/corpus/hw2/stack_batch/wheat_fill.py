"""expect: passed

Copies the tensors into a new batch.
"""


def stack_batch(tensors):
    if tensors == []:
        raise ValueError("empty list")
    first = tensors[0]
    batch = first.new_empty((len(tensors), *first.shape))
    for i, tensor in enumerate(tensors):
        batch[i] = tensor
    return batch
