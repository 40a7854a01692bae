"""expect: property every batch takes its own step failed

Clears the gradients once per epoch, so that they pile up from batch to batch.
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
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return model.weight.detach().T, model.bias.detach(), losses
