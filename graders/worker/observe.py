"""Makes one call and records everything that it did.

The reference and the students' functions are called through this module alone, so their
observations can be compared byte for byte. It runs beside student code: apart from the wire format
it imports nothing of ours, and it takes nothing that a function hands back at its word.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import itertools
import random
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import numpy as np
import torch

from graders.worker import accelerator, cuda
from graders.worker.record import Recorder
from graders.worker.wire import (
    ITEM_SIZES,
    MAX_DEPTH,
    MAX_INTEGER_BITS,
    MAX_KEYS,
    MAX_NODES,
    MAX_TEXT,
    Tree,
)

ACCELERATOR: Final = "accelerator"
_HERE: Final = frozenset({"cpu", accelerator.NAME})  # whose tensors lie in this process's memory
MAX_ITERATED: Final = 1_000
MAX_TEXTS: Final = 1 << 18  # characters of one observation, beside those of its exception
DEEPEST: Final = MAX_DEPTH - 1  # the grader finds a result inside of a list
MOST_NODES: Final = MAX_NODES // 2  # of the result; what became of arguments comes on top
UNWIELDY: Final = "a value that is too deep or too large"
TEXT_WEIGHT: Final = 8  # of a character, in bytes of a header
DTYPES: Final = {name: getattr(torch, name) for name in ITEM_SIZES}
NAMES: Final = {dtype: name for name, dtype in DTYPES.items()}
_NUMPY: Final = {name: np.dtype(name.replace("bfloat16", "int16")) for name in ITEM_SIZES}

# Taken before any student code runs: a patched torch.Tensor must not confuse the record.
_Tensor = torch.Tensor
_Parameter = torch.nn.Parameter
_detach = torch._C.TensorBase.detach
_is_grad_enabled = torch.is_grad_enabled
_string_at = ctypes.string_at
_traceback = BaseException.__dict__["__traceback__"].__get__
_BUILTINS = dict(builtins.__dict__)
_plain = torch._C.DisableTorchFunctionSubclass
_mro = type.__dict__["__mro__"].__get__
_name = type.__dict__["__name__"].__get__


@dataclass(frozen=True, slots=True)
class Options:
    """What to look at beyond what every call shows."""

    device: str = "cpu"
    random: bool = False  # whether a global random state moves
    iterate: bool = False  # an iterable result is taken item by item
    operations: bool = False  # which tensor operations run
    steps: bool = False  # besides, how often the lines of the code run
    result: int = 64 << 20  # the bytes that are sent at most


@dataclass(slots=True)
class Observation:
    """What one call did: the record is JSON, the payload the bytes of its tensors."""

    record: dict[str, Any]
    payload: bytes
    seconds: float
    operations: list[Any] | None = None  # the recorder's summary where it was asked for
    weight: int = 0  # about how many bytes it takes to send it
    last: bool = False  # whether the process cannot go on


@dataclass(slots=True)
class _Leaf:
    """An argument tensor or array, and how it was before the call."""

    value: Any
    place: slice  # of its storage in the memory of all arguments
    start: int
    end: int
    state_of: Callable[[Any], tuple[Any, ...]]
    state: tuple[Any, ...]  # gradient or not, requires_grad, and where its elements lie
    home: Any = None  # its storage on a GPU; elsewhere it lies in the memory of all arguments


class Memory:
    """What the tensors of all calls of a request lie in, and what was written there at first."""

    def __init__(self, payload: memoryview) -> None:
        """Copy the payload to an address that suits every dtype."""
        storage = torch.empty(len(payload), dtype=torch.uint8, device="cpu")
        self.original = payload.tobytes()  # bytes are compared faster than views of them
        self.start = storage.data_ptr()
        self.now = storage.numpy().data
        self.now[:] = payload

    def changed(self, place: slice) -> bool:
        """Whether anything was written there."""
        return self.now[place].tobytes() != self.original[place]

    def fetch(self, leaves: list[_Leaf]) -> None:
        """Take over what was written to tensors on a GPU."""
        for leaf in leaves:
            if leaf.home is not None and leaf.home.nbytes() == leaf.place.stop - leaf.place.start:
                self.now[leaf.place] = cuda.bytes_of(leaf.home).numpy().data


@dataclass(slots=True)
class Arguments:
    """The arguments of one call, built from their trees."""

    values: list[Any]
    leaves: list[_Leaf]
    trees: list[Tree]
    memory: Memory
    place: slice  # of all leaves in it


def build_arguments(trees: list[Tree], memory: Memory, device: str = "cpu") -> Arguments:
    """Build the arguments of one call, each tensor with a storage of its own, on a device."""
    leaves: list[_Leaf] = []
    values = [_build(tree, memory, leaves, device) for tree in trees]
    place = slice(leaves[0].place.start, leaves[-1].place.stop) if leaves else slice(0)
    return Arguments(values, leaves, trees, memory, place)


def _build(tree: Tree, memory: Memory, leaves: list[_Leaf], device: str) -> Any:
    kind = tree[0]
    if kind == "tensor":
        leaf = _build_tensor(tree, memory, device)
    elif kind == "array":
        leaf = _build_array(tree, memory)
    elif kind in ("list", "tuple"):
        items = [_build(item, memory, leaves, device) for item in tree[1]]
        return items if kind == "list" else tuple(items)
    else:
        return _scalar(tree)
    leaves.append(leaf)
    return leaf.value


def _scalar(tree: Tree) -> Any:
    kind = tree[0]
    if kind == "none":
        return None
    if kind == "float":
        return float.fromhex(tree[1])
    return DTYPES[tree[1]] if kind == "dtype" else tree[1]


def _build_tensor(tree: Tree, memory: Memory, device: str) -> _Leaf:
    _, name, shape, strides, offset, position, size, requires_grad = tree
    place = slice(position, position + size)
    start = memory.start + position
    home = None
    if device == cuda.NAME or offset:
        flat = _array_on(memory.now[place], name, [size // ITEM_SIZES[name]], [1], 0)
        value = _tensor_of(flat, name)
        if device == cuda.NAME:
            value = cuda.to_gpu(value)
            home, start = (value.untyped_storage() if size else None), value.data_ptr()
        elif device == ACCELERATOR:
            value = accelerator.claim(value)
        value.as_strided_(shape, strides, offset)
    else:
        value = _tensor_of(_array_on(memory.now[place], name, shape, strides, offset), name)
        if device == ACCELERATOR:
            value = accelerator.claim(value)
    if requires_grad:
        value.requires_grad_()
    return _Leaf(value, place, start, start + size, _tensor_state, _tensor_state(value), home)


def _build_array(tree: Tree, memory: Memory) -> _Leaf:
    _, name, shape, strides, offset, position, size, _ = tree
    place = slice(position, position + size)
    value = _array_on(memory.now[place], name, shape, strides, offset)
    start = memory.start + position
    return _Leaf(value, place, start, start + size, _array_state, _array_state(value))


def _array_on(
    place: memoryview, name: str, shape: list[int], strides: list[int], offset: int
) -> np.ndarray[Any, Any]:
    step = ITEM_SIZES[name]
    return np.ndarray(shape, _NUMPY[name], place, offset * step, [s * step for s in strides])


def _tensor_of(array: np.ndarray[Any, Any], name: str) -> torch.Tensor:
    tensor = torch.from_numpy(array)
    return tensor.view(torch.bfloat16) if name == "bfloat16" else tensor


def _tensor_state(value: torch.Tensor) -> tuple[Any, ...]:
    has_gradient = value.is_leaf and value.grad is not None
    start, dtype = value.data_ptr(), value.dtype
    return has_gradient, value.requires_grad, value.shape, value.stride(), start, dtype


def _array_state(value: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    start = value.__array_interface__["data"][0]
    return False, False, value.shape, value.strides, start, value.dtype


# ---------------------------------------------------------------- the call


def observe(
    function: Callable[..., Any], arguments: Arguments, options: Options, filenames: frozenset[str]
) -> Observation:
    """Call `function` and record what it did; whatever it raises becomes part of the record.

    `filenames` are those of the code whose lines may be shown.
    """
    record: dict[str, Any] = {}
    encoder = _Encoder(arguments.leaves, options.result)
    before = _random_state() if options.random else None
    files = filenames if options.steps else frozenset()
    recorder = Recorder(files) if options.operations else None
    raised: BaseException | None = None
    started = perf_counter()
    try:
        if recorder is None:
            result = _call(function, arguments, options)
        else:
            with recorder:
                result = _call(function, arguments, options)
        if options.device == cuda.NAME:
            cuda.wait()
        seconds = perf_counter() - started
        record["value"] = encoder.encode(result)
        if issubclass(type(result), np.generic):
            record["numpy"] = type_name(type(result))
    except BaseException as error:  # SystemExit and KeyboardInterrupt are answers as well
        seconds = perf_counter() - started
        raised = error
        record["error"] = describe_error(error, filenames)
    missing = _missing(options.device, raised) if options.device != "cpu" else None
    if missing is not None:
        return Observation({"unsupported": missing, "size": 0}, b"", seconds)
    if options.device == cuda.NAME:
        if raised is not None:
            record["error"][1] = cuda.first_words(record["error"][1])
        if raised is not None and cuda.is_lost():
            lost = {"error": record["error"], "ends": True, "size": 0}
            return Observation(lost, b"", seconds, last=True)
        arguments.memory.fetch(arguments.leaves)
    _record_arguments(record, arguments, encoder)
    if not _is_grad_enabled():
        record["grad off"] = True
    if before is not None:
        record["random"] = before != _random_state()
    payload = b"".join(encoder.chunks)
    record["size"] = len(payload)
    weight = len(payload) + TEXT_WEIGHT * encoder.text
    return Observation(record, payload, seconds, recorder.summary() if recorder else None, weight)


def _missing(device: str, raised: BaseException | None) -> str | None:
    """Name what a device other than the CPU lacks for a call: that says nothing of the student."""
    return accelerator.refused(raised) if device == ACCELERATOR else cuda.lacks(raised)


def _call(function: Callable[..., Any], arguments: Arguments, options: Options) -> Any:
    result = function(*arguments.values)
    return _iterate(result) if options.iterate else result


def _iterate(result: Any) -> Any:
    """Take the items of an iterator, a DataLoader and the like; leave all other values alone."""
    known = isinstance(result, list | tuple | dict | str | _Tensor | np.ndarray)
    kind = type(result)
    if known or not (hasattr(kind, "__iter__") or hasattr(kind, "__getitem__")):
        return result
    return _Iteration(list(itertools.islice(iter(result), MAX_ITERATED)))


@dataclass(slots=True)
class _Iteration:
    items: list[Any]


def _record_arguments(record: dict[str, Any], arguments: Arguments, encoder: _Encoder) -> None:
    written = arguments.memory.changed(arguments.place)
    for number, leaf in enumerate(arguments.leaves):
        state = leaf.state_of(leaf.value)
        if state == leaf.state and not written:
            continue
        moved = state[2:] != leaf.state[2:]  # other references to it see no change
        lost_gradient = leaf.state[1] and not state[1]
        if moved or lost_gradient or (written and arguments.memory.changed(leaf.place)):
            record.setdefault("changed", []).append([number, encoder.encode(leaf.value)])
        if moved:
            record.setdefault("moved", []).append(number)
        if state[0]:
            record.setdefault("gradients", []).append([number, encoder.encode(leaf.value.grad)])
    if list in map(type, arguments.values):
        _record_lists(record, arguments)


def _record_lists(record: dict[str, Any], arguments: Arguments) -> None:
    tensors = iter(arguments.leaves)
    for number, (value, tree) in enumerate(zip(arguments.values, arguments.trees, strict=True)):
        same = _same_items(value, tree, tensors)
        if tree[0] == "list" and not same:
            record.setdefault("lists", []).append(number)


def _same_items(value: Any, tree: Tree, tensors: Iterator[_Leaf]) -> bool:
    """Whether a list still holds what it was built with; takes its tensors from `tensors`."""
    if tree[0] in ("tensor", "array"):
        return value is next(tensors).value
    if tree[0] not in ("list", "tuple"):
        return type(value) is type(_scalar(tree)) and bool(value == _scalar(tree))
    kind = list if tree[0] == "list" else tuple
    same = type(value) is kind and len(value) == len(tree[1])
    for number, item_tree in enumerate(tree[1]):
        item = value[number] if same else None
        same = _same_items(item, item_tree, tensors) and same  # takes all of its tensors
    return same


def _random_state() -> tuple[Any, ...]:
    numpy_state = np.random.get_state(legacy=True)
    return (
        torch.get_rng_state().numpy().tobytes(),
        numpy_state[1].tobytes(),  # type: ignore[index]
        numpy_state[2],  # type: ignore[index]
        random.getstate(),
    )


# ---------------------------------------------------------------- results


class _TooLarge(Exception):
    """A value has more bytes than may be sent."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class _Unwieldy(Exception):
    """A value has too many parts to be sent."""


