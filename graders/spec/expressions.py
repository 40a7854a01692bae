"""Whole-number expressions over sizes, such as `heads * width + extra`, and ranges of them."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from keyword import iskeyword
from typing import TypeAlias

from graders.spec.problems import ReadError, shown

Number: TypeAlias = int | float
_LONGEST = 200
_LARGEST_SIZE = 10_000
_LARGEST_LITERAL = 10**9

_WORDS = re.compile(
    r"(?: \d+(?![\w.]) | [A-Za-z_]\w*(?:\.dims)?(?![\w.]) | // | [-+*%() ] )+",
    re.ASCII | re.VERBOSE,
)
_NUMBER = re.compile(r"[-+]?\d+(?:(\.\d+)?([eE][-+]?\d+)?)", re.ASCII)
_OPERATIONS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_ARITHMETIC = (
    *_OPERATIONS,
    ast.BinOp,
    ast.UnaryOp,
    ast.USub,
    ast.UAdd,
    ast.Name,
    ast.Attribute,
    ast.Load,
)
_GRAMMAR = "expected whole numbers, names of sizes, + - * // % and parentheses"


@dataclass(frozen=True)
class Expression:
    """A whole number computed from sizes; read with `Expression.read`."""

    source: str

    @staticmethod
    def read(value: object) -> Expression:
        """Read an expression from YAML, or raise `ReadError`."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ReadError(f"found {shown(value)}; {_GRAMMAR}")
        expression = Expression(" ".join(str(value).split()))
        _tree(expression.source)
        return expression

    @property
    def names(self) -> frozenset[str]:
        """The sizes that the value depends on; `x.dims` is the number of dims of `x`."""
        return _names(self.source)

    @property
    def name(self) -> str | None:
        """The size's name when the expression is nothing else."""
        return self.source if self.source.isidentifier() else None

    def evaluate(self, names: Mapping[str, int]) -> int:
        """The value for these sizes, keyed by name (`batch`, `x.dims`)."""
        return _value(_tree(self.source), names)

    def __str__(self) -> str:
        """Write the expression as YAML has it."""
        return self.source


def is_size_name(text: str) -> bool:
    """Whether a size can be called so."""
    return text.isascii() and text.isidentifier() and not iskeyword(text)


@lru_cache(maxsize=1024)
def _tree(source: str) -> ast.expr:
    """The checked syntax tree; nothing is ever compiled or run."""
    if len(source) > _LONGEST:
        raise ReadError(f"the expression is longer than {_LONGEST} characters")
    if not _WORDS.fullmatch(source):
        raise ReadError(f"found {shown(source)}; {_GRAMMAR}")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ReadError(f"found {shown(source)}; {_GRAMMAR}") from error
    if not all(map(_is_arithmetic, ast.walk(tree))):
        raise ReadError(f"found {shown(source)}; {_GRAMMAR}")
    return tree


def _is_arithmetic(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) is int and node.value <= _LARGEST_LITERAL
    return isinstance(node, _ARITHMETIC)


@lru_cache(maxsize=1024)
def _names(source: str) -> frozenset[str]:
    return _names_in(_tree(source))


def _names_in(tree: ast.expr) -> frozenset[str]:
    owners = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return frozenset(
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in owners
    )


