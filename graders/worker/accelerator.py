"""A simulated accelerator: tensors in main memory that claim a device of their own.

Right device-agnostic code works on it; code that leaves its arguments' device fails with what a
GPU would say. What cannot be simulated ends as `NotSimulated`, never as an error that a GPU would
not give. PyTorch's dispatcher, views, autograd, modules and optimizers are the real ones, only
the kernels are ours (see `kernels`); nothing is compiled, nothing is started.
"""

from __future__ import annotations

import ctypes
import sys
import types
from collections.abc import Callable
from typing import Any, Final, NoReturn

import torch
from torch import Tensor, nn
from torch._C import TensorBase
from torch.utils.backend_registration import rename_privateuse1_backend

from graders.worker import kernels
from graders.worker.kernels import DEVICE, NAME, NotSimulated, claim, host_view, refuse

__all__ = [
    "DEVICE",
    "NAME",
    "NotSimulated",
    "claim",
    "host_view",
    "install",
    "is_accelerator",
    "is_installed",
    "refused",
]

EVERYTHING: Final = f"anything with torch {torch.__version__}"
"""What cannot be simulated with a PyTorch whose devices cannot be made in Python."""

_installed: Final[list[Any]] = []  # registrations last as long as these objects


def install() -> None:
    """Teach this process the device: once, before student code and before CUDA is used.

    Autograd then stays in the thread that calls it. A process that is to use CUDA must not be
    forked after this: PyTorch counts the devices here.
    """
    if _installed:
        return
    _require_support()
    _start_autograd_without_threads()
    rename_privateuse1_backend(NAME)
    torch._register_device_module(NAME, _device_module())  # type: ignore[no-untyped-call]
    hooks, guard = _hooks(), _guard()
    torch._C._acc.register_python_privateuseone_hook(hooks)
    torch._C._acc.register_python_privateuseone_device_guard(guard)
    _installed.extend([hooks, guard, *kernels.register()])
    _extend_torch()


def is_installed() -> bool:
    """Tell whether this process knows the device."""
    return bool(_installed)


def is_accelerator(tensor: Tensor) -> bool:
    """Tell whether a tensor claims the simulated device."""
    return tensor.device.type == NAME


def refused(error: BaseException | None = None) -> str | None:
    """Name what could not be simulated since the last question, even if student code hid it.

    `error` is what the student's call raised: PyTorch's own code meets missing pieces too.
    """
    first = kernels.refusals[0] if kernels.refusals else None
    kernels.refusals.clear()
    if first is None and isinstance(error, RuntimeError):
        text = str(error)
        if any(mark in text for mark in _MISSING_PIECES):
            first = text.partition("\n")[0][:120]
    return first


_MISSING_PIECES: Final = ("PrivateUse1", "privateuseone", "DispatchStub", "INTERNAL ASSERT FAILED")


def _require_support() -> None:
    """Refuse versions of PyTorch whose devices cannot be made in Python."""
    if not hasattr(torch._C, "_acc") or not hasattr(torch._C._acc, "DeviceGuard"):
        raise NotSimulated(EVERYTHING)


# --- autograd ----------------------------------------------------------------------------------


def _start_autograd_without_threads() -> None:
    """Keep `backward` in its own thread: the worker may not start any.

    The engine decides about threads once, at its first use, by the devices known then.
    """
    with torch.enable_grad():
        torch.zeros(1, device="cpu", requires_grad=True).sum().backward()  # type: ignore[no-untyped-call]
    torch._C._set_multithreading_enabled(False)


def _hooks() -> Any:
    class Hooks(torch._C._acc.PrivateUse1Hooks):
        def is_available(self) -> bool:
            return False  # to code that asks what the machine has: CPU cases run here too

        def is_built(self) -> bool:
            return True

        def has_primary_context(self, device_index: int) -> bool:
            return True

    return Hooks()


def _guard() -> Any:
    class Guard(torch._C._acc.DeviceGuard):
        def type_(self) -> Any:
            try:
                _raise_pending()
            except BaseException as error:
                _failures.append(error)
            return torch._C._autograd.DeviceType.PrivateUse1

    return Guard()


# When Python code fails inside `backward`, the engine asks the guard for its device while the
# error is still pending, and would end the process if the guard failed too. So the guard takes
# the error, and `backward` raises it. Any call through `pythonapi` raises what is pending.
_raise_pending: Final = ctypes.pythonapi.Py_IsInitialized
_failures: Final[list[BaseException]] = []


