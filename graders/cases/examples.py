"""The calls that an author wrote into the YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from graders.cases.layouts import lay_out
from graders.spec import Question
from graders.spec.arguments import (
    ArgumentSpec,
    ArrayArgument,
    BlockArgument,
    FloatArgument,
    LikeArgument,
    ListArgument,
    SameAs,
    ShapeArgument,
    TorchDtypeArgument,
)
from graders.worker.wire import ArgumentTensor, Dtype


def example_arguments(question: Question, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an example; tensors get the first dtype that is possible."""
    found: dict[str, Any] = {}
    for name, spec in question.arguments.items():
        found[name] = _value(spec, example[name], found)
    return found


def _value(spec: ArgumentSpec, literal: Any, earlier: Mapping[str, Any]) -> Any:
    match spec:
        case BlockArgument():
            kind = "array" if isinstance(spec, ArrayArgument) else "tensor"
            return _tensor(kind, _dtype(spec, earlier), literal, spec)
        case LikeArgument():
            return _like(earlier[spec.like], literal, spec)
        case ListArgument():
            return [_value(spec.items, item, earlier) for item in literal]
        case ShapeArgument():
            return tuple(literal)
        case FloatArgument():
            return float(literal)
        case TorchDtypeArgument():
            return Dtype(literal)
    return literal


def _dtype(spec: BlockArgument, earlier: Mapping[str, Any]) -> str:
    if isinstance(spec.dtype, SameAs):
        other = earlier[spec.dtype.argument]
        return str((other[0] if isinstance(other, list) else other).dtype)
    return spec.dtype[0]


def _tensor(kind: str, dtype: str, literal: Any, spec: ArgumentSpec) -> ArgumentTensor:
    gradient = getattr(spec, "requires_grad", "false") == "true"
    return lay_out(kind, dtype, np.array(literal, np.float64), requires_grad=gradient)


def _like(other: Any, literal: Any, spec: LikeArgument) -> Any:
    if isinstance(other, list):
        return [_like(a, b, spec) for a, b in zip(other, literal, strict=True)]
    return _tensor(other.kind, other.dtype, literal, spec)
