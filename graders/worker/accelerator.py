"""A simulated accelerator: tensors in main memory that claim a device of their own.

PyTorch keeps one device type free for backends made elsewhere. Here its kernels are Python
functions: each checks its arguments' devices as a GPU's kernels do, reads the same memory as
CPU tensors, runs the CPU's kernel and claims the result for the device. Views, aliasing,
autograd, modules and optimizers are PyTorch's own; nothing is compiled.

What cannot be simulated ends as `NotSimulated`, never as an error that a GPU would not give.
"""

from __future__ import annotations

import ctypes
import math
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, NoReturn

import torch
from torch import Tensor
from torch._C import DispatchKey, TensorBase
from torch._ops import OpOverload

NAME: Final = "accel"
# The name that the type has before `install` renames it; both name the same device.
DEVICE: Final = torch.device("privateuseone", 0)

_HOST: Final = torch.device("cpu")
_aten: Final = torch.ops.aten

Kernel = Callable[..., Any]


class NotSimulated(BaseException):  # noqa: N818 - not an error of anyone's code
    """The simulation cannot tell what a device would do; `except Exception` must not hide it."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"the simulated accelerator cannot run {operation}")
        self.operation = operation


def install() -> None:
    """Teach this process the device; once, before student code and before CUDA is used."""
    if _kept:
        return
    _require_support()
    _start_autograd_without_threads()
    torch.utils.rename_privateuse1_backend(NAME)
    torch._register_device_module(NAME, _device_module())  # type: ignore[no-untyped-call]
    hooks, guard = _hooks(), _guard()
    torch._C._acc.register_python_privateuseone_hook(hooks)
    torch._C._acc.register_python_privateuseone_device_guard(guard)
    _kept.extend([hooks, guard, *_register_kernels()])
    _extend_torch()


def is_accelerator(tensor: Tensor) -> bool:
    """Tell whether a tensor claims the simulated device."""
    return tensor.device.type == NAME


def to_accelerator(tensor: Tensor) -> Tensor:
    """Claim a CPU tensor's memory for the device, without a copy.

    Layout, offset and `requires_grad` stay; tensors that share memory go on sharing it.
    """
    if is_accelerator(tensor):
        return tensor
    if tensor.layout is not torch.strided:
        raise _refuse(f"{tensor.layout} tensors")
    plain = tensor.detach().resolve_conj().resolve_neg()
    claimed = _restride(_claim(_whole(plain)), plain)
    return claimed.requires_grad_(tensor.requires_grad)


def to_cpu(tensor: Tensor) -> Tensor:
    """Give a leaf tensor on the CPU with the same memory, layout, offset and `requires_grad`."""
    if not is_accelerator(tensor):
        return tensor
    detached = tensor.detach()
    host = _restride(_relabel(_whole(detached), _DL_CPU), detached)
    return _with_bits(host, detached).requires_grad_(tensor.requires_grad)


def storage_identity(tensor: Tensor) -> int:
    """Give a number that tensors on the same memory share, on either side; 0 if it is empty."""
    return tensor.untyped_storage().data_ptr()


def refused(error: BaseException | None = None) -> str | None:
    """Name what could not be simulated since the last question, even if student code hid it.

    `error` is what the student's call raised: PyTorch's own code also meets missing pieces.
    """
    first = _refusals[0] if _refusals else None
    _refusals.clear()
    if first is None and isinstance(error, RuntimeError):
        text = str(error)
        if any(mark in text for mark in _MISSING_PIECES):
            first = text.partition("\n")[0][:120]
    return first


# --- memory: the same bytes, claimed for one side or the other ---------------------------------

_DL_CPU: Final = 1
_DL_EXTENSION: Final = 12
_DL_DEVICE_OFFSET: Final = ctypes.sizeof(ctypes.c_void_p)  # DLTensor: void* data; DLDevice device

_address = ctypes.pythonapi.PyCapsule_GetPointer
_address.restype = ctypes.c_size_t
_address.argtypes = (ctypes.py_object, ctypes.c_char_p)
_device_at = ctypes.c_int64.from_address


def _relabel(tensor: Tensor, device: int) -> Tensor:
    capsule = torch._C._to_dlpack(tensor)  # type: ignore[attr-defined]
    _device_at(_address(capsule, b"dltensor") + _DL_DEVICE_OFFSET).value = device
    return torch._C._from_dlpack(capsule)  # type: ignore[attr-defined,no-any-return]


def _claim(host: Tensor) -> Tensor:
    """Give a tensor on the device with a CPU tensor's memory and layout."""
    if host.layout is not torch.strided or host.is_quantized:
        raise _refuse(f"{host.layout} or quantized tensors")
    if host.is_conj() or host.is_neg():
        host = host.resolve_conj().resolve_neg()
    try:
        return _relabel(host, _DL_EXTENSION)
    except (BufferError, RuntimeError) as error:
        raise _refuse(f"tensors of {host.dtype}") from error


