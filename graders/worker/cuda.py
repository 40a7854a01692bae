"""CUDA in a worker: begun after the fork, with exact arithmetic and bounded memory.

A GPU adds in another order, fuses products with sums and has other elementary functions, each good
to a few units in the last place: programs that are backward stable stay so, which is all that
tolerances from conditioning suppose (see `graders.cases.tolerance`). Short cuts would not: TF32
keeps 10 bits of float32, and reductions may be made in float16. They are switched off here.
"""

from __future__ import annotations

import contextlib
import warnings
from typing import Any, Final

import torch

NAME: Final = "cuda"
DEVICE = torch.device(NAME)
LOST: Final = 73  # the exit status of a worker that can use the GPU no more
LIBRARIES: Final = 128 << 20  # bytes that the libraries below PyTorch take of its allocator
NO_MEMORY: Final = "enough free memory"
_REFUSALS: Final = (
    "CUDA error: out of memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUBLAS_STATUS_NOT_INITIALIZED",
    "CUDNN_STATUS_ALLOC_FAILED",
)
"""What is said where memory is refused by the driver, not by the limit of this process."""

_synchronize: Any = torch.cuda.synchronize
_memory: Any = torch.cuda.mem_get_info
_reserved: Any = torch.cuda.memory_reserved
_limit: Final[list[int]] = []  # bytes


def describe() -> dict[str, Any]:
    """Use CUDA once and tell the GPU's name and memory; raises where that cannot be."""
    if not torch.backends.cuda.is_built():  # type: ignore[no-untyped-call]
        raise RuntimeError("this PyTorch is built without CUDA")
    _use_once()
    return {"name": torch.cuda.get_device_name(0), "memory": _memory(0)[1]}


def begin(memory: int) -> None:
    """Take the GPU into use in this process, and at most so many bytes of its memory."""
    be_exact()
    total = _memory(0)[1]
    _limit[:] = [min(memory + LIBRARIES, total)]
    torch.cuda.set_per_process_memory_fraction(_limit[0] / total, 0)
    vars(torch.cuda)["set_per_process_memory_fraction"] = _keep_limit
    vars(torch.cuda.memory)["set_per_process_memory_fraction"] = _keep_limit
    _use_once()


def _use_once() -> None:
    """Load what the first product and the first `backward` need, outside of any time limit."""
    x = torch.ones(4, 4, device=DEVICE, requires_grad=True)
    (x @ x).sum().backward()  # type: ignore[no-untyped-call]
    _synchronize()


def _keep_limit(*_: object, **__: object) -> None:
    """Stand in for what sets the limit, which is not the student's to set."""


def be_exact() -> None:
    """Let no product or sum be made in less than the precision of its dtype."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer versions have other names for the same switches
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
        torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True


def reset(seed: int) -> None:
    """Undo what the code of another question may have left behind."""
    be_exact()
    torch.cuda.manual_seed_all(seed)


def wait() -> None:
    """Wait for the GPU, so that what goes wrong there is raised here."""
    _synchronize()


def is_lost() -> bool:
    """Whether this process can use the GPU no more, as after a device-side assert."""
    try:
        _synchronize()
    except Exception:
        return True
    return False


def first_words(text: str) -> str:
    """Return what an exception says of the call, without the state of the machine behind it."""
    if text.startswith("CUDA error"):
        return text.partition("\n")[0]
    return text.partition(". GPU ")[0] if text.startswith("CUDA out of memory") else text


def lacks(error: BaseException | None) -> str | None:
    """Name what the GPU did not have for a call, where that is not the call's own doing.

    Memory that other processes hold: less is free than this process was still allowed to take.
    """
    with contextlib.suppress(Exception):
        if isinstance(error, torch.OutOfMemoryError) and _limit:
            return NO_MEMORY if _memory(0)[0] < _limit[0] - _reserved(0) else None
        if isinstance(error, RuntimeError) and any(mark in str(error) for mark in _REFUSALS):
            return NO_MEMORY
    return None


def to_gpu(tensor: torch.Tensor) -> torch.Tensor:
    """Copy a flat tensor to the GPU; it owns its memory there."""
    return tensor.to(DEVICE, copy=True)


def bytes_of(storage: Any) -> torch.Tensor:
    """Copy a storage from the GPU, as bytes."""
    return torch.empty(0, dtype=torch.uint8, device=DEVICE).set_(storage).cpu()