@dataclass(slots=True)
class _Encoder:
    """Describes values as trees and collects the bytes of their tensors."""

    leaves: list[_Leaf]
    most: int  # bytes
    chunks: list[bytes] = field(default_factory=list)
    results: list[tuple[int, int]] = field(default_factory=list)  # memory of results so far
    nodes: int = 0
    size: int = 0
    text: int = 0

    def encode(self, value: Any) -> Tree:
        self.nodes = 0
        mark, size = len(self.chunks), self.size
        try:
            return self._tree(value, 0)
        except _TooLarge as large:
            tree = ["too large", large.size]
        except _Unwieldy:
            tree = ["opaque", UNWIELDY]
        except Exception:  # an object that defends itself against being looked at
            tree = ["opaque", type_name(type(value))]
        del self.chunks[mark:]
        self.size = size
        return tree

    def _tree(self, value: Any, depth: int) -> Tree:
        self.nodes += 1
        kind = type(value)
        if kind is _Tensor or kind is _Parameter:  # of PyTorch itself, without code of its own
            return self._plain_tensor(value, _detach(value) if value.requires_grad else value)
        if value is None:
            return ["none"]
        if self.nodes > MOST_NODES:
            raise _Unwieldy
        if depth >= DEEPEST:
            return ["opaque", UNWIELDY]
        if kind in _SCALARS:
            return self._scalar(value)
        return self._container(value, kind, depth)

    def _scalar(self, value: Any) -> Tree:
        tree = _scalar_tree(value)
        self.text += len(tree[1]) if tree[0] == "str" else 0
        if self.text > MAX_TEXTS:
            raise _Unwieldy
        return tree

    def _container(self, value: Any, kind: type, depth: int) -> Tree:
        if issubclass(kind, dict) and len(value) > MAX_KEYS:
            raise _Unwieldy
        if issubclass(kind, tuple):
            return ["tuple", [self._tree(item, depth + 1) for item in tuple.__iter__(value)]]
        if issubclass(kind, list):
            return ["list", [self._tree(item, depth + 1) for item in list.__iter__(value)]]
        if issubclass(kind, dict):
            pairs = dict.items(value)
            return [
                "dict",
                [[self._tree(k, DEEPEST - 1), self._tree(v, depth + 1)] for k, v in pairs],
            ]
        if kind is _Iteration:
            return ["iterated", [self._tree(item, depth + 1) for item in value.items]]
        if issubclass(kind, np.ndarray):
            return self._array(value)
        if issubclass(kind, _Tensor):
            return self._tensor(value)
        return self._scalar(value)

    def _tensor(self, value: Any) -> Tree:
        with _plain():
            return self._plain_tensor(value, _detach(value))

    def _plain_tensor(self, value: Any, plain: torch.Tensor) -> Tree:
        if plain.layout is not torch.strided:
            return ["opaque", f"{str(plain.layout).removeprefix('torch.')} tensor"]
        dtype, shape, size = plain.dtype, list(plain.shape), plain.nbytes
        device = "cpu" if plain.is_cpu else plain.device.type
        contiguous = plain.is_contiguous()
        flags = "wc" if contiguous else "w"
        if value.requires_grad:
            flags += "g"
        if not contiguous and _overlaps(plain.stride(), shape):
            flags += "o"
        storage = plain.untyped_storage()
        low = storage.data_ptr()
        high = low + storage.nbytes()
        shares = self._shares(low, high) if 0 not in shape else []
        self._take(size)
        if plain.is_conj() or plain.is_neg():
            plain = plain.resolve_conj().resolve_neg()  # which lies elsewhere
        first = plain.data_ptr()
        if contiguous and device in _HERE and low <= first <= high - size:
            data = _string_at(first, size)
        else:
            data = _tensor_bytes(plain, device, dtype)
        self.chunks.append(data)
        return ["tensor", NAMES[dtype], shape, device, flags, shares, self._same(value), size]

    def _array(self, value: Any) -> Tree:
        plain = np.ndarray.view(value, np.ndarray)
        name = plain.dtype.name
        if name not in ITEM_SIZES:
            return ["opaque", f"array of {name}"]
        place = plain.__array_interface__
        flags = "w" * plain.flags.writeable + "c" * plain.flags.c_contiguous
        flags += "o" * _overlaps(plain.strides, plain.shape)
        low, size = place["data"][0], plain.nbytes
        shares = self._shares(low, low + size) if plain.size else []
        self._take(size)
        data = plain.tobytes()
        self.chunks.append(data)
        return [
            "array",
            name,
            list(plain.shape),
            "cpu",
            flags,
            shares,
            self._same(value),
            len(data),
        ]

    def _take(self, size: int) -> None:
        self.size += size
        if self.size > self.most:
            raise _TooLarge(self.size)

    def _same(self, value: Any) -> int | None:
        for number, leaf in enumerate(self.leaves):
            if leaf.value is value:
                return number
        return None

    def _shares(self, low: int, high: int) -> list[int]:
        """Return the numbers of the arguments, then of the earlier results, in this memory."""
        found = [n for n, leaf in enumerate(self.leaves) if leaf.start <= low < leaf.end]
        if self.results:
            results = enumerate(self.results, len(self.leaves))
            found += [n for n, (start, end) in results if start <= low < end]
        self.results.append((low, high))
        return found


