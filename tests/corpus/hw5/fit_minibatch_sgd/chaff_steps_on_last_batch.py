"""expect: property every row counts failed

Takes the step after the loop over the batches, with the gradient of the last one.
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
        total = 0.0
        for x_batch, y_batch in loader:
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(x_batch), y_batch)
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total / len(loader))
    return model.weight.detach().T, model.bias.detach(), losses
