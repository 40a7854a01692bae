"""expect: passed

Wraps the rows in a Dataset class and shuffles with a seeded generator.
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Rows(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


def run_epoch(model, loader, optimizer):
    losses = []
    for x_batch, y_batch in loader:
        loss = nn.functional.mse_loss(model(x_batch), y_batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses).mean().item()


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(Rows(x, y), batch_size, shuffle=True, generator=generator)
    model = nn.Linear(x.shape[1], 1).to(device=x.device, dtype=x.dtype)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = [run_epoch(model, loader, optimizer) for _ in range(epochs)]
    return model.weight.detach().T.contiguous(), model.bias.detach().clone(), losses