def _overlaps(strides: Sequence[int], shape: Sequence[int]) -> bool:
    """Whether several elements lie in one place, as `expand` leaves them."""
    if 0 not in strides or 0 in shape:
        return False
    return any(stride == 0 and size > 1 for stride, size in zip(strides, shape, strict=True))


_SCALARS: Final = frozenset({bool, int, float, str})


def _scalar_tree(value: Any) -> Tree:
    match value:
        case bool() | np.bool_():
            return ["bool", bool(value)]
        case int():
            return _integer_tree(int.__pos__(value))  # a subclass has no say
        case np.integer():
            return _integer_tree(int(value))
        case float():
            return ["float", float.__pos__(value).hex()]
        case np.floating():
            return ["float", float(value).hex()]
        case complex() | np.complexfloating():
            return ["complex", float(value.real).hex(), float(value.imag).hex()]
        case str():
            return ["str", _encodable(value)]
        case torch.dtype():
            return ["dtype", NAMES.get(value, str(value))]
    return ["opaque", type_name(type(value))]


def _integer_tree(number: int) -> Tree:
    if number.bit_length() > MAX_INTEGER_BITS:
        return ["opaque", f"an integer of {number.bit_length()} bits"]
    return ["int", number]


def _tensor_bytes(plain: torch.Tensor, device: str, dtype: torch.dtype) -> bytes:
    if device == accelerator.NAME:
        plain = accelerator.host_view(plain)
    elif device != "cpu":
        plain = plain.cpu()
    if dtype is torch.bfloat16:
        plain = plain.contiguous().view(torch.int16)
    return plain.numpy().tobytes()


