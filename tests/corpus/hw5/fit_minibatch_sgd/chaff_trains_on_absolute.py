"""expect: property descends on the mean squared error failed

Descends on the mean absolute error, and reports the mean squared one.
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
            prediction = model(x_batch)
            optimizer.zero_grad()
            nn.functional.l1_loss(prediction, y_batch).backward()
            optimizer.step()
            total += nn.functional.mse_loss(prediction.detach(), y_batch).item()
        losses.append(total / len(loader))
    return model.weight.detach().T, model.bias.detach(), losses