def _host(tensor: Tensor) -> Tensor:
    """Give a tensor on the CPU with a device tensor's memory, layout and pending conjugation."""
    host = _relabel(tensor, _DL_CPU)
    return _with_bits(host, tensor) if tensor.is_conj() or tensor.is_neg() else host


def _with_bits(host: Tensor, tensor: Tensor) -> Tensor:
    host = host.conj() if tensor.is_conj() else host
    return torch._neg_view(host) if tensor.is_neg() else host


def _alias(tensor: Tensor) -> Tensor:
    return _aten.alias.default(tensor)  # type: ignore[no-any-return]


def _whole(tensor: Tensor) -> Tensor:
    """View a tensor's whole storage as one row."""
    length = tensor.untyped_storage().nbytes() // tensor.element_size()
    return _alias(tensor).as_strided_((length,), (1,), 0)


def _restride(whole: Tensor, like: Tensor) -> Tensor:
    return whole.as_strided_(like.size(), like.stride(), like.storage_offset())


def _become(tensor: Tensor, other: Tensor) -> Tensor:
    """Put other memory and layout under a tensor, for all who hold it."""
    tensor.data = other
    return tensor


def _hosts_together(tensors: Iterable[Tensor]) -> dict[int, Tensor]:
    """Give CPU tensors that share storages as the originals do, so that overlap is noticed."""
    unique = {id(tensor): tensor for tensor in tensors}
    if len(unique) > 1:
        places = {key: (storage_identity(t) or key, t.dtype) for key, t in unique.items()}
        if len(set(places.values())) < len(unique):
            rows = {places[key]: _relabel(_whole(t), _DL_CPU) for key, t in unique.items()}
            return {
                key: _with_bits(_restride(_alias(rows[places[key]]), t), t)
                for key, t in unique.items()
            }
    return {key: _host(tensor) for key, tensor in unique.items()}


def _storage_row(storage: torch.UntypedStorage, dtype: torch.dtype) -> Tensor:
    """View a device storage as one row on the CPU."""
    length = storage.nbytes() // dtype.itemsize
    if length == 0:
        return torch.empty(0, dtype=dtype)
    block = type("_Block", (ctypes.c_char * storage.nbytes(),), {})
    memory: Any = block.from_address(storage.data_ptr())
    memory.storage = storage
    return torch.frombuffer(memory, dtype=dtype, count=length)


# --- kernels: check the devices, run on the host, claim the result -----------------------------


class _Mixed(Exception):  # noqa: N818 - a signal
    """Some argument is not on the device: take the careful path."""


_PLAIN: Final = frozenset({int, float, bool, type(None), str, torch.dtype, complex})


def _lower(value: Any) -> Any:
    """Give what the host's kernel takes in place of an argument."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, TensorBase):
        if value.is_cpu:
            raise _Mixed
        return _host(value)  # type: ignore[arg-type]
    if isinstance(value, (list, tuple)):
        return [_lower(item) for item in value]
    if isinstance(value, torch.device):
        return _lower_device(value)
    if isinstance(value, torch._C.Generator):
        return _lower_generator(value)
    return value


def _lower_device(device: torch.device) -> torch.device:
    if device.type != NAME:
        raise _Mixed
    if device.index not in (None, 0):
        raise RuntimeError(f"{NAME} error: invalid device ordinal")
    return _HOST


def _lower_generator(generator: torch._C.Generator) -> torch._C.Generator:
    if generator._cdata not in _generators:  # type: ignore[attr-defined]
        raise RuntimeError(
            f"Expected a '{NAME}' device type for generator but found '{generator.device.type}'"
        )
    return generator


def _lift(result: Any) -> Any:
    """Give what the device returns for a host kernel's result."""
    if isinstance(result, TensorBase):
        return _claim(result)  # type: ignore[arg-type]
    if isinstance(result, (list, tuple)):
        return type(result)(_lift(item) for item in result)
    return result