# ---------------------------------------------------------------- exceptions


def describe_error(error: BaseException, filenames: frozenset[str]) -> list[Any]:
    """Return the names of an exception's classes, its text, and the innermost line of the student.

    Built-in classes go by their bare name, all others with a dot, so that a class that only calls
    itself ValueError is not taken for the real one.
    """
    names = [class_name(kind) for kind in _mro(type(error))]
    text, place = "", None
    with contextlib.suppress(BaseException):
        said = error.msg if isinstance(error, SyntaxError) else error
        text = _encodable(str(said))
    with contextlib.suppress(BaseException):
        place = _place(error, filenames)
    return [names, text, place]


def class_name(kind: type) -> str:
    """Return the bare name of a built-in class, and a dotted one of any other."""
    name = type_name(kind)
    if _BUILTINS.get(name) is kind:
        return name
    module = type.__dict__["__module__"].__get__(kind)
    return f"{_encodable(module) if isinstance(module, str) else ''}.{name}"


def _encodable(text: str) -> str:
    """Return the beginning of a text; halves of surrogate pairs become escapes."""
    return str.__str__(text)[:MAX_TEXT].encode(errors="backslashreplace").decode()


def type_name(kind: type) -> str:
    """Return a class's own name, whatever its metaclass says."""
    return str(_name(kind))[:100]


def _place(error: BaseException, filenames: frozenset[str]) -> list[Any] | None:
    if isinstance(error, SyntaxError) and error.filename in filenames:
        return [str(error.filename), int(error.lineno or 0)]
    place = None
    step: types.TracebackType | None = _traceback(error)
    while step is not None:
        if step.tb_frame.f_code.co_filename in filenames:
            place = [step.tb_frame.f_code.co_filename, step.tb_lineno]
        step = step.tb_next
    return place
