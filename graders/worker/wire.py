"""The format in which arguments go to a worker and observations come back.

A frame is a fixed prefix, a header of JSON lines and a payload of raw bytes. Values are trees of
tagged JSON lists; the bytes of tensors and arrays lie one after the other in the payload. Nothing
is ever pickled or evaluated, in either direction: what a worker sends is parsed as hostile data.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

MAGIC: Final = b"gRd1"
PREFIX: Final = struct.Struct("<4sIII")  # magic, request number, header length, payload length
MAX_HEADER: Final = 16 << 20
MAX_COMMAS: Final = 1 << 20  # in a header; objects take far more memory than their text
MAX_PAYLOAD: Final = 256 << 20
MAX_DEPTH: Final = 8
MAX_NODES: Final = 20_000
MAX_KEYS: Final = 1_000  # of a dict; with keys of one hash, time grows with their square
MAX_DIMENSIONS: Final = 64
MAX_TEXT: Final = 4_000
MAX_ESCAPED: Final = 7 * MAX_TEXT  # half of a surrogate pair takes six characters
MAX_INTEGER_BITS: Final = 1_024
ALIGNMENT: Final = 64

ITEM_SIZES: Final = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
FLOATING: Final = frozenset({"float16", "bfloat16", "float32", "float64"})

Tree: TypeAlias = list[Any]


class BrokenFrame(Exception):
    """What a worker sent is not a frame of this format."""


@dataclass(frozen=True, slots=True)
class ArgumentTensor:
    """A tensor or NumPy array to call a function with, in a memory layout of its own.

    `strides` and `offset` count elements of `storage`, which may hold more than the elements.
    """

    kind: str  # "tensor" or "array"
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int
    storage: bytes
    requires_grad: bool = False

    def numpy(self) -> np.ndarray[Any, Any]:
        """The elements as a read-only NumPy array (bfloat16 as float32)."""
        flat = as_numpy(self.dtype, self.storage)
        step = flat.itemsize
        return np.ndarray(
            self.shape, flat.dtype, flat, self.offset * step, [s * step for s in self.strides]
        )

    @property
    def contiguous(self) -> bool:
        """Whether the elements lie in order, without gaps."""
        return is_contiguous(self.shape, self.strides)


@dataclass(frozen=True, slots=True)
class ResultTensor:
    """A tensor or NumPy array that a call returned or left in an argument."""

    kind: str
    dtype: str
    shape: tuple[int, ...]
    device: str
    data: bytes  # the elements in row-major order
    contiguous: bool
    overlaps: bool  # several elements share one place in memory
    requires_grad: bool
    writable: bool
    shares: tuple[int, ...]  # numbers of the argument tensors whose memory this one uses
    same: int | None  # number of the argument tensor that this object is

    def numpy(self) -> np.ndarray[Any, Any]:
        """The elements as a read-only NumPy array (bfloat16 as float32)."""
        return as_numpy(self.dtype, self.data).reshape(self.shape)


@dataclass(frozen=True, slots=True)
class Dtype:
    """A `torch.dtype`, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Iterated:
    """What an iterator or another iterable object gave."""

    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value of a type that is not compared; it equals nothing."""

    name: str

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class TooLarge(Opaque):
    """A value that has too many bytes to be sent."""

    size: int = 0


def as_numpy(dtype: str, data: bytes) -> np.ndarray[Any, Any]:
    """Return the elements in `data`, 1-D and read-only; NumPy has no bfloat16, so float32 then."""
    if dtype == "bfloat16":
        wide = np.frombuffer(data, np.uint16).astype(np.uint32) << 16
        return wide.view(np.float32)
    return np.frombuffer(data, dtype)


def is_contiguous(shape: tuple[int, ...], strides: tuple[int, ...]) -> bool:
    """Whether elements with these strides lie in row-major order without gaps."""
    step = 1
    for size, stride in zip(reversed(shape), reversed(strides), strict=True):
        if size != 1 and stride != step:
            return False
        step *= size
    return True


# ---------------------------------------------------------------- arguments, grader to worker


def encode_arguments(values: list[Any], payload: bytearray) -> list[Tree]:
    """Return the trees of one call's arguments, appending the bytes of tensors to `payload`."""
    return [_encode_argument(value, payload) for value in values]


