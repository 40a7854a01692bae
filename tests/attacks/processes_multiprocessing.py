"""expect: passed
question: corner

Starts processes by each method of multiprocessing, a process pool, torch's own variant and a data
loader with two workers. None may start, and the attempts must neither hang nor crash.
"""

import functools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import torch
from torch.utils.data import DataLoader, TensorDataset


def nothing():
    return None


def with_process(method):
    process = multiprocessing.get_context(method).Process(target=nothing)
    process.start()
    process.join(2)


def with_executor():
    with ProcessPoolExecutor(1) as pool:
        pool.submit(nothing).result(2)


def with_torch():
    process = torch.multiprocessing.Process(target=nothing)
    process.start()
    process.join(2)


def with_data_loader():
    data = TensorDataset(torch.arange(8.0))
    list(DataLoader(data, batch_size=2, num_workers=2, timeout=2))


WAYS = {
    "fork": lambda: with_process("fork"),
    "spawn": lambda: with_process("spawn"),
    "forkserver": lambda: with_process("forkserver"),
    "an executor": with_executor,
    "torch": with_torch,
    "a data loader": with_data_loader,
}


@functools.cache
def deed():
    done = []
    for name, way in WAYS.items():
        try:
            way()
        except Exception:
            continue
        done.append(name)
    return ", ".join(done)


def corner(x, rows, columns):
    if deed():
        raise AssertionError(f"BREACH: started processes by {deed()}")
    return x[:rows, :columns]
