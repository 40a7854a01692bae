"""The places of a function's syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

UNCHANGED: Final = ("annotation", "returns", "decorator_list", "type_params", "type_comment")


@dataclass(frozen=True)
class Step:
    """The way from a node to one of its children."""

    parent: ast.AST
    field: str
    index: int | None  # where the field holds a list
    child: ast.AST


def steps(function: ast.FunctionDef) -> Iterator[tuple[Step, ...]]:
    """Yield the way from a function to each place in its body that may be changed."""
    yield from _below(function, ())


def _below(node: ast.AST, way: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    for field, value in ast.iter_fields(node):
        if field in UNCHANGED:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_text(child):
                here = (*way, Step(node, field, index, child))
                yield here
                if not isinstance(child, ast.Raise):  # its text is free, its class stands for it
                    yield from _below(child, here)


def _is_text(node: ast.AST) -> bool:
    """Whether a node is a docstring or another text that no result depends on."""
    if isinstance(node, ast.Expr):
        node = node.value
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