def _encode_argument(value: Any, payload: bytearray) -> Tree:
    match value:
        case None:
            return ["none"]
        case bool():
            return ["bool", value]
        case int():
            return ["int", value]
        case float():
            return ["float", value.hex()]
        case str():
            return ["str", value]
        case Dtype(name):
            return ["dtype", name]
        case list() | tuple():
            kind = "list" if isinstance(value, list) else "tuple"
            return [kind, [_encode_argument(item, payload) for item in value]]
        case ArgumentTensor():
            payload.extend(bytes(-len(payload) % ALIGNMENT))
            position = len(payload)
            payload.extend(value.storage)
            layout = [list(value.shape), list(value.strides), value.offset]
            place = [position, len(value.storage)]
            return [value.kind, value.dtype, *layout, *place, value.requires_grad]
    raise TypeError(f"cannot send a {type(value).__name__} to a worker")


def decode_arguments(trees: list[Tree], payload: bytes) -> list[Any]:
    """Return the arguments that `encode_arguments` encoded."""
    return [_decode_argument(tree, payload) for tree in trees]


def _decode_argument(tree: Tree, payload: bytes) -> Any:
    match tree:
        case ["none"]:
            return None
        case ["bool" | "int" | "str", value]:
            return value
        case ["float", text]:
            return float.fromhex(text)
        case ["dtype", name]:
            return Dtype(name)
        case ["list", items]:
            return [_decode_argument(item, payload) for item in items]
        case ["tuple", items]:
            return tuple(_decode_argument(item, payload) for item in items)
    kind, dtype, shape, strides, offset, position, size, requires_grad = tree
    storage = payload[position : position + size]
    return ArgumentTensor(kind, dtype, tuple(shape), tuple(strides), offset, storage, requires_grad)


# ---------------------------------------------------------------- results, worker to grader