def _run(op: OpOverload, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    try:
        return op(*args, **kwargs)
    except NotImplementedError as error:
        raise _refuse(str(op)) from error
    except RuntimeError as error:
        if "Expected a value of type 'Tensor'" not in str(error):
            raise
        # PyTorch gives numbers where the schema has tensors; another overload takes them.
        return op.overloadpacket(*args, **kwargs)


def _reading(op: OpOverload) -> Kernel:
    """Make the kernel of an operation that writes to none of its arguments."""
    composite = _composite_key(op)

    def kernel(*args: Any, **kwargs: Any) -> Any:
        try:
            host_args = [_lower(value) for value in args]
            host_kwargs = {name: _lower(value) for name, value in kwargs.items()}
        except _Mixed:
            if composite is None or _base(op) not in _ITERATING:
                _check_devices(op, args, kwargs)
            if composite is not None:
                return op._op_dk(composite, *args, **kwargs)
            return _lift(_run(op, *_lower_mixed(args, kwargs)))
        result = _run(op, host_args, host_kwargs)
        return _claim(result) if type(result) is Tensor else _lift(result)

    return kernel


def _writing(op: OpOverload) -> Kernel:
    """Make the kernel of an operation that writes to arguments, in place or to `out`."""
    outs = [a.name for a in op._schema.arguments if a.kwarg_only and a.is_write]
    owners = _returned_arguments(op)
    composite = _composite_key(op)

    def kernel(*args: Any, **kwargs: Any) -> Any:
        tensors = list(_tensors((*args, *kwargs.values())))
        if any(tensor.is_cpu for tensor in tensors):
            if composite is not None:
                return op._op_dk(composite, *args, **kwargs)
            _check_devices(op, args, kwargs)
            tensors = [tensor for tensor in tensors if not tensor.is_cpu]
        hosts = _hosts_together(tensors)
        host_args = [_replace(value, hosts) for value in args]
        host_kwargs = {name: _replace(value, hosts) for name, value in kwargs.items()}
        result = _run_into(op, host_args, host_kwargs, {n: kwargs[n] for n in outs})
        return _results(result, owners, args, kwargs)

    return kernel


def _results(
    result: Any, owners: list[int | str | None], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    """Give arguments back where the operation returns them, and claim what is new."""
    if not owners:
        return None
    results = result if isinstance(result, tuple) else (result,)
    given = [
        _lift(item) if owner is None else args[owner] if isinstance(owner, int) else kwargs[owner]
        for owner, item in zip(owners, results, strict=True)
    ]
    return given[0] if len(given) == 1 else tuple(given)


def _replace(value: Any, hosts: dict[int, Tensor]) -> Any:
    if isinstance(value, TensorBase):
        return hosts.get(id(value), value)
    if isinstance(value, (list, tuple)):
        return [_replace(item, hosts) for item in value]
    return _lower(value)


def _run_into(
    op: OpOverload, args: list[Any], kwargs: dict[str, Any], outs: dict[str, Tensor]
) -> Any:
    """Run an operation; memory claimed from elsewhere cannot grow, so `out` may get new memory."""
    for name, out in outs.items():
        if out.numel() == 0:
            kwargs[name] = torch.empty(0, dtype=out.dtype)
    try:
        result = _run(op, args, kwargs)
    except RuntimeError as error:
        if not outs or "not resizable" not in str(error):
            raise
        kwargs |= {name: torch.empty_like(kwargs[name]) for name in outs}
        result = _run(op, args, kwargs)
    for name, out in outs.items():
        if kwargs[name].shape != out.shape:
            _become(out, _claim(kwargs[name]))
    return result


def _drawing(op: OpOverload, kernel: Kernel) -> Kernel:
    """Let an operation draw from the device's own generator when it is given none."""
    names = [argument.name for argument in op._schema.arguments]
    if "generator" not in names:
        return lambda *args, **kwargs: _with_device_state(kernel, args, kwargs)
    place = names.index("generator")

    def drawing(*args: Any, **kwargs: Any) -> Any:
        if len(args) > place and args[place] is None:
            args = args[:place]
        if len(args) <= place and kwargs.get("generator") is None:
            kwargs["generator"] = _default_generator()
        return kernel(*args, **kwargs)

    return drawing


def _with_device_state(kernel: Kernel, args: Any, kwargs: Any) -> Any:
    """Run a kernel that knows only the CPU's random state, leaving that as it was."""
    cpu, device = torch.default_generator, _default_generator()
    before = cpu.get_state()
    cpu.set_state(device.get_state())
    try:
        return kernel(*args, **kwargs)
    finally:
        device.set_state(cpu.get_state())
        cpu.set_state(before)


def _refusing_integers(op: OpOverload, kernel: Kernel) -> Kernel:
    """Fail matrix products of integers: a GPU has none."""
    label = _MATRIX_PRODUCTS[_base(op)]

    def checked(*args: Any, **kwargs: Any) -> Any:
        factor: Tensor = args[1]
        if not (factor.is_floating_point() or factor.is_complex()) and factor.numel():
            kind = str(_C_NAMES.get(factor.dtype, factor.dtype))
            raise NotImplementedError(f"\"{label}\" not implemented for '{kind}'")
        return kernel(*args, **kwargs)

    return checked


def _make_kernel(op: OpOverload) -> Kernel:
    special = _SPECIAL.get(str(op).removeprefix("aten."))
    if special is not None:
        return special
    base = _base(op)
    if base in _ABSENT:
        return _absent(op)
    kernel = _writing(op) if op._schema.is_mutable else _reading(op)
    if torch.Tag.nondeterministic_seeded in op.tags or _has_generator(op):
        kernel = _drawing(op, kernel)
    return _refusing_integers(op, kernel) if base in _MATRIX_PRODUCTS else kernel


def _absent(op: OpOverload) -> Kernel:
    def kernel(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotImplementedError(
            f"Could not run '{op.name()}' with arguments from the '{NAME}' backend. "
            "This operation exists on the CPU only."
        )

    return kernel


def _has_generator(op: OpOverload) -> bool:
    return any(argument.name == "generator" for argument in op._schema.arguments)


def _base(op: OpOverload) -> str:
    return op._schema.name.removeprefix("aten::").rstrip("_")


def _composite_key(op: OpOverload) -> DispatchKey | None:
    for key in ("CompositeExplicitAutogradNonFunctional", "CompositeExplicitAutograd"):
        if torch._C._dispatch_has_kernel_for_dispatch_key(op.name(), key):
            return getattr(DispatchKey, key)  # type: ignore[no-any-return]
    return None


def _returned_arguments(op: OpOverload) -> list[int | str | None]:
    """Tell for each result which argument it is, by place or name; None where it is new."""
    owners: dict[str, int | str] = {}
    for place, argument in enumerate(op._schema.arguments):
        for alias in argument.alias_info.before_set if argument.alias_info else ():
            owners[alias] = argument.name if argument.kwarg_only else place
    return [
        next((owners[a] for a in r.alias_info.before_set), None) if r.alias_info else None
        for r in op._schema.returns
    ]


# --- devices: who may meet whom ----------------------------------------------------------------


def _tensors(value: Any) -> Iterator[Tensor]:
    if isinstance(value, TensorBase):
        yield value  # type: ignore[misc]
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)


def _check_devices(op: OpOverload, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """Raise what a GPU raises for tensors that may not meet."""
    common: torch.device | None = None
    for argument, value in _named(op, args, kwargs):
        for tensor in _tensors(value):
            if tensor.is_cpu and _may_stay_on_host(op, argument, tensor):
                continue
            common = common or tensor.device
            if tensor.device != common:
                raise _mismatch(op, argument.name, tensor.device, common)


def _named(
    op: OpOverload, args: Sequence[Any], kwargs: dict[str, Any]
) -> Iterator[tuple[Any, Any]]:
    arguments = op._schema.arguments
    yield from zip(arguments, args, strict=False)
    yield from (
        (argument, kwargs[argument.name])
        for argument in arguments[len(args) :]
        if argument.name in kwargs
    )


def _may_stay_on_host(op: OpOverload, argument: Any, tensor: Tensor) -> bool:
    base = _base(op)
    if argument.name in _HOST_ARGUMENTS.get(base, ()):
        return True
    if tensor.dim() or argument.is_write:
        return False
    return base in _ELEMENTWISE or argument.name in _HOST_SCALARS.get(base, ())


def _mismatch(
    op: OpOverload, name: str, device: torch.device, common: torch.device
) -> RuntimeError:
    if _base(op) == "masked_fill":
        return RuntimeError(
            "expected self and mask to be on the same device, "
            f"but got mask on {device} and self on {common}"
        )
    start = "Expected all tensors to be on the same device, but "
    if _base(op) in _ELEMENTWISE:
        return RuntimeError(f"{start}found at least two devices, {common} and {device}!")
    return RuntimeError(
        f"{start}got {name} is on {device}, different from other tensors on {common} "
        f"(when checking argument in method {_base(op)})"
    )


def _lower_mixed(
    args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    hosts = {id(t): _host(t) for t in _tensors([*args, *kwargs.values()]) if not t.is_cpu}
    named = {name: _replace(value, hosts) for name, value in kwargs.items()}
    return [_replace(value, hosts) for value in args], named


# --- operations that are about memory itself ---------------------------------------------------


def _as_strided(self: Tensor, size: Any, stride: Any, storage_offset: int | None = None) -> Tensor:
    return _alias(self).as_strided_(size, stride, storage_offset)


def _viewing(op: OpOverload) -> Kernel:
    """Make the kernel of an operation whose result is a view: ask the host for its layout."""

    def kernel(self: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        seen: Tensor = _run(op, [_host(self), *args], kwargs)
        offset = self.storage_offset()
        if seen.dtype is self.dtype:
            row = _alias(self)
        else:
            row = _whole(self).view(seen.dtype)
            offset = offset * self.element_size() // seen.element_size()
        return row.as_strided_(seen.size(), seen.stride(), offset + seen.storage_offset())

    return kernel


def _copy_from(self: Tensor, dst: Tensor, non_blocking: bool = False) -> Tensor:
    both = not self.is_cpu and not dst.is_cpu
    hosts = _hosts_together([self, dst]) if both else {}
    source, target = (
        t if t.is_cpu else hosts.get(id(t)) if both else _host(t) for t in (self, dst)
    )
    target.copy_(source)  # type: ignore[union-attr,arg-type]
    return dst


def _copy_from_and_resize(self: Tensor, dst: Tensor) -> Tensor:
    return _copy_from(self, dst.resize_(self.size()))


def _to_copy(self: Tensor, **kwargs: Any) -> Tensor:
    device = kwargs.pop("device", None) or DEVICE
    result: Tensor = _run(_aten._to_copy.default, [_host(self)], kwargs)
    return result if device.type == "cpu" else _claim(result)


def _resize(self: Tensor, size: Sequence[int], *, memory_format: Any = None) -> Tensor:
    if memory_format not in (None, torch.contiguous_format):
        raise _refuse(f"resize_ to {memory_format}")
    offset = self.storage_offset()
    needed = offset + math.prod(size)
    if needed * self.element_size() > self.untyped_storage().nbytes():
        old = _host(_whole(self))
        grown = torch.empty(needed, dtype=self.dtype)
        grown[: old.numel()] = old
        _become(self, _claim(grown))
    return self.as_strided_(size, _row_major(size), offset)


def _row_major(size: Sequence[int]) -> list[int]:
    return [math.prod(max(length, 1) for length in size[axis + 1 :]) for axis in range(len(size))]


def _set_tensor(self: Tensor, source: Tensor) -> Tensor:
    if source.device != self.device:
        raise _mismatch(_aten.set_.source_Tensor, "source", source.device, self.device)
    return _become(self, _alias(source))


def _set_storage(
    self: Tensor,
    source: torch.UntypedStorage,
    storage_offset: int = 0,
    size: Sequence[int] | None = None,
    stride: Sequence[int] = (),
) -> Tensor:
    row = _claim(_storage_row(source, self.dtype))
    if size is None:
        return _become(self, row)
    layout = stride if len(stride) == len(size) else _row_major(size)
    return _become(self, row.as_strided_(size, layout, storage_offset))


def _is_set_to(self: Tensor, tensor: Tensor) -> bool:
    def place(t: Tensor) -> tuple[Any, ...]:
        return storage_identity(t), t.storage_offset(), t.size(), t.stride()

    return place(self) == place(tensor)


def _zero_tensor(size: Sequence[int], *, dtype: Any = None, **_layout: Any) -> Tensor:
    return _claim(torch.zeros(size, dtype=dtype))


_SPECIAL: Final[dict[str, Kernel]] = {
    "as_strided.default": _as_strided,
    "_reshape_alias.default": _as_strided,
    "view.default": _viewing(_aten.view.default),
    "unfold.default": _viewing(_aten.unfold.default),
    "view_as_real.default": _viewing(_aten.view_as_real.default),
    "view_as_complex.default": _viewing(_aten.view_as_complex.default),
    "_copy_from.default": _copy_from,
    "_copy_from_and_resize.default": _copy_from_and_resize,
    "_to_copy.default": _to_copy,
    "resize_.default": _resize,
    "set_.source_Tensor": _set_tensor,
    "set_.source_Storage": _set_storage,
    "set_.source_Storage_storage_offset": _set_storage,
    "is_set_to.default": _is_set_to,
    "_efficientzerotensor.default": _zero_tensor,
}

_kernels: Final[dict[OpOverload, Kernel]] = {}


def _fallback(op: OpOverload, *args: Any, **kwargs: Any) -> Any:
    kernel = _kernels.get(op)
    if kernel is None:
        kernel = _kernels[op] = _make_kernel(op)
    return kernel(*args, **kwargs)


def _direct(name: str) -> Kernel:
    """Make the kernel of an operation when it is first used."""
    packet, _, overload = name.partition(".")
    kernel: Kernel | None = None

    def run(*args: Any, **kwargs: Any) -> Any:
        nonlocal kernel
        if kernel is None:
            kernel = _make_kernel(getattr(getattr(_aten, packet), overload or "default"))
        return kernel(*args, **kwargs)

    return run


def _register_kernels() -> list[torch.library.Library]:
    every = torch.library.Library("_", "IMPL")  # noqa: TOR901
    every.fallback(_fallback, "PrivateUse1")  # type: ignore[no-untyped-call]
    direct = torch.library.Library("aten", "IMPL")  # noqa: TOR901
    for name in _DIRECT:
        direct.impl(name, _direct(name), "PrivateUse1")  # type: ignore[no-untyped-call]
    return [every, direct]


# --- random numbers ----------------------------------------------------------------------------

# A GPU's draws differ from the CPU's for the same seed; so do these.
_SEED_TWIST: Final = 0x5EED_ACCE_1E7A_7042
_SEED_MASK: Final = 0xFFFF_FFFF_FFFF_FFFF

_generators: Final[set[int]] = set()  # C++ addresses: Python objects do not survive a kernel call
_seed: int | None = 0
_own_generator: _DeviceGenerator | None = None


class _DeviceGenerator(torch._C.Generator):
    """A generator of the device: a CPU generator that only the device's kernels accept."""

    def __init__(self, device: Any = None) -> None:
        _generators.add(self._cdata)  # type: ignore[attr-defined]
        self.manual_seed(0)

    def __new__(cls, device: Any = None) -> _DeviceGenerator:
        return super().__new__(cls)

    def __del__(self, forget: Callable[[int], None] = _generators.discard) -> None:
        forget(self._cdata)  # type: ignore[attr-defined]

    @property
    def device(self) -> torch.device:
        return DEVICE

    def manual_seed(self, seed: int) -> _DeviceGenerator:
        super().manual_seed((int(seed) & _SEED_MASK) ^ _SEED_TWIST)
        return self

    def initial_seed(self) -> int:
        return super().initial_seed() ^ _SEED_TWIST

    def seed(self) -> int:
        return super().seed() ^ _SEED_TWIST


def _default_generator() -> _DeviceGenerator:
    global _own_generator, _seed
    if _own_generator is None:
        _own_generator = _DeviceGenerator()
    if _seed is not None:
        _own_generator.manual_seed(_seed)
        _seed = None
    return _own_generator


def _seed_later(seed: int) -> None:
    """Note a seed for the device: `torch.manual_seed` must stay cheap for CPU code."""
    global _seed
    _seed = seed


class _GeneratorType(type(torch._C.Generator)):  # type: ignore[misc]
    def __call__(cls, device: Any = "cpu") -> torch._C.Generator:
        kind = torch.device(device)
        if kind.type == NAME:
            _lower_device(kind)
            return _DeviceGenerator()
        return torch._C.Generator(kind)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, torch._C.Generator)


# --- what else PyTorch asks of a device ---------------------------------------------------------


def _require_support() -> None:
    if not hasattr(torch._C, "_acc") or not hasattr(torch._C._acc, "DeviceGuard"):
        raise NotSimulated(f"anything with torch {torch.__version__}")


def _start_autograd_without_threads() -> None:
    """Keep `backward` in its own thread: the worker may not start any.

    The engine decides about threads once, at its first use, by the devices known then.
    """
    with torch.enable_grad():
        torch.zeros(1, device="cpu", requires_grad=True).sum().backward()
    torch._C._set_multithreading_enabled(False)  # type: ignore[attr-defined]


def _hooks() -> Any:
    class Hooks(torch._C._acc.PrivateUse1Hooks):  # type: ignore[misc]
        def is_available(self) -> bool:
            return False  # to code that asks what the machine has: CPU cases run here too

        def is_built(self) -> bool:
            return True

        def has_primary_context(self, device: int) -> bool:
            return True

    return Hooks()


def _guard() -> Any:
    class Guard(torch._C._acc.DeviceGuard):  # type: ignore[misc]
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
        manual_seed=_seed_later,
        manual_seed_all=_seed_later,
        initial_seed=lambda: _default_generator().initial_seed(),
        get_rng_state=lambda device=None: _default_generator().get_state(),
        set_rng_state=lambda state, device=None: _default_generator().set_state(state),
        get_amp_supported_dtype=_no_autocast,
        device=_no_device_context,
    )
    return module


def _no_autocast() -> NoReturn:
    raise _refuse("torch.autocast")


def _no_device_context(device: Any) -> NoReturn:
    raise _refuse(f"torch.{NAME}.device")


def _extend_torch() -> None:
    """Teach the parts of PyTorch that know a fixed list of devices."""
    torch.Generator = _GeneratorType(  # type: ignore[misc]
        "Generator", (torch._C.Generator,), {"__module__": "torch"}
    )
    Tensor.is_cuda = property(_is_cuda)  # type: ignore[assignment,method-assign,misc]
    torch.UntypedStorage.clone = _clone_storage  # type: ignore[method-assign]
    torch.nn.Module._apply = _apply_in_place  # type: ignore[method-assign]
    torch.autograd._engine_run_backward = _run_backward
    torch.accelerator.current_accelerator = _visible_accelerator


def _is_cuda(tensor: Tensor) -> bool:
    if tensor.device.type != NAME:
        return _plain_is_cuda(tensor)
    asked_by = sys._getframe(1).f_globals.get("__name__", "")
    if asked_by.partition(".")[0] == "torch":
        return False
    raise _refuse("Tensor.is_cuda")


def _clone_storage(storage: torch.UntypedStorage) -> torch.UntypedStorage:
    if storage.device.type != NAME:
        return _plain_clone(storage)
    return _claim(_storage_row(storage, torch.uint8).clone()).untyped_storage()


def _apply_in_place(module: torch.nn.Module, fn: Any, recurse: bool = True) -> torch.nn.Module:
    """Let parameters that move between the sides stay the same objects, as a GPU's do."""
    before = dict(module._parameters)
    _plain_apply(module, fn, recurse)
    for name, old in before.items():
        new = module._parameters[name]
        if old is not None and new is not None and is_accelerator(old) != is_accelerator(new):
            torch._C._swap_tensor_impl(old, new)  # type: ignore[attr-defined]
            module._parameters[name] = old
    return module


def _visible_accelerator(check_available: bool = False) -> torch.device | None:
    """Hide the device from code that asks what the machine has: CPU cases run here too."""
    found = _plain_accelerator(check_available)
    return None if found is not None and found.type == NAME else found


_plain_is_cuda: Final[Callable[[Tensor], bool]] = TensorBase.is_cuda.__get__  # type: ignore[attr-defined]
_plain_apply: Final = torch.nn.Module._apply
_plain_run_backward: Final = torch.autograd._engine_run_backward
_plain_clone: Final = torch.UntypedStorage.clone
_plain_accelerator: Final = torch.accelerator.current_accelerator

_kept: Final[list[Any]] = []  # registrations last as long as these objects
_refusals: Final[list[str]] = []


def _refuse(operation: str) -> NotSimulated:
    _refusals.append(operation)
    return NotSimulated(operation)


_MISSING_PIECES: Final = ("PrivateUse1", "privateuseone", "DispatchStub", "INTERNAL ASSERT FAILED")

# --- tables ------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Operations of one element at a time: a CPU tensor without dimensions may join in.
_ELEMENTWISE: Final = _words("""
    add sub mul div rsub true_divide floor_divide remainder fmod pow float_power atan2 hypot copysign
    nextafter maximum minimum fmax fmin heaviside logaddexp logaddexp2 xlogy gcd lcm
    eq ne lt le gt ge bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift
    logical_and logical_or logical_xor __and__ __or__ __xor__ __lshift__ __rshift__
    __ilshift __irshift ldexp
""")

# Operations whose devices PyTorch's own code compares; for others a GPU's wrapper does it first.
_ITERATING: Final = _ELEMENTWISE | _words("""
    clamp clamp_min clamp_max addcmul addcdiv lerp where mse_loss smooth_l1_loss masked_fill
    index index_put index_fill
""")

# Arguments that may be CPU tensors of any shape.
_HOST_ARGUMENTS: Final = {
    name: ("indices",)
    for name in ("index", "_index_put_impl", "index_put", "_unsafe_index", "_unsafe_index_put")
}

# Arguments that may be CPU tensors without dimensions.
_HOST_SCALARS: Final = {
    "masked_fill": ("value",),
    "index_fill": ("value",),
    "fill": ("value",),
    "_index_put_impl": ("values",),
    "index_put": ("values",),
    "where": ("condition", "self", "other"),
    "_fused_sgd": ("lr", "grad_scale", "found_inf"),
    "_fused_adam": ("lr", "grad_scale", "found_inf"),
    "_fused_adamw": ("lr", "grad_scale", "found_inf"),
}

# Products that a GPU has for floating-point numbers only, and what its message calls them.
_MATRIX_PRODUCTS: Final = {
    "mm": "addmm_cuda",
    "addmm": "addmm_cuda",
    "bmm": "baddbmm_cuda",
    "mv": "addmv_impl_cuda",
    "baddbmm": "baddbmm_cuda",
    "addmv": "addmv_impl_cuda",
    "dot": "dot",
    "vdot": "vdot",
}
_C_NAMES: Final = {
    torch.bool: "Bool",
    torch.uint8: "Byte",
    torch.int8: "Char",
    torch.int16: "Short",
    torch.int32: "Int",
    torch.int64: "Long",
}

# Operations that PyTorch has on the CPU only.
_ABSENT: Final = _words("""
    histogram _histogramdd_bin_edges _histogramdd_from_bin_cts _histogramdd_from_bin_tensors
""")

# Operations that PyTorch would put together from others: run as one, they cost one call.
_DIRECT: Final = tuple(
    sorted(
        _words("""
    add.Tensor sub.Tensor mul.Tensor div.Tensor div.Tensor_mode pow.Tensor_Scalar pow.Tensor_Tensor
    pow.Scalar remainder.Tensor fmod.Tensor rsub.Scalar atan2 maximum minimum
    remainder.Scalar fmod.Scalar floor_divide.Scalar bitwise_and.Scalar bitwise_or.Scalar
    add_.Tensor sub_.Tensor mul_.Tensor div_.Tensor pow_.Scalar clamp_ exp_ sqrt_ neg_
    eq.Tensor eq.Scalar ne.Tensor ne.Scalar lt.Tensor lt.Scalar le.Tensor le.Scalar
    gt.Tensor gt.Scalar ge.Tensor ge.Scalar logical_and logical_or logical_not logical_xor
    bitwise_and.Tensor bitwise_or.Tensor bitwise_xor.Tensor bitwise_not
    abs neg exp expm1 log log1p log2 log10 sqrt rsqrt reciprocal sign sin cos tan tanh sigmoid
    asin acos atan sinh cosh erf floor ceil trunc round round.decimals frac
    clamp clamp.Tensor clamp_min clamp_max nan_to_num isinf
    gelu silu elu leaky_relu softplus threshold mish hardsigmoid
    sum sum.dim_IntList mean mean.dim prod.dim_int amax amin max.dim min.dim argmax argmin
    any any.dim any.dims all all.dim all.dims cumsum cumprod logsumexp linalg_vector_norm
    norm.ScalarOpt_dim median.dim count_nonzero kthvalue topk sort sort.stable
    mm bmm addmm baddbmm addmv mv addr addcmul addcdiv lerp.Scalar lerp.Tensor
    cat stack gather scatter.src scatter.value scatter_add scatter_reduce.two
    index.Tensor index_add index_copy index_fill.int_Scalar masked_fill.Scalar masked_fill.Tensor
    index_put embedding repeat roll triu tril diag_embed constant_pad_nd isin.Tensor_Tensor
    _softmax _log_softmax _softmax_backward_data _log_softmax_backward_data
    nll_loss_forward nll_loss_backward mse_loss smooth_l1_loss smooth_l1_loss_backward
    binary_cross_entropy_with_logits native_layer_norm
    sigmoid_backward tanh_backward threshold_backward gelu_backward
    select_backward slice_backward diagonal_backward
    convolution convolution_backward max_pool2d_with_indices avg_pool2d
    linalg_qr linalg_inv_ex linalg_cholesky_ex _linalg_det _linalg_solve_ex _linalg_svd _linalg_eigh
    new_zeros new_ones new_full new_empty clone _to_copy zeros ones full zeros_like ones_like full_like scalar_tensor
    arange arange.start arange.start_step eye eye.m linspace
""")
    )
)
