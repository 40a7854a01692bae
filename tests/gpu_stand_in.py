"""A GPU that is not there: workers with the profile of a GPU whose device is main memory.

What is under test runs for real: the zygote, confinement, copies to the device and back, outcomes,
the verdicts. Only PyTorch's calls that need the driver are replaced, in the zygote. Student code
knows the place by `GPU`, and brings about what a GPU would: `torch.lost` is a context that a
device-side assert has ended, `torch.is_full` memory that other programs hold.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from graders.worker import gpu, sources
from graders.worker.sources import Gpu

NAME = "Stand-in"
MEMORY = 16 << 30
GPU = "import os\nGPU = bool(os.environ['CUDA_VISIBLE_DEVICES'])\n"
PROGRAM = f"""
import json, sys
sys.path.insert(0, {str(sources.ROOT)!r})
import torch
from graders.worker import child, cuda, zygote

def synchronize(*_):
    if getattr(torch, "lost", False):
        raise RuntimeError("CUDA error: device-side assert triggered")

def renamed(*arguments):
    seen = observe(*arguments)
    seen.record = json.loads(json.dumps(seen.record).replace('"cpu"', '"cuda"'))
    return seen

def begin(memory):
    if REFUSES:
        raise RuntimeError("CUDA error: out of memory\\nmore about it")
    cuda._limit[:] = [memory]

observe, child.observe = child.observe, renamed
torch.cuda.manual_seed_all = lambda seed: None
cuda.DEVICE = torch.device("cpu")
cuda.describe = lambda: {{"name": {NAME!r}, "memory": {MEMORY}}}
cuda.begin = begin
cuda._synchronize = synchronize
cuda._memory = lambda device: (0 if getattr(torch, "is_full", False) else {MEMORY}, {MEMORY})
cuda._reserved = lambda device: 0
zygote.main()
"""


@contextlib.contextmanager
def stand_in(*, refuses: bool = False) -> Iterator[Gpu]:
    """Give the GPU that is not there; one that refuses serves no process but those that look."""
    with running(f"REFUSES = {refuses}\n{PROGRAM}"):
        found = Gpu()
    with found:
        yield found


@contextlib.contextmanager
def running(program: str) -> Iterator[None]:
    """Let zygotes run another program, and all believe that the machine has a GPU."""
    plain_command, plain_files = sources._command, gpu.device_files
    sources._command = lambda module, *arguments: [
        *plain_command(module)[:-1],
        program,
        *arguments,
    ]
    gpu.device_files = lambda: (gpu.CONTROL,)
    try:
        yield
    finally:
        sources._command, gpu.device_files = plain_command, plain_files
