"""The kernels of the simulated accelerator: check the devices, run on the CPU, claim the result.

A tensor of the simulation is one of PyTorch's own whose device is the type that PyTorch keeps
free for backends made elsewhere, and whose memory is ordinary memory. A kernel sees that memory
as CPU tensors (DLPack hands it over without a copy), so views and aliasing need no bookkeeping.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NoReturn

import torch
from torch import Tensor
from torch._C import DispatchKey, TensorBase
from torch._ops import OpOverload

NAME: Final = "accel"
# The name that the device type has before it is renamed; both name the same device.
DEVICE: Final = torch.device("privateuseone", 0)

_CPU: Final = torch.device("cpu")
_aten: Final = torch.ops.aten

Kernel = Callable[..., Any]


class NotSimulated(BaseException):
    """The simulation cannot tell what a device would do; `except Exception` must not hide it."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"the simulated accelerator cannot run {operation}")
        self.operation = operation


refusals: Final[list[str]] = []


def refuse(operation: str) -> NotSimulated:
    """Note that something cannot be simulated, and give the exception that says so."""
    refusals.append(operation)
    return NotSimulated(operation)


def register() -> list[torch.library.Library]:
    """Give PyTorch the kernels; they stay as long as the returned objects live."""
    every = torch.library.Library("_", "IMPL")  # type: ignore[no-untyped-call]
    every.fallback(_fallback, "PrivateUse1")  # type: ignore[no-untyped-call]
    direct = torch.library.Library("aten", "IMPL")  # type: ignore[no-untyped-call]
    for name in _DIRECT:
        packet, _, overload = name.partition(".")
        op = getattr(getattr(_aten, packet, None), overload or "default", None)
        if op is not None:  # versions of PyTorch differ a little
            kernel = _unseen(_make_kernel(op))
            direct.impl(name, kernel, "PrivateUse1")  # type: ignore[no-untyped-call]
    return [every, direct]


_kernels: Final[dict[OpOverload, Kernel]] = {}


def _fallback(op: OpOverload, *args: Any, **kwargs: Any) -> Any:
    kernel = _kernels.get(op)
    if kernel is None:
        kernel = _kernels[op] = _unseen(_make_kernel(op))
    return kernel(*args, **kwargs)


def _unseen(kernel: Kernel) -> Kernel:
    """Hide what a kernel calls from modes that watch or change what student code calls."""

    def run(*args: Any, **kwargs: Any) -> Any:
        if torch._C._len_torch_function_stack():
            with torch._C.DisableTorchFunction():
                return kernel(*args, **kwargs)
        return kernel(*args, **kwargs)

    return run


def _make_kernel(op: OpOverload) -> Kernel:
    special = _SPECIAL.get(op._schema.name.removeprefix("aten::"))
    if special is not None:
        return special(op)
    kernel = _writing(op) if op._schema.is_mutable else _reading(op)
    if torch.Tag.nondeterministic_seeded in op.tags or "generator" in _names(op):
        kernel = _drawing(op, kernel)
    return _refusing_integers(op, kernel) if _base(op) in _FLOATING_ONLY else kernel


def _names(op: OpOverload) -> list[str]:
    return [argument.name for argument in op._schema.arguments]


def _base(op: OpOverload) -> str:
    return op._schema.name.removeprefix("aten::").rstrip("_")


# --- memory ------------------------------------------------------------------------------------

_DL_CPU: Final = 1
_DL_EXTENSION: Final = 12
_DL_DEVICE: Final = ctypes.sizeof(ctypes.c_void_p)  # where a DLTensor's device stands: after data

_address = ctypes.pythonapi.PyCapsule_GetPointer
_address.restype = ctypes.c_size_t
_address.argtypes = (ctypes.py_object, ctypes.c_char_p)
_device_at = ctypes.c_int64.from_address  # type and index, 32 bits each


def _relabel(tensor: Tensor, device: int) -> Tensor:
    capsule = torch._C._to_dlpack(tensor)
    _device_at(_address(capsule, b"dltensor") + _DL_DEVICE).value = device
    return torch._C._from_dlpack(capsule)


