"""expect: property every batch takes its own step failed

Gathers the gradients of all batches and takes one step at the end of the epoch.
"""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit_minibatch_sgd(x, y, lr, epochs, batch_size, seed):
    torch.manual_seed(seed)
    loader = DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True)
    model = nn.Linear(x.shape[1], 1, dtype=x.dtype, device=x.device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        total = 0.0
        for x_batch, y_batch in loader:
            loss = nn.functional.mse_loss(model(x_batch), y_batch)
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total / len(loader))
    return model.weight.detach().T, model.bias.detach(), losses