def without_words(record: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """Return a record as it is sent, and what an exception says and where it came from.

    These travel apart, as they need not be the reference's.
    """
    if "error" not in record:
        return record, []
    names, *words = record["error"]
    return record | {"error": [names]}, words


def decode_value(tree: Any, payload: bytes) -> Any:
    """Return the value that a worker described, or raise BrokenFrame."""
    reader = _Reader(payload)
    value = reader.value(tree, 0)
    if reader.position != len(payload):
        raise BrokenFrame("a payload that its header does not describe")
    return value


class _Reader:
    """Walks an untrusted tree, taking bytes from the payload in order."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.position = 0
        self.nodes = 0

    def value(self, tree: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise BrokenFrame("a value that is too deep or too large")
        try:
            return self._dispatch(tree, depth)
        except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
            raise BrokenFrame("a value that is not well formed") from error

    def _dispatch(self, tree: Any, depth: int) -> Any:
        match tree:
            case ["none"]:
                return None
            case ["bool", bool(value)]:
                return value
            case ["int", int(value)] if not isinstance(value, bool):
                return value
            case ["float", str(text)]:
                return float.fromhex(text)
            case ["complex", str(real), str(imaginary)]:
                return complex(float.fromhex(real), float.fromhex(imaginary))
            case ["str", text]:
                return _text(text)
            case ["dtype", name]:
                return Dtype(printable(_text(name)))
            case ["opaque", name]:
                return Opaque(printable(_text(name)))
            case ["too large", size]:
                return TooLarge("a value that is too large", natural(size))
            case ["list", list(items)]:
                return [self.value(item, depth + 1) for item in items]
            case ["tuple", list(items)]:
                return tuple(self.value(item, depth + 1) for item in items)
            case ["iterated", list(items)]:
                return Iterated(tuple(self.value(item, depth + 1) for item in items))
            case ["dict", list(items)]:
                return self._dict(items, depth)
            case ["tensor" | "array", *_]:
                return self._tensor(tree)
        raise BrokenFrame("a value of unknown form")

    def _dict(self, items: list[Any], depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        if len(items) > MAX_KEYS:
            raise BrokenFrame("a dict that is too large")
        for key, item in items:
            name = self.value(key, depth + 1)
            if not isinstance(name, str | int | float | bool | None):
                raise BrokenFrame("a dict with a key that is not text or a number")
            result[name] = self.value(item, depth + 1)
        return result

    def _tensor(self, tree: Any) -> ResultTensor:
        kind, dtype, shape, device, flags, shares, same, size = tree
        if len(shape) > MAX_DIMENSIONS:
            raise BrokenFrame("a tensor with too many dimensions")
        sizes = tuple(natural(number) for number in shape)
        if math.prod(sizes) * ITEM_SIZES[dtype] != size or self.position + size > len(self.payload):
            raise BrokenFrame("a tensor whose bytes do not fit its shape")
        data = self.payload[self.position : self.position + size]
        self.position += size
        if dtype == "bool":
            data = (np.frombuffer(data, np.uint8) != 0).tobytes()
        as_numpy(dtype, data).reshape(sizes)  # sizes without elements may still be impossible
        return ResultTensor(
            kind,
            dtype,
            sizes,
            printable(_text(device)),
            data,
            contiguous="c" in _text(flags),
            overlaps="o" in flags,
            requires_grad="g" in flags,
            writable="w" in flags,
            shares=tuple(natural(number) for number in shares),
            same=None if same is None else natural(same),
        )


def natural(number: Any, most: int = (1 << 63) - 1) -> int:
    """Return a number from a worker, or raise BrokenFrame where it is none from 0 to `most`."""
    if type(number) is not int or not 0 <= number <= most:
        raise BrokenFrame("a number that is not natural, or too large")
    return number


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_ESCAPED:
        raise BrokenFrame("a name that is not text, or too long")
    return value


# controls, marks that turn or hide text, halves of surrogate pairs; not tabs and line breaks
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """Return a text with all that a terminal obeys, or a reader cannot see, written as escapes."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


# ---------------------------------------------------------------- frames


def pack_frame(request: int, header: bytes, payload: bytes | bytearray = b"") -> bytes:
    """Return one frame."""
    return b"".join((PREFIX.pack(MAGIC, request, len(header), len(payload)), header, payload))


# what is sent is built level by level and never holds itself
_to_json: Final = json.JSONEncoder(
    separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def dump_header(header: Any) -> bytes:
    """Return a line of a header as compact JSON."""
    return _to_json(header).encode()


def read_frame(
    read_exactly: Callable[[int], bytes | bytearray],
) -> tuple[int, Any, bytes | bytearray]:
    """Return number, header of one line and payload of the next frame; see `read_raw_frame`."""
    request, header, payload = read_raw_frame(read_exactly)
    return request, parse_header(header), payload


def read_raw_frame(
    read_exactly: Callable[[int], bytes | bytearray], max_payload: int = MAX_PAYLOAD
) -> tuple[int, bytes | bytearray, bytes | bytearray]:
    """Return request number, header and payload of the next frame, the header not yet parsed.

    `read_exactly` raises EOFError at the end of the stream. Raises BrokenFrame for anything that
    is no frame, before memory is taken for it.
    """
    magic, request, header_size, payload_size = PREFIX.unpack(read_exactly(PREFIX.size))
    if magic != MAGIC or header_size > MAX_HEADER or payload_size > max_payload:
        raise BrokenFrame("bytes that are no frame")
    return request, read_exactly(header_size), read_exactly(payload_size)


def parse_header(data: bytes | bytearray) -> Any:
    """Return a line's JSON, or raise BrokenFrame; numbers with a point stand in texts, as hex."""
    if data.count(b",") > MAX_COMMAS:
        raise BrokenFrame("a header that is too large")
    try:
        header = _from_json.decode(data.decode())
        if b"\\u" in data:
            json.dumps(header, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("a header that is not JSON") from error
    return header


def _refuse(name: str) -> Any:
    raise ValueError(name)


_from_json: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_refuse)


def tensors_in(value: Any) -> Iterator[ArgumentTensor]:
    """Yield the argument tensors inside a value, in the order in which workers number them."""
    if isinstance(value, ArgumentTensor):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from tensors_in(item)