def claim(host: Tensor) -> Tensor:
    """Give a tensor on the device with a CPU tensor's memory and layout."""
    if host.layout is not torch.strided or host.is_quantized:
        raise refuse("sparse and quantized tensors")
    if host.is_conj() or host.is_neg():
        host = host.resolve_conj().resolve_neg()
    try:
        return _relabel(host, _DL_EXTENSION)
    except (BufferError, RuntimeError) as error:
        raise refuse(f"tensors of {host.dtype}") from error


def host_view(tensor: Tensor) -> Tensor:
    """Give a tensor on the CPU with a device tensor's memory and layout."""
    host = _relabel(tensor, _DL_CPU)
    return _with_bits(host, tensor) if tensor.is_conj() or tensor.is_neg() else host


def _with_bits(host: Tensor, tensor: Tensor) -> Tensor:
    host = host.conj() if tensor.is_conj() else host
    return torch._neg_view(host) if tensor.is_neg() else host


def _alias(tensor: Tensor) -> Tensor:
    alias: Tensor = _aten.alias.default(tensor)
    return alias


def _row(tensor: Tensor) -> Tensor:
    """View a tensor's whole storage as one row."""
    length = tensor.untyped_storage().nbytes() // tensor.element_size()
    return _alias(tensor).as_strided_((length,), (1,), 0)


def _restride(row: Tensor, like: Tensor) -> Tensor:
    return row.as_strided_(like.size(), like.stride(), like.storage_offset())


def _become(tensor: Tensor, other: Tensor) -> Tensor:
    """Put other memory and layout under a tensor, for all who hold it."""
    tensor.data = other
    return tensor


def _hosts(tensors: Iterable[Tensor]) -> dict[int, Tensor]:
    """Give CPU sides by id; they share storages as the originals do, so overlap is noticed."""
    unique = {id(tensor): tensor for tensor in tensors if not tensor.is_cpu}
    if len(unique) > 1:
        places = {key: (_place(tensor) or key, tensor.dtype) for key, tensor in unique.items()}
        if len(set(places.values())) < len(unique):
            return _hosts_in(places, unique)
    return {key: host_view(tensor) for key, tensor in unique.items()}


def _hosts_in(places: dict[int, Any], tensors: dict[int, Tensor]) -> dict[int, Tensor]:
    rows = {places[key]: _relabel(_row(tensor), _DL_CPU) for key, tensor in tensors.items()}
    return {
        key: _with_bits(_restride(_alias(rows[places[key]]), tensor), tensor)
        for key, tensor in tensors.items()
    }


def _place(tensor: Tensor) -> int:
    return tensor.untyped_storage().data_ptr()


def clone_storage(storage: torch.UntypedStorage) -> torch.UntypedStorage:
    """Copy a storage of the device."""
    return claim(_storage_row(storage, torch.uint8).clone()).untyped_storage()


def _storage_row(storage: torch.UntypedStorage, dtype: torch.dtype) -> Tensor:
    """View a storage of the device as one row on the CPU."""
    length = storage.nbytes() // dtype.itemsize
    if length == 0:
        return torch.empty(0, dtype=dtype, device=_CPU)
    block: Any = type("_Block", (ctypes.c_char * storage.nbytes(),), {})
    memory = block.from_address(storage.data_ptr())
    memory.storage = storage  # keeps it alive as long as the row
    return torch.frombuffer(memory, dtype=dtype, count=length)


# --- kernels that compute ----------------------------------------------------------------------


class _Elsewhere(Exception):
    """An argument is not on the device."""


_PLAIN: Final = frozenset({int, float, bool, complex, str, type(None), torch.dtype})