def _value(node: ast.AST, names: Mapping[str, int]) -> int:
    match node:
        case ast.Constant(value=int(value)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.UnaryOp(operand=operand):
            return _value(operand, names)
        case ast.BinOp(left=left, op=sign, right=right):
            return _OPERATIONS[type(sign)](_value(left, names), _value(right, names))
    return names[ast.unparse(node)]


@dataclass(frozen=True)
class Range:
    """All numbers from `low` to `high`, both included."""

    low: Number | Expression
    high: Number | Expression

    @staticmethod
    def read(value: object) -> Range:
        """Read `a..b` or a single number from YAML, or raise `ReadError`."""
        match value:
            case bool():
                pass
            case int() | float() if math.isfinite(value):
                return Range(value, value)
            case str() if value.count("..") <= 1:
                low, _, high = value.partition("..")
                return Range(_bound(low), _bound(high if ".." in value else low))
        raise ReadError(f"found {shown(value)}; expected a range such as 1..5, or a number")

    @property
    def names(self) -> frozenset[str]:
        """The sizes that the bounds depend on."""
        bounds = (self.low, self.high)
        return frozenset().union(*(b.names for b in bounds if isinstance(b, Expression)))

    def bounds(self, names: Mapping[str, int]) -> tuple[Number, Number]:
        """The lowest and the highest number for these sizes."""
        return _evaluated(self.low, names), _evaluated(self.high, names)

    def __str__(self) -> str:
        """Write the range as YAML has it."""
        return str(self.low) if self.low == self.high else f"{self.low}..{self.high}"


def _bound(text: str) -> Number | Expression:
    text = text.strip()
    if len(text) > _LONGEST:
        raise ReadError(f"the bound {shown(text)} is too long")
    if number := _NUMBER.fullmatch(text):
        value = float(text) if number[1] or number[2] else int(text)
        if abs(value) > 1e300:
            raise ReadError(f"the bound {shown(text)} is too large")
        return value
    if not text:
        raise ReadError("a bound is missing; expected a range such as 1..5")
    return Expression.read(text)


def _evaluated(bound: Number | Expression, names: Mapping[str, int]) -> Number:
    return bound.evaluate(names) if isinstance(bound, Expression) else bound


@dataclass(frozen=True)
class Sizes:
    """The whole numbers that a size is chosen among, in the author's order."""

    choices: tuple[int, ...]

    @staticmethod
    def read(value: object) -> Sizes:
        """Read a number, a range `0..4` or a list of numbers from YAML, or raise `ReadError`."""
        choices = _listed(value) if isinstance(value, list) else _spanned(value)
        if min(choices) < 0 or max(choices) > _LARGEST_SIZE:
            raise ReadError(f"found {shown(value)}; expected sizes from 0 to {_LARGEST_SIZE}")
        return Sizes(choices)

    @property
    def smallest(self) -> int:
        """The least of the choices."""
        return min(self.choices)

    @property
    def largest(self) -> int:
        """The greatest of the choices."""
        return max(self.choices)

    def __str__(self) -> str:
        """Write the sizes as YAML has them."""
        low, high = self.smallest, self.largest
        if self.choices != tuple(range(low, high + 1)):
            return f"[{', '.join(map(str, self.choices))}]"
        return str(low) if low == high else f"{low}..{high}"


def _listed(value: list[object]) -> tuple[int, ...]:
    numbers = tuple(item for item in value if isinstance(item, int) and not isinstance(item, bool))
    if len(numbers) != len(value) or not value or len(set(numbers)) != len(numbers):
        raise ReadError("expected a list of different whole numbers such as [1, 2, 4]")
    return numbers


def _spanned(value: object) -> tuple[int, ...]:
    expectation = "expected a whole number, a range such as 0..4, or a list of whole numbers"
    if not isinstance(value, int | str) or isinstance(value, bool):
        raise ReadError(f"found {shown(value)}; {expectation}")
    try:
        span = Range.read(value)
    except ReadError as error:
        raise ReadError(f"found {shown(value)}; {expectation}") from error
    if not isinstance(span.low, int) or not isinstance(span.high, int):
        raise ReadError(f"found {shown(value)}; {expectation}")
    if span.low > span.high:
        raise ReadError(f"the range {value} is empty: {span.low} is greater than {span.high}")
    if span.high - span.low > _LARGEST_SIZE:
        raise ReadError(f"found {shown(value)}; expected sizes from 0 to {_LARGEST_SIZE}")
    return tuple(range(span.low, span.high + 1))
