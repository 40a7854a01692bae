"""The fixed words that an assignment may use."""

from __future__ import annotations

from typing import Final

DEFAULT_CHECKS: Final = (
    "returns",
    "type",
    "shape",
    "dtype",
    "values",
    "device",
    "errors",
    "arguments unchanged",
)
OPTIONAL_CHECKS: Final = (
    "shares memory",
    "own memory",
    "same object",
    "contiguous",
    "writable",
    "random state",
    "gradients untouched",
    "requires grad",
)
CHECKS: Final = DEFAULT_CHECKS + OPTIONAL_CHECKS

FLOAT_DTYPES: Final = ("float16", "bfloat16", "float32", "float64")
WHOLE_DTYPES: Final = ("int8", "int16", "int32", "int64", "uint8")
COMPLEX_DTYPES: Final = ("complex64", "complex128")
DTYPES: Final = FLOAT_DTYPES + WHOLE_DTYPES + ("bool",) + COMPLEX_DTYPES
WHOLE_LIMITS: Final = {
    "bool": (0, 1),
    "uint8": (0, 255),
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}

DEVICES: Final = ("cpu", "accelerator", "cuda")
LAYOUTS: Final = ("contiguous", "transposed", "strided", "offset")
GRADIENT_MODES: Final = ("true", "false", "either")
NUMBER_KINDS: Final = ("integer", "float", "boolean")
ELEMENT_KINDS: Final = ("integer", "float", "boolean", "mixed")
FORBIDDEN_GROUPS: Final = ("matrix products", "loops", "autograd", "backward operations")