def _lower(value: Any) -> Any:
    """Give what the CPU's kernel takes in place of an argument."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, TensorBase):
        if value.is_cpu:
            raise _Elsewhere
        return host_view(value)  # type: ignore[arg-type]
    if isinstance(value, list | tuple):
        return [_lower(item) for item in value]
    if isinstance(value, torch.device):
        return _lower_device(value)
    if isinstance(value, torch._C.Generator):
        return _lower_generator(value)
    return value


def _lower_device(device: torch.device) -> torch.device:
    if device.type != NAME:
        raise _Elsewhere
    check_index(device)
    return _CPU


def check_index(device: torch.device) -> None:
    """Raise unless there is such a device: there is one."""
    if device.index not in (None, 0):
        raise RuntimeError(f"{NAME} error: invalid device ordinal")


def _lower_generator(generator: torch._C.Generator) -> torch._C.Generator:
    if generator._cdata not in _generators:  # type: ignore[attr-defined]
        raise RuntimeError(
            f"Expected a '{NAME}' device type for generator but found '{generator.device.type}'"
        )
    return generator


def _lift(result: Any) -> Any:
    """Give what the device returns for what the CPU's kernel returned."""
    if isinstance(result, TensorBase):
        return claim(result)  # type: ignore[arg-type]
    if isinstance(result, list | tuple):
        return type(result)(_lift(item) for item in result)
    return result