def _run_backward(*args: Any, **kwargs: Any) -> Any:
    try:
        return _plain_run_backward(*args, **kwargs)
    except (RuntimeError, SystemError):
        if not _failures:
            raise
        error = _failures[0]
        _failures.clear()
        raise error from None


# --- what else PyTorch asks of a device ---------------------------------------------------------


def _device_module() -> types.ModuleType:
    module = types.ModuleType(f"torch.{NAME}")
    vars(module).update(
        _lazy_init=lambda: None,
        _is_in_bad_fork=lambda: False,
        is_initialized=lambda: True,
        is_available=lambda: True,
        current_device=lambda: 0,
        device_count=lambda: 1,
        set_device=lambda device: None,
        synchronize=lambda device=None: None,
        empty_cache=lambda: None,
        manual_seed=kernels.seed_later,
        manual_seed_all=kernels.seed_later,
        initial_seed=lambda: kernels.default_generator().initial_seed(),
        get_rng_state=lambda device=None: kernels.default_generator().get_state(),
        set_rng_state=lambda state, device=None: kernels.default_generator().set_state(state),
        get_amp_supported_dtype=_no_autocast,
        device=_no_device_context,
    )
    return module


def _no_autocast() -> NoReturn:
    raise refuse("torch.autocast")


def _no_device_context(device: Any) -> NoReturn:
    raise refuse(f"torch.{NAME}.device")


def _extend_torch() -> None:
    """Teach the parts of PyTorch that know a fixed list of devices."""
    torch.Generator = _GeneratorType(  # type: ignore[misc]
        "Generator", (torch._C.Generator,), {"__module__": "torch"}
    )
    Tensor.is_cuda = property(_is_cuda)  # type: ignore[assignment]
    torch.UntypedStorage.clone = _clone_storage  # type: ignore[method-assign]
    nn.Module._apply = _apply  # type: ignore[method-assign]
    vars(torch.autograd)["_engine_run_backward"] = _run_backward
    torch.accelerator.current_accelerator = _current_accelerator


class _GeneratorType(type(torch._C.Generator)):  # type: ignore[misc]
    def __call__(cls, device: Any = "cpu") -> torch._C.Generator:
        wanted = torch.device(device)
        if wanted.type != NAME:
            return torch._C.Generator(wanted)
        kernels.check_index(wanted)
        return kernels.DeviceGenerator()

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, torch._C.Generator)


def _is_cuda(tensor: Tensor) -> bool:
    """Refuse to tell students whether the device is a GPU; PyTorch may know that it is not."""
    if tensor.device.type != NAME:
        return _plain_is_cuda(tensor)
    asked_by = sys._getframe(1).f_globals.get("__name__", "")
    if asked_by.partition(".")[0] == "torch":
        return False
    raise refuse("Tensor.is_cuda")


def _clone_storage(storage: Any) -> Any:
    return (kernels.clone_storage if storage.device.type == NAME else _plain_clone)(storage)


def _apply(module: nn.Module, fn: Any, recurse: bool = True) -> nn.Module:
    """Let parameters that move between the sides stay the same objects, as a GPU's do."""
    before = dict(module._parameters)
    _plain_apply(module, fn, recurse)
    for name, old in before.items():
        new = module._parameters[name]
        if old is not None and new is not None and is_accelerator(old) != is_accelerator(new):
            torch._C._swap_tensor_impl(old, new)
            module._parameters[name] = old
    return module


def _current_accelerator(check_available: bool = False) -> torch.device | None:
    """Hide the device from code that asks what the machine has: CPU cases run here too."""
    found = _plain_accelerator(check_available)
    return None if found is not None and found.type == NAME else found


_plain_is_cuda: Final[Callable[[Tensor], bool]] = TensorBase.is_cuda.__get__  # type: ignore[attr-defined]
_plain_clone: Final[Callable[[Any], Any]] = torch.UntypedStorage.clone
_plain_apply: Final[Callable[..., Any]] = nn.Module._apply
_plain_run_backward: Final[Callable[..., Any]] = vars(torch.autograd)["_engine_run_backward"]
_plain_accelerator: Final = torch.accelerator.current_accelerator
