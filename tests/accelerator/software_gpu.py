"""A GPU in software: a plugin of pytest under which tests that need a GPU run without one.

    python tests/accelerator/without_gpu.py -m pytest -p software_gpu -m cuda

Workers load the stand-in for the CUDA runtime before PyTorch's CUDA build, and every operation
that PyTorch has for CUDA is computed by the CPU's kernel in the same memory, but rounded as a GPU
may: sums in another order, elementary functions off by two units in the last place. All else is
real.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gpu_stand_in
import torch

from graders.worker import kernels, sources

if TYPE_CHECKING:
    import pytest

_ASSERT_TRIGGERED = 710  # cudaErrorAssert
_KEPT: list[torch.library.Library] = []
# What CUDA's own kernels do right in main memory: they only look at it, or hand it out.
_ABOUT_MEMORY = frozenset(
    "empty.memory_format empty_strided resize_ set_ set_.source_Storage set_.source_Tensor "
    "set_.source_Storage_storage_offset as_strided view _reshape_alias unfold view_as_real "
    "view_as_complex is_set_to is_pinned _pin_memory _efficientzerotensor record_stream".split()
)
_PROGRAM = f"""
import ctypes, sys
ctypes.CDLL({os.environ.get("LD_PRELOAD", "")!r}, ctypes.RTLD_GLOBAL)
sys.path[:0] = {[str(sources.ROOT), *map(str, Path(__file__).parents[:2])]!r}
from graders.worker import gpu, zygote
if gpu.ARGUMENT in sys.argv:
    import software_gpu
    software_gpu.compute()
zygote.main()
"""


def pytest_configure(config: pytest.Config) -> None:
    """Let every zygote have the GPU, which no other process uses."""
    stack = contextlib.ExitStack()
    stack.enter_context(gpu_stand_in.running(_PROGRAM))
    config.add_cleanup(stack.close)


def compute() -> None:
    """Give PyTorch's CUDA operations the CPU's kernels."""
    kernels.NAME, kernels.DEVICE = "cuda", torch.device("cuda", 0)
    kernels._DL_EXTENSION = 2  # what DLPack calls CUDA
    kernels._lower_generator = _lower_generator
    torch.cuda.manual_seed_all = _seed_too
    aten = torch.library.Library("aten", "IMPL")
    _KEPT.append(aten)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they are replaced on purpose
        for name in torch._C._dispatch_get_all_op_names():
            if torch._C._dispatch_has_kernel_for_dispatch_key(name, "CUDA"):
                _replace(aten, name)
        for name, kernel in _COPYING.items():
            aten.impl(name, kernel, "CUDA")


def _replace(aten: torch.library.Library, name: str) -> None:
    space, _, rest = name.partition("::")
    if space != "aten" or rest in _ABOUT_MEMORY or "cudnn" in rest or "miopen" in rest:
        return
    packet, _, overload = rest.partition(".")
    op = getattr(getattr(torch.ops.aten, packet, None), overload or "default", None)
    if op is not None:
        aten.impl(rest, _asserting(_rounding(op, kernels._make_kernel(op))), "CUDA")


def _copy(self: torch.Tensor, source: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
    _host(self).copy_(_host(source))
    return self


def _to_copy(self: torch.Tensor, *, device: torch.device | None = None, **kwargs: Any) -> Any:
    layout = {name: kwargs.get(name) for name in ("dtype", "memory_format")}
    copied = torch.ops.aten._to_copy.default(_host(self), **layout)
    return copied if (device or self.device).type == "cpu" else kernels.claim(copied)


def _item(self: torch.Tensor) -> Any:
    return kernels.host_view(self).item()


def _host(tensor: torch.Tensor) -> torch.Tensor:
    return tensor if tensor.is_cpu else kernels.host_view(tensor)


_COPYING = {"copy_": _copy, "_to_copy": _to_copy, "_local_scalar_dense": _item}


def _asserting(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Let an index out of range end the context, as the assert in a GPU's kernel does."""

    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return kernel(*args, **kwargs)
        except IndexError:
            ctypes.CDLL(None).fail_from_now_on(_ASSERT_TRIGGERED)
            torch.cuda.synchronize()  # raises

    return run


# --- rounding ----------------------------------------------------------------------------------

# The arguments of products, and the dimension of each that is summed.
_PRODUCTS = {
    "dot": {0: 0, 1: 0},
    "vdot": {0: 0, 1: 0},
    "mv": {0: -1, 1: 0},
    "mm": {0: -1, 1: -2},
    "bmm": {0: -1, 1: -2},
    "addmv": {1: -1, 2: 0},
    "addmm": {1: -1, 2: -2},
    "baddbmm": {1: -1, 2: -2},
}
_SUMS = frozenset("sum mean prod logsumexp".split())
_ELEMENTARY = frozenset(
    "exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan atan2 sinh cosh tanh sigmoid "
    "erf rsqrt reciprocal pow gelu silu softplus mish elu logaddexp _softmax _log_softmax norm "
    "linalg_vector_norm std var sigmoid_backward tanh_backward _softmax_backward_data "
    "_log_softmax_backward_data softplus_backward gelu_backward silu_backward".split()
)


def _rounding(op: Any, kernel: Callable[..., Any]) -> Callable[..., Any]:
    base = kernels._base(op)

    def product(*args: Any, **kwargs: Any) -> Any:
        dims = _PRODUCTS[base]
        other = (a.flip(dims[n]) if n in dims else a for n, a in enumerate(args))
        return kernel(*other, **kwargs)

    def total(x: torch.Tensor, dims: Any = None, *args: Any, **kwargs: Any) -> Any:
        over = [dims] if isinstance(dims, int) else dims or range(x.dim())
        given = () if dims is None and not args else (dims, *args)
        return kernel(x.flip(tuple(over)), *given, **kwargs)

    def elementary(*args: Any, **kwargs: Any) -> Any:
        result = kernel(*args, **kwargs)
        for tensor in kernels._tensors((result,)):
            _round(kernels.host_view(tensor))
        return result

    if base in _ELEMENTARY:
        return elementary
    if op._schema.is_mutable:
        return kernel
    return product if base in _PRODUCTS else total if base in _SUMS else kernel


def _round(values: torch.Tensor) -> None:
    """Change values in their last places, except short ones: a GPU's exp(0) is 1, too."""
    if not values.is_floating_point():
        return
    generator = torch._C.Generator(torch.device("cpu")).manual_seed(values.numel())
    units = torch.rand(values.shape, generator=generator, dtype=torch.float64, device="cpu") * 4 - 2
    rounded = (values.double() * (1 + units * torch.finfo(values.dtype).eps)).to(values.dtype)
    short = values == values.bfloat16().to(values.dtype)
    with torch.no_grad():
        values.copy_(torch.where(short | ~values.isfinite(), values, rounded))


# --- random numbers ----------------------------------------------------------------------------

_twins: dict[tuple[int, int], torch._C.Generator] = {}


def _lower_generator(generator: torch._C.Generator) -> torch._C.Generator:
    """Return the CPU's generator that draws for one of CUDA's."""
    if generator._cdata in kernels._generators:
        return generator
    if generator.device.type != "cuda":
        kind = generator.device.type
        raise RuntimeError(f"Expected a 'cuda' device type for generator but found '{kind}'")
    key = generator._cdata, generator.initial_seed()
    if key not in _twins:
        _twins[key] = kernels.DeviceGenerator().manual_seed(key[1])
    return _twins[key]


def _seed_too(seed: int) -> None:
    kernels.seed_later(seed)
    _plain_seed(seed)


_plain_seed = torch.cuda.manual_seed_all
