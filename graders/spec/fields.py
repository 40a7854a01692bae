"""The building blocks of the model: mappings with known keys, and values read from YAML."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from keyword import iskeyword
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import CoreSchema, core_schema

from graders.spec.expressions import Expression, Number, Range, Sizes, is_size_name
from graders.spec.problems import ReadError, near_name, shown
from graders.spec.text import Text

T = TypeVar("T")


class Keys(BaseModel):
    """A mapping with known keys, written with spaces in YAML and with underscores in Python."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", " "),
    )

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys as YAML spells them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: object) -> object:
        keys = cls.keys()
        if not isinstance(data, dict):
            raise ReadError(f"found {shown(data)}; expected a mapping; {_known(keys, 'key')}")
        for key in data:
            if key not in keys:
                text = f"unknown key; {_known(keys, 'key')}"
                raise ReadError(text, hint=near_name(key, keys), at=(key,))
        for name, field in cls.model_fields.items():
            if field.is_required() and (field.alias or name) not in data:
                raise ReadError(f"the key `{field.alias}` is missing")
        return data


@dataclass(frozen=True, eq=False)
class Read(Generic[T]):
    """How a value is read from YAML, and what its JSON Schema is."""

    reader: Callable[[object], T]
    schema: dict[str, Any]

    def __call__(self, value: object) -> T:
        """Read a value, or raise `ReadError`."""
        return self.reader(value)

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        """Let pydantic read the value with the reader alone."""
        return core_schema.no_info_plain_validator_function(self.reader)

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, Any]:
        """Let pydantic publish a copy of the schema, since it writes defaults into it."""
        return deepcopy(self.schema)


def _known(words: Sequence[str], kind: str) -> str:
    return f"known {kind}s: {', '.join(words)}"


def inside(at: str | int, read: Callable[[object], T], value: object) -> T:
    """Read a part of a larger value, so that a mistake is found at its place."""
    try:
        return read(value)
    except ReadError as error:
        raise ReadError(error.text, hint=error.hint, at=(at, *error.at)) from error


def word(words: Sequence[str], kind: str) -> Read[str]:
    """One of several known words."""

    def read(value: object) -> str:
        found = str(value).lower() if isinstance(value, bool) else value
        if not isinstance(found, str):
            raise ReadError(f"found {shown(value)}; expected a {kind}; {_known(words, kind)}")
        if found not in words:
            text = f"unknown {kind} {found[:60]!r}; {_known(words, kind)}"
            raise ReadError(text, hint=near_name(found, words, kind))
        return found

    return Read(read, {"enum": list(words)})


def list_of(
    item: Read[T], expected: str, *, single: bool = False, empty: bool = False
) -> Read[tuple[T, ...]]:
    """A list of different values; with `single` one value may stand alone."""

    def read(value: object) -> tuple[T, ...]:
        if single and not isinstance(value, list):
            return (item(value),)
        if not isinstance(value, list) or not (value or empty):
            raise ReadError(f"found {shown(value)}; expected a list of {expected}")
        found: list[T] = []
        for position, entry in enumerate(value):
            found.append(inside(position, item, entry))
            if any(_same(found[-1], earlier) for earlier in found[:-1]):
                raise ReadError(f"found {shown(entry)} twice", at=(position,))
        return tuple(found)

    many = {"type": "array", "items": item.schema, "minItems": int(not empty), "uniqueItems": True}
    return Read(read, {"anyOf": [item.schema, many]} if single else many)


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and bool(one == other)


def words(
    known: Sequence[str], kind: str, *, single: bool = False, empty: bool = False
) -> Read[tuple[str, ...]]:
    """A list of known words."""
    return list_of(word(known, kind), f"{kind}s", single=single, empty=empty)


def mapping_of(key: Read[str], item: Read[T], expected: str) -> Read[dict[str, T]]:
    """A mapping with free keys."""

    def read(value: object) -> dict[str, T]:
        if not isinstance(value, dict) or not value:
            raise ReadError(f"found {shown(value)}; expected {expected}")
        return {inside(name, key, name): inside(name, item, entry) for name, entry in value.items()}

    names = key.schema | {"type": "string"}
    schema = {"type": "object", "propertyNames": names, "additionalProperties": item.schema}
    return Read(read, schema)


