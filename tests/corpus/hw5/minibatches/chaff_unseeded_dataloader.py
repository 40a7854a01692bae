"""expect: values failed

Shuffles with a DataLoader that never sees the seed.
"""

from torch.utils.data import DataLoader, TensorDataset


def minibatches(x, y, batch_size, seed):
    return DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True)
