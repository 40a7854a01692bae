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
    "python number",
)
CHECKS: Final = DEFAULT_CHECKS + OPTIONAL_CHECKS

VISIBILITIES: Final = ("visible", "hidden")

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

_OF_PLACES: Final = (
    "transposed",
    "permuted",
    "sizes exchanged",
    "size 1 missing",
    "size 1 extra",
    "size 1 moved",
    "flattened",
    "reshaped",
    "column by column",
    "reversed",
    "shifted",
    "one short",
    "one too many",
    "end excluded",
    "cut short",
    "too long",
    "other cuts",
    "reordered",
    "parts exchanged",
    "broadcast",
    "not broadcast",
    "reduced",
    "not reduced",
    "only some places",
    "only some parts",
)
_OF_VALUES: Final = (
    "sign",
    "constant factor",
    "argument factor",
    "sum for mean",
    "mean for sum",
    "other divisor",
    "offset",
    "absolute value",
    "truncated",
    "rounded",
    "rounded down",
    "rounded up",
    "negatives to zero",
    "positives to zero",
    "square root",
    "squared",
    "reciprocal",
    "one minus",
    "exponential",
    "logarithm",
    "arc cosine",
    "sign only",
    "negated",
    "proportional",
    "argument returned",
    "argument order",
    "other axis",
    "other operation",
    "zeros",
    "constant result",
    "not finite",
    "precision",
    "few digits",
    "fixed dtype",
)
_OF_CASES: Final = (
    "non-contiguous",
    "contiguous argument",
    "empty",
    "not floating",
    "with grad",
    "dims",
    "other dims",
    "fewer dims",
    "more dims",
    "size 0",
    "size 1",
    "size above 1",
    "one element",
    "several elements",
    "square",
    "not square",
    "more columns than rows",
    "more rows than columns",
    "no items",
    "one item",
    "several items",
    "one choice",
    "negative number",
    "negative argument",
    "zero",
    "one",
    "above 1",
    "positive number",
    "fraction",
    "different dims",
    "different shapes",
    "different lengths",
    "different widths",
    "infinite values",
    "negative numbers",
    "positive numbers",
    "large positive",
    "large negative",
    "large values",
    "with zeros",
    "fractions",
    "constant column",
    "ties",
    *(f"only {dtype}" for dtype in DTYPES),
)
DIAGNOSES: Final = _OF_PLACES + _OF_VALUES + _OF_CASES
"""Mistakes that explain every failing case: of the result's places, its values, the arguments."""