def number(low: Number, high: Number, *, above: bool = False) -> Read[Number]:
    """A finite number from `low` (excluded with `above`) to `high`."""
    expected = f"a number {'above' if above else 'from'} {low}, at most {high}"

    def read(value: object) -> Number:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ReadError(f"found {shown(value)}; expected {expected}")
        if not math.isfinite(value) or not low <= value <= high or (above and value == low):
            raise ReadError(f"found {shown(value)}; expected {expected}")
        return value

    least = "exclusiveMinimum" if above else "minimum"
    return Read(read, {"type": "number", least: low, "maximum": high})


def whole(low: int, high: int) -> Read[int]:
    """A whole number from `low` to `high`."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ReadError(f"found {shown(value)}; expected a whole number from {low} to {high}")
        return value

    return Read(read, {"type": "integer", "minimum": low, "maximum": high})


def matching(pattern: str, expected: str) -> Read[str]:
    """A text of a certain form."""
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise ReadError(f"found {shown(value)}; expected {expected}")
        return value

    return Read(read, {"type": "string", "pattern": f"^{pattern}$"})


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ReadError(f"found {shown(value)}; expected true or false")
    return value


def _read_scalar(value: object) -> bool | Number | str:
    if not isinstance(value, bool | int | float | str):
        raise ReadError(f"found {shown(value)}; expected a number, a text, true or false")
    return value


def _read_string(value: object) -> str:
    if not isinstance(value, str):
        raise ReadError(f"found {shown(value)}; expected a text", hint="quotes make a text of it")
    return value


def _read_special(value: object) -> float:
    if isinstance(value, str) and value in ("nan", "inf", "-inf"):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ReadError(f"found {shown(value)}; expected nan, inf, -inf or a number")
    return float(value)


def _read_python_name(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or iskeyword(value):
        raise ReadError(f"found {shown(value)}; expected a name that Python allows")
    return value


def _read_size_name(value: object) -> str:
    if not isinstance(value, str) or not is_size_name(value):
        raise ReadError(f"found {shown(value)}; expected the name of a size")
    return value


def _read_whole_range(value: object) -> Range:
    span = Range.read(value)
    if isinstance(span.low, float) or isinstance(span.high, float):
        raise ReadError(f"found {shown(value)}; expected whole numbers as bounds")
    return span


_RANGE_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"\S"}]
}
_SIZE_SCHEMA: dict[str, Any] = {"type": "integer", "minimum": 0}
_SIZES_SCHEMA: dict[str, Any] = {
    "anyOf": [
        _SIZE_SCHEMA,
        {"type": "string", "pattern": r"^\s*\d+\s*\.\.\s*\d+\s*$"},
        {"type": "array", "items": _SIZE_SCHEMA, "minItems": 1, "uniqueItems": True},
    ]
}
_TEXT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
            "additionalProperties": {"type": "string", "minLength": 1},
        },
    ]
}
_SCALAR_SCHEMA: dict[str, Any] = {"type": ["boolean", "number", "string"]}
_EXPRESSION_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"\S"}]
}

text = Read(Text.read, _TEXT_SCHEMA)
sizes = Read(Sizes.read, _SIZES_SCHEMA)
expression = Read(Expression.read, _EXPRESSION_SCHEMA)
any_range = Read(Range.read, _RANGE_SCHEMA)
whole_range = Read(_read_whole_range, _RANGE_SCHEMA)
flag = Read(_read_flag, {"type": "boolean"})
scalar = Read(_read_scalar, _SCALAR_SCHEMA)
string = Read(_read_string, {"type": "string"})
special = Read(_read_special, {"anyOf": [{"type": "number"}, {"enum": ["nan", "inf", "-inf"]}]})
python_name = Read(_read_python_name, {"type": "string", "pattern": r"^[^\W\d]\w*$"})
size_name = Read(_read_size_name, {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_]*$"})

TextField: TypeAlias = Annotated[Text, text]
SizesField: TypeAlias = Annotated[Sizes, sizes]
ExpressionField: TypeAlias = Annotated[Expression, expression]
RangeField: TypeAlias = Annotated[Range, any_range]
FlagField: TypeAlias = Annotated[bool, flag]
NameField: TypeAlias = Annotated[str, python_name]
