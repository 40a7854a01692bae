"""Writes values down: as Python code that gives them back, or shortened to be read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import numpy as np

from graders.cases.layouts import FILLER, OFFSET, layout_of
from graders.checks.outcome import is_sequence, items_of
from graders.feedback.language import MessageId, Words
from graders.said import Said, said
from graders.worker import wire
from graders.worker.wire import ArgumentTensor, Dtype, Opaque, ResultTensor

DIGITS: Final = 4
MORE_DIGITS: Final = (6, 9, 17)  # 17 tell any two floats apart
MOST_ELEMENTS: Final = 12  # of a tensor that is shown whole
DEFAULT_TENSOR_DTYPES: Final = {"float32", "int64", "bool", "complex64"}
DEFAULT_ARRAY_DTYPES: Final = {"float64", "int64", "bool", "complex128"}
_ENGLISH: Final = Words()


# ---------------------------------------------------------------- as code


def call_code(function: str, arguments: Mapping[str, Any], *, device: str = "cpu") -> list[str]:
    """Return the lines of a call: an assignment for each tensor, then the call itself."""
    lines, inline = [], []
    if device != "cpu":
        lines.append('device = "cuda"')
    for name, value in arguments.items():
        if isinstance(value, int | float | str | Dtype | None):
            inline.append(code(value))
        else:
            lines.append(f"{name} = {code(value, device=device)}")
            inline.append(name)
    return [*lines, f"{function}({', '.join(inline)})"]


def code(value: Any, *, device: str = "cpu") -> str:
    """Return an expression over `torch` and `np` that gives the value back, layout and all."""
    match value:
        case ArgumentTensor(kind="tensor") if device != "cpu":
            return f"{_tensor_code(value)}.to(device)"
        case ArgumentTensor():
            return _tensor_code(value)
        case Dtype(name):
            return f"torch.{name}"
        case float():
            return _float_code(value)
        case list():
            return f"[{', '.join(code(item, device=device) for item in value)}]"
        case tuple():
            return f"({', '.join(code(item) for item in value)}{',' if len(value) == 1 else ''})"
    return repr(value)


def _float_code(value: float) -> str:
    return repr(value) if math.isfinite(value) else f'float("{value}")'


def _tensor_code(value: ArgumentTensor) -> str:
    layout = layout_of(value)
    data = value.numpy()
    if layout == "transposed":
        plain = _block_code(value, data.transpose(), "")
        turned = f"{plain}.T" if data.ndim == 2 else f"{plain}.{_reversal(value)}"
        return turned + _gradient(value, ".requires_grad_()")
    if layout == "strided":
        wide = np.full((*data.shape[:-1], 2 * data.shape[-1]), FILLER, data.dtype)
        wide[..., ::2] = data
        return _block_code(value, wide, "") + "[..., ::2]" + _gradient(value, ".requires_grad_()")
    if layout == "offset":
        flat = np.concatenate([np.full(OFFSET, FILLER, data.dtype), data.reshape(-1)])
        shape = ", ".join(map(str, value.shape))
        name = "view" if value.kind == "tensor" else "reshape"
        view = f".{name}({shape or '()'})" if data.ndim != 1 else ""
        return (
            _block_code(value, flat, "")
            + f"[{OFFSET}:]{view}"
            + _gradient(value, ".requires_grad_()")
        )
    return _block_code(value, data, _gradient(value, ", requires_grad=True"))


def _gradient(value: ArgumentTensor, text: str) -> str:
    return text if value.requires_grad else ""


def _reversal(value: ArgumentTensor) -> str:
    axes = ", ".join(str(axis) for axis in reversed(range(len(value.shape))))
    return f"permute({axes})" if value.kind == "tensor" else f"transpose({axes})"


def _block_code(value: ArgumentTensor, data: np.ndarray[Any, Any], suffix: str) -> str:
    module, default = ("torch", DEFAULT_TENSOR_DTYPES)
    if value.kind == "array":
        module, default = ("np", DEFAULT_ARRAY_DTYPES)
    dtype = "" if value.dtype in default else f", dtype={module}.{value.dtype}"
    if not data.size:
        dtype = (
            ""
            if value.dtype == ("float32" if module == "torch" else "float64")
            else (f", dtype={module}.{value.dtype}")
        )
        shape = ", ".join(map(str, data.shape))
        shape = f"({shape}{',' if data.ndim == 1 else ''})" if module == "np" else shape
        return f"{module}.empty({shape}{dtype}{suffix})"
    name = "tensor" if module == "torch" else "array"
    return f"{module}.{name}({_nested(data, _exact)}{dtype}{suffix})"


def _exact(number: Any) -> str:
    """Return a number so that its dtype reads it back unchanged; floats with a dot."""
    if isinstance(number, np.bool_):
        return str(bool(number))
    if isinstance(number, np.integer):
        return str(int(number))
    if isinstance(number, np.complexfloating):
        text = str(complex(number)).strip("()")
        return text if np.isfinite(number) else f'complex("{text}")'
    if not np.isfinite(number):
        return f'float("{float(number)}")'
    if number == 0 or 1e-4 <= abs(float(number)) < 1e16:
        return str(np.format_float_positional(number, unique=True, trim="."))
    return str(np.format_float_scientific(number, unique=True, trim="-"))


def _nested(data: np.ndarray[Any, Any], show: Any) -> str:
    if not data.ndim:
        return str(show(data[()]))
    return f"[{', '.join(_nested(part, show) for part in data)}]"


# ---------------------------------------------------------------- to be read


def told_apart(one: Any, other: Any, words: Words) -> tuple[str, str]:
    """Return two values as a person wants to see them, with as many digits as tell them apart."""
    for digits in (DIGITS, *MORE_DIGITS):
        first, second = shown(one, words, digits), shown(other, words, digits)
        if first != second:
            break
    return first, second


def shown(value: Any, words: Words = _ENGLISH, digits: int = DIGITS) -> str:
    """Return a value as a person wants to see it: few significant digits, long ones shortened."""
    if isinstance(value, ResultTensor | ArgumentTensor):
        return _tensor_shown(value, words, digits)
    if is_sequence(value):
        inside = ", ".join(shown(item, words, digits) for item in items_of(value))
        if isinstance(value, tuple):
            return f"({inside}{',' if len(value) == 1 else ''})"
        return f"[{inside}]"
    if isinstance(value, dict):
        pairs = (f"{key!r}: {shown(item, words, digits)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, Dtype):
        return f"torch.{value.name}"
    if isinstance(value, Opaque):
        return f"<{value.name}>"
    if isinstance(value, str):
        return repr(value[:200])
    return number_shown(value, digits)


def _tensor_shown(value: ResultTensor | ArgumentTensor, words: Words, digits: int) -> str:
    data = value.numpy()
    shape = shape_shown(value.shape)
    if not data.size:
        return words("empty, shape {shape}", shape=shape)
    if data.size > MOST_ELEMENTS:
        first = ", ".join(number_shown(number, digits) for number in data.reshape(-1)[:4])
        return words("{first}, ... (shape {shape})", first=first, shape=shape)
    return _nested(data, partial(number_shown, digits=digits))


def number_shown(number: Any, digits: int = DIGITS) -> str:
    """Return one number; floats have a dot."""
    if isinstance(number, bool | np.bool_):
        return str(bool(number))
    if isinstance(number, int | np.integer):
        return str(int(number)) if abs(int(number)) < 10**12 else f"{float(number):.6g}"
    if isinstance(number, float | np.floating):
        text = f"{float(number):.{digits}g}"
        return f"{text}." if text.lstrip("-").isdigit() else text
    if isinstance(number, complex | np.complexfloating):
        return f"{complex(number):.{digits}g}"
    return str(number)


def shape_shown(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes a tuple."""
    return str(tuple(shape))