def _run(op: OpOverload, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
    """Run the CPU's kernel. What the CPU cannot do, a device may."""
    try:
        return op(*args, **kwargs)
    except NotImplementedError as error:
        raise refuse(str(op)) from error
    except RuntimeError as error:
        if "Expected a value of type 'Tensor'" not in str(error):
            raise
        # PyTorch gave a number where the schema has a tensor; another overload takes it.
        return op.overloadpacket(*args, **kwargs)


def _reading(op: OpOverload) -> Kernel:
    """Make the kernel of an operation that writes to none of its arguments."""
    composite = _composite_key(op)

    def kernel(*args: Any, **kwargs: Any) -> Any:
        try:
            host_args = [_lower(value) for value in args]
            host_kwargs = {name: _lower(value) for name, value in kwargs.items()}
        except _Elsewhere:
            return _meeting(op, composite, args, kwargs)
        return _lift(_run(op, host_args, host_kwargs))

    return kernel


def _meeting(
    op: OpOverload, composite: DispatchKey | None, args: Sequence[Any], kwargs: dict[str, Any]
) -> Any:
    """Run an operation of which some arguments are not on the device, if that may be."""
    if _checks_first(op):
        _check_devices(op, args, kwargs)
    if composite is not None:
        return op._op_dk(composite, *args, **kwargs)  # PyTorch's own, which checks by itself
    hosts = _hosts(_tensors((*args, *kwargs.values())))
    host_kwargs = {name: _exchange(value, hosts) for name, value in kwargs.items()}
    return _lift(_run(op, [_exchange(value, hosts) for value in args], host_kwargs))


@cache
def _checks_first(op: OpOverload) -> bool:
    """Tell whether devices are compared before the operation begins, as a GPU's wrappers do.

    What PyTorch puts together has no kernel to wrap. A convolution compares them by itself, but
    in code that then looks for a device it knows.
    """
    base, name = _base(op), op.name()  # type: ignore[no-untyped-call]
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key(name, "CPU")
    wrapped = has_kernel and base not in _ITERATING
    return _composite_key(op) is None or wrapped or base == "convolution"


def _writing(op: OpOverload) -> Kernel:
    """Make the kernel of an operation that writes to arguments, in place or to `out`."""
    outs = [a.name for a in op._schema.arguments if a.kwarg_only and a.is_write]
    owners = _owners(op)
    composite = _composite_key(op)

    def kernel(*args: Any, **kwargs: Any) -> Any:
        tensors = list(_tensors((*args, *kwargs.values())))
        if any(tensor.is_cpu for tensor in tensors):
            if _checks_first(op):
                _check_devices(op, args, kwargs)
            if composite is not None:
                return op._op_dk(composite, *args, **kwargs)
        hosts = _hosts(tensors)
        host_args = [_exchange(value, hosts) for value in args]
        host_kwargs = {name: _exchange(value, hosts) for name, value in kwargs.items()}
        result = _run_into(op, host_args, host_kwargs, {n: kwargs[n] for n in outs})
        return _results(result, owners, args, kwargs)

    return kernel


def _exchange(value: Any, hosts: dict[int, Tensor]) -> Any:
    if isinstance(value, TensorBase):
        return hosts.get(id(value), value)
    if isinstance(value, list | tuple):
        return [_exchange(item, hosts) for item in value]
    return _lower(value)


def _run_into(
    op: OpOverload, args: list[Any], kwargs: dict[str, Any], outs: dict[str, Tensor]
) -> Any:
    """Run an operation; claimed memory cannot grow, so what `out` needs more of is new memory."""
    for name, out in outs.items():
        if out.numel() == 0:
            kwargs[name] = torch.empty(0, dtype=out.dtype, device=_CPU)
    try:
        result = _run(op, args, kwargs)
    except RuntimeError as error:
        if "not resizable" not in str(error):
            raise
        if not outs:
            raise refuse(f"{op} with other sizes") from error
        kwargs |= {name: torch.empty_like(kwargs[name]) for name in outs}
        result = _run(op, args, kwargs)
    for name, out in outs.items():
        if kwargs[name].shape != out.shape or kwargs[name].is_conj() != out.is_conj():
            _become(out, claim(kwargs[name]))
    return result


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


def _owners(op: OpOverload) -> list[int | str | None]:
    """Tell for each result which argument it is, by place or name; None where it is new."""
    written: dict[str, int | str] = {}
    for place, argument in enumerate(op._schema.arguments):
        for alias in argument.alias_info.before_set if argument.alias_info else ():
            written[alias] = argument.name if argument.kwarg_only else place
    return [
        next((written[alias] for alias in result.alias_info.before_set), None)
        if result.alias_info
        else None
        for result in op._schema.returns
    ]


def _composite_key(op: OpOverload) -> DispatchKey | None:
    """Tell which of PyTorch's own kernels puts the operation together from others, if any."""
    name: str = op.name()  # type: ignore[no-untyped-call]
    for key in ("CompositeExplicitAutogradNonFunctional", "CompositeExplicitAutograd"):
        if torch._C._dispatch_has_kernel_for_dispatch_key(name, key):
            found: DispatchKey = getattr(DispatchKey, key)
            return found
    return None


def _refusing_integers(op: OpOverload, kernel: Kernel) -> Kernel:
    """Fail what a GPU has for floating-point numbers only, unless there is nothing to compute."""
    label = _FLOATING_ONLY[_base(op)]

    def checked(*args: Any, **kwargs: Any) -> Any:
        name = _C_NAMES.get(args[0].dtype)
        if name is not None:
            tensors = list(_tensors((*args, *kwargs.values())))
            if all(tensor.numel() and not tensor.is_cpu for tensor in tensors):
                raise NotImplementedError(f"\"{label}\" not implemented for '{name}'")
        return kernel(*args, **kwargs)

    return checked


def _absent(op: OpOverload) -> Kernel:
    def kernel(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise NotImplementedError(
            f"Could not run '{op._schema.name}.{op._overloadname}' with arguments from the "
            f"'{NAME}' backend. The operation exists on the CPU only."
        )

    return kernel


# --- who may meet whom -------------------------------------------------------------------------


def _tensors(value: Any) -> Iterator[Tensor]:
    for item in value:
        if isinstance(item, TensorBase):
            yield item  # type: ignore[misc]
        elif isinstance(item, list | tuple):
            yield from _tensors(item)


def _check_devices(op: OpOverload, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """Raise what a GPU raises for tensors that may not meet."""
    first: Tensor | None = None
    for place, argument in enumerate(op._schema.arguments):
        value = args[place] if place < len(args) else kwargs.get(argument.name)
        for tensor in _tensors((value,)):
            if _may_differ(op, argument, tensor):
                continue
            first = tensor if first is None else first
            if tensor.device != first.device:
                raise _mismatch(op, argument.name, tensor, first)


def _may_differ(op: OpOverload, argument: Any, tensor: Tensor) -> bool:
    """Tell whether an argument may be on another device than the other tensors."""
    base = _base(op)
    if argument.name in _ANYWHERE.get(base, ()):
        return True
    if not tensor.is_cpu:
        return False
    if argument.name in _HOST_ARGUMENTS.get(base, ()):
        return True
    if tensor.dim() or argument.is_write:
        return False
    return base in _ELEMENTWISE or argument.name in _HOST_SCALARS.get(base, ())


def _mismatch(op: OpOverload, name: str, tensor: Tensor, first: Tensor) -> RuntimeError:
    base, here, there = _base(op), first.device, tensor.device
    if base == "masked_fill":
        text = f"expected self and mask to be on the same device, but got mask on {there}"
        return RuntimeError(f"{text} and self on {here}")
    if base == "convolution":
        kinds = f"Input type ({first.type()}) and {name} type ({tensor.type()})"
        dense = " or input should be a MKLDNN tensor and weight is a dense tensor"
        return RuntimeError(f"{kinds} should be the same{dense if first.is_cpu else ''}")
    start = "Expected all tensors to be on the same device, but "
    if base in _COMPARED_LATER:
        return RuntimeError(f"{start}found at least two devices, {DEVICE} and {_CPU}!")
    return RuntimeError(
        f"{start}got {name} is on {there}, different from other tensors on {here} "
        f"(when checking argument in method {base})"
    )


# --- kernels that are about memory -------------------------------------------------------------


def _as_strided(self: Tensor, size: Any, stride: Any, storage_offset: int | None = None) -> Tensor:
    return _alias(self).as_strided_(size, stride, storage_offset)


def _viewing(op: OpOverload) -> Kernel:
    """Make the kernel of an operation whose result is a view: the CPU knows its layout."""

    def kernel(self: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        seen: Tensor = _run(op, [host_view(self), *args], kwargs)
        offset = self.storage_offset()
        if seen.dtype is self.dtype:
            row = _alias(self)
        else:
            row = _row(self).view(seen.dtype)
            offset = offset * self.element_size() // seen.element_size()
        return row.as_strided_(seen.size(), seen.stride(), offset + seen.storage_offset())

    return kernel


def _copy_from(self: Tensor, dst: Tensor, non_blocking: bool = False) -> Tensor:
    if self.is_cpu or dst.is_cpu or self.numel() == 1:
        source, target = (tensor if tensor.is_cpu else host_view(tensor) for tensor in (self, dst))
    else:
        source, target = _hosts((self, dst)).values()
    target.copy_(source)
    return dst


def _copy_from_and_resize(self: Tensor, dst: Tensor) -> Tensor:
    return _copy_from(self, dst.resize_(self.size()))


def _to_copy(self: Tensor, *, device: torch.device = DEVICE, **kwargs: Any) -> Tensor:
    copied: Tensor = _run(_aten._to_copy.default, [host_view(self)], kwargs)
    if device.type == "cpu":
        return copied
    check_index(device)
    return claim(copied)


def _resize(self: Tensor, size: Sequence[int], *, memory_format: Any = None) -> Tensor:
    if memory_format not in (None, torch.contiguous_format):
        raise refuse(f"resize_ to {memory_format}")
    offset = self.storage_offset()
    needed = offset + math.prod(size)
    if needed * self.element_size() > self.untyped_storage().nbytes():
        old = host_view(_row(self))
        grown = torch.empty(needed, dtype=self.dtype, device=_CPU)
        grown[: old.numel()] = old
        _become(self, claim(grown))
    return self.as_strided_(size, _row_major(size), offset)


def _row_major(size: Sequence[int]) -> list[int]:
    return [math.prod(max(length, 1) for length in size[axis + 1 :]) for axis in range(len(size))]


def _set(op: OpOverload) -> Kernel:
    return _set_tensor if op._overloadname == "source_Tensor" else _set_storage


def _set_tensor(self: Tensor, source: Tensor) -> Tensor:
    if source.device != self.device:
        raise _mismatch(_aten.set_.source_Tensor, "source", source, self)
    return _become(self, _alias(source))


def _set_storage(
    self: Tensor,
    source: torch.UntypedStorage,
    storage_offset: int = 0,
    size: Sequence[int] | None = None,
    stride: Sequence[int] = (),
) -> Tensor:
    row = claim(_storage_row(source, self.dtype))
    if size is not None:
        strides = stride if len(stride) == len(size) else _row_major(size)
        row.as_strided_(size, strides, storage_offset)
    return _become(self, row)


def _is_set_to(self: Tensor, tensor: Tensor) -> bool:
    def place(t: Tensor) -> tuple[Any, ...]:
        return _place(t), t.storage_offset(), t.size(), t.stride()

    return place(self) == place(tensor)


def _zero_tensor(size: Sequence[int], *, dtype: Any = None, **_layout: Any) -> Tensor:
    return claim(torch.zeros(size, dtype=dtype, device=_CPU))


# --- random numbers ----------------------------------------------------------------------------

# A GPU's draws differ from the CPU's for the same seed; so do these.
_TWIST: Final = 0x5EED_ACCE_1E7A_7042
_BITS: Final = 0xFFFF_FFFF_FFFF_FFFF

_generators: Final[set[int]] = set()  # addresses: a kernel gets other Python objects


class DeviceGenerator(torch._C.Generator):
    """A generator of the device: one of the CPU's that only the device's kernels accept."""

    def __new__(cls) -> DeviceGenerator:
        """Make a generator of the CPU, whatever the default device is."""
        return super().__new__(cls)

    def __init__(self) -> None:
        _generators.add(self._cdata)  # type: ignore[attr-defined]
        self.manual_seed(0)

    def __del__(self, forget: Callable[[int], None] = _generators.discard) -> None:
        forget(self._cdata)  # type: ignore[attr-defined]

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        """The device that it claims."""
        return DEVICE

    def manual_seed(self, seed: int) -> DeviceGenerator:
        """Start over from a seed."""
        super().manual_seed((int(seed) & _BITS) ^ _TWIST)
        return self

    def initial_seed(self) -> int:
        """Give the seed that it was started from."""
        return super().initial_seed() ^ _TWIST

    def seed(self) -> int:
        """Start over from a seed of the system's choice, and give that."""
        return super().seed() ^ _TWIST


_own: list[DeviceGenerator] = []
_noted_seed: list[int] = []


def default_generator() -> DeviceGenerator:
    """Give the generator that the device draws from when it is given none."""
    if not _own:
        _own.append(DeviceGenerator())
    if _noted_seed:
        _own[0].manual_seed(_noted_seed.pop())
    return _own[0]


def seed_later(seed: int) -> None:
    """Note a seed for the device: `torch.manual_seed` must stay cheap for CPU code."""
    _noted_seed[:] = [seed]


def _drawing(op: OpOverload, kernel: Kernel) -> Kernel:
    """Let an operation draw from the device's own generator when it is given none."""
    if "generator" not in _names(op):
        return lambda *args, **kwargs: _with_device_state(kernel, args, kwargs)
    place = _names(op).index("generator")

    def drawing(*args: Any, **kwargs: Any) -> Any:
        if len(args) > place and args[place] is None:
            args = args[:place]
        if len(args) <= place and kwargs.get("generator") is None:
            kwargs["generator"] = default_generator()
        return kernel(*args, **kwargs)

    return drawing


def _with_device_state(kernel: Kernel, args: Any, kwargs: Any) -> Any:
    """Run a kernel that knows only the CPU's random state, and leave that as it was."""
    cpu, device = torch.default_generator, default_generator()
    before = cpu.get_state()
    cpu.set_state(device.get_state())
    try:
        return kernel(*args, **kwargs)
    finally:
        device.set_state(cpu.get_state())
        cpu.set_state(before)


# --- tables ------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPECIAL: Final[dict[str, Callable[[OpOverload], Kernel]]] = {
    "as_strided": lambda op: _as_strided,
    "_reshape_alias": lambda op: _as_strided,
    "view": _viewing,
    "unfold": _viewing,
    "view_as_real": _viewing,
    "view_as_complex": _viewing,
    "_copy_from": lambda op: _copy_from,
    "_copy_from_and_resize": lambda op: _copy_from_and_resize,
    "_to_copy": lambda op: _to_copy,
    "resize_": lambda op: _resize,
    "set_": _set,
    "is_set_to": lambda op: _is_set_to,
    "_efficientzerotensor": lambda op: _zero_tensor,
    # PyTorch has these on the CPU only.
    "histogram": _absent,
    "_histogramdd_bin_edges": _absent,
    "_histogramdd_from_bin_cts": _absent,
    "_histogramdd_from_bin_tensors": _absent,
}

# Operations of one element at a time: a CPU tensor without dimensions may join in.
_ELEMENTWISE: Final = _words("""
    add sub mul div rsub true_divide floor_divide remainder fmod pow float_power atan2 hypot
    copysign maximum minimum fmax fmin heaviside xlogy special_xlog1py gcd lcm ldexp
    eq ne lt le gt ge bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift
    logical_and logical_or logical_xor __and__ __or__ __xor__ __lshift__ __rshift__
    __ilshift __irshift
""")

# Operations whose devices PyTorch's own code compares; for others a GPU's wrapper does it first.
_ITERATING: Final = _ELEMENTWISE | _words("""
    addcmul addcdiv lerp where mse_loss smooth_l1_loss masked_fill index index_put index_fill
""")
_INDEXED_WRITING: Final = _words("index_put _index_put_impl _unsafe_index_put")

# Operations that name two devices where they must be one, and no argument.
_COMPARED_LATER: Final = (
    _ELEMENTWISE | _INDEXED_WRITING | _words("where index_fill mse_loss binary_cross_entropy")
)

# Arguments that may be on either side, whatever the others are.
_ANYWHERE: Final = dict.fromkeys(_INDEXED_WRITING, ("indices",)) | {"index_fill": ("value",)}

# Arguments that may be CPU tensors of any shape.
_HOST_ARGUMENTS: Final = dict.fromkeys(("index", "_unsafe_index"), ("indices",))

# Arguments that may be CPU tensors without dimensions.
_HOST_SCALARS: Final = {
    "masked_fill": ("value",),
    "fill": ("value",),
    "addcmul": ("tensor2",),
    "_index_put_impl": ("values",),
    "index_put": ("values",),
    "where": ("condition", "self", "other"),
    "_fused_sgd": ("lr", "grad_scale", "found_inf"),
    "_fused_adam": ("lr", "grad_scale", "found_inf"),
    "_fused_adamw": ("lr", "grad_scale", "found_inf"),
}

# What a GPU has for floating-point numbers only, and what its message calls it.
_FLOATING_ONLY: Final = {
    "mm": "addmm_cuda",
    "addmm": "addmm_cuda",
    "addbmm": "addmm_cuda",
    "bmm": "baddbmm_cuda",
    "baddbmm": "baddbmm_cuda",
    "mv": "addmv_impl_cuda",
    "addmv": "addmv_impl_cuda",
    "dot": "dot",
    "vdot": "vdot",
    "convolution": "slow_conv2d_cuda",
    "avg_pool2d": "avg_pool2d_out_cuda_frame",
    "avg_pool3d": "avg_pool3d_out_cuda",
    "max_pool2d_with_indices": "max_pool2d_with_indices_out_cuda_frame",
    "max_pool3d_with_indices": "max_pool3d_with_indices_out_frame",
    "native_dropout_backward": "masked_scale",
}
_C_NAMES: Final = {
    torch.bool: "Bool",
    torch.uint8: "Byte",
    torch.int8: "Char",
    torch.int16: "Short",
    torch.int32: "Int",
    torch.int64: "Long",
}

# Operations that are often used, many of which PyTorch would put together from others: run as
# one, they cost one call. All others come through `_fallback`.
_DIRECT: Final = sorted(
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
    index_put embedding repeat triu tril diag_embed constant_pad_nd isin.Tensor_Tensor
    _softmax _log_softmax _softmax_backward_data _log_softmax_backward_data
    nll_loss_forward nll_loss_backward mse_loss smooth_l1_loss smooth_l1_loss_backward
    binary_cross_entropy_with_logits native_layer_norm
    sigmoid_backward tanh_backward threshold_backward gelu_backward
    select_backward slice_backward diagonal_backward
    convolution convolution_backward max_pool2d_with_indices avg_pool2d
    linalg_qr linalg_inv_ex linalg_cholesky_ex _linalg_det _linalg_solve_ex _linalg_svd
    _linalg_eigh new_zeros new_ones new_full new_empty clone _to_copy zeros ones full
    zeros_like ones_like full_like scalar_tensor arange arange.start arange.start_step eye eye.m
    linspace as_strided _reshape_alias view _copy_from _local_scalar_dense empty.memory_format
    empty_strided fill_.Scalar fill_.Tensor zero_ where.self std.correction var.correction nonzero
    """)
)