def type_shown(value: Any) -> str:
    """Return what kind of value this is, with an article, as in "a tensor"."""
    match value:
        case None:
            return "None"
        case ResultTensor(kind="array"):
            return said("a NumPy array")
        case ResultTensor() | ArgumentTensor():
            return said("a tensor")
        case bool():
            return said("a bool")
        case int():
            return said("an int")
        case float():
            return said("a float")
        case str():
            return said("a str")
        case Dtype():
            return said("a torch.dtype")
        case Opaque(name):
            return _opaque_shown(name)
        case list():
            return said("a list")
        case tuple():
            return said("a tuple")
        case dict():
            return said("a dict")
        case wire.Iterated():
            return said("an iterable")
    return type(value).__name__


def _opaque_shown(name: str) -> Said:
    """Return what a worker says of a value that it cannot send."""
    for pattern, message in _OPAQUE.items():
        if found := re.fullmatch(pattern, name):
            return said(message, **found.groupdict())
    return said("an object of type {name}", name=name)


_OPAQUE: Final[Mapping[str, MessageId]] = {
    "a value that is too deep or too large": "a value that is too deep or too large",
    r"an integer of (?P<n>\d+) bits": "an integer of {n} bits",
    r"(?P<layout>\w+) tensor": "a tensor of layout {layout}",
    r"array of (?P<dtype>.+)": "a NumPy array of dtype {dtype}",
}
