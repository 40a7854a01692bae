"""The building blocks of the model: mappings with known keys, and values read from YAML."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from keyword import iskeyword
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import BaseModel, ConfigDict, PlainValidator, WithJsonSchema, model_validator

from graders.spec.expressions import Expression, Number, Range, Sizes, is_size_name
from graders.spec.problems import Wrong, near_name, shown
from graders.spec.text import Text

_MOST_LISTED = 24
_LARGEST_POINTS = 10_000


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
    def _known_keys(cls, data: Any) -> Any:
        keys = cls.keys()
        if not isinstance(data, dict):
            raise Wrong(f"found {shown(data)}; expected a mapping; {known(keys, 'key')}")
        for key in data:
            if key not in keys:
                raise Wrong(
                    f"unknown key; {known(keys, 'key')}", hint=near_name(key, keys), at=(key,)
                )
        for name, field in cls.model_fields.items():
            if field.is_required() and (field.alias or name) not in data:
                raise Wrong(f"the key `{field.alias}` is missing")
        return data


def known(words: Sequence[str], kind: str) -> str:
    """List the words that are possible, when the list is short enough to help."""
    if len(words) > _MOST_LISTED:
        return f"expected a known {kind}"
    return f"known {kind}s: {', '.join(words)}"


def word_of(words: Sequence[str], kind: str) -> Callable[[Any], str]:
    """The reader of one word among `words`."""

    def read(value: Any) -> str:
        word = str(value).lower() if isinstance(value, bool) else value
        if not isinstance(word, str):
            raise Wrong(f"found {shown(value)}; expected a {kind}; {known(words, kind)}")
        if word not in words:
            hint = near_name(word, words, kind)
            raise Wrong(f"unknown {kind} {shown(word)[9:]}; {known(words, kind)}", hint=hint)
        return word

    return read


def list_of(
    item: Callable[[Any], Any], expected: str, *, single: bool = False, empty: bool = False
) -> Callable[[Any], tuple[Any, ...]]:
    """The reader of a list of different values; with `single` one value may stand alone."""

    def read(value: Any) -> tuple[Any, ...]:
        if single and not isinstance(value, list):
            return (item(value),)
        if not isinstance(value, list) or not (value or empty):
            raise Wrong(f"found {shown(value)}; expected a list of {expected}")
        found: list[Any] = []
        for position, entry in enumerate(value):
            found.append(_item(item, entry, position))
            if any(_same(found[-1], earlier) for earlier in found[:-1]):
                raise Wrong(f"found {shown(entry)} twice", at=(position,))
        return tuple(found)

    return read


def _item(item: Callable[[Any], Any], entry: Any, position: int) -> Any:
    try:
        return item(entry)
    except Wrong as error:
        raise Wrong(error.text, hint=error.hint, at=(position, *error.at)) from error


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def read_flag(value: Any) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"found {shown(value)}; expected true or false")
    return value


def read_scalar(value: Any) -> bool | Number | str:
    """Read a number, a truth value or a string."""
    if not isinstance(value, bool | int | float | str):
        raise Wrong(f"found {shown(value)}; expected a number, a text, true or false")
    return value


def read_text_value(value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise Wrong(f"found {shown(value)}; expected a text", hint="quotes make a text of it")
    return value


def read_special(value: Any) -> float:
    """Read a number, among them nan and inf, which may also be written as words."""
    if value in ("nan", "inf", "-inf"):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"found {shown(value)}; expected nan, inf, -inf or a number")
    return float(value)


def number(low: Number, high: Number, *, above: bool = False) -> Callable[[Any], Number]:
    """The reader of a finite number from `low` (excluded with `above`) to `high`."""

    def read(value: Any) -> Number:
        expected = f"a number {'above' if above else 'from'} {low}{'' if above else f' to {high}'}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong(f"found {shown(value)}; expected {expected}")
        if not math.isfinite(value) or not low <= value <= high or (above and value == low):
            raise Wrong(f"found {shown(value)}; expected {expected}")
        return value

    return read


def whole(low: int, high: int) -> Callable[[Any], int]:
    """The reader of a whole number from `low` to `high`."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"found {shown(value)}; expected a whole number from {low} to {high}")
        return value

    return read


def is_python_name(text: str) -> bool:
    """Whether a function or an argument can be called so."""
    return text.isidentifier() and not iskeyword(text)


def read_python_name(value: Any) -> str:
    """Read the name of a Python function or argument."""
    if not isinstance(value, str) or not is_python_name(value):
        raise Wrong(f"found {shown(value)}; expected a Python name")
    return value


def read_size_name(value: Any) -> str:
    """Read the name of a size."""
    if not isinstance(value, str) or not is_size_name(value):
        raise Wrong(f"found {shown(value)}; expected the name of a size")
    return value


def read_whole_range(value: Any) -> Range:
    """Read a range whose constant bounds are whole numbers."""
    span = Range.read(value)
    if isinstance(span.low, float) or isinstance(span.high, float):
        raise Wrong(f"found {shown(value)}; expected whole numbers as bounds")
    return span


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


def matching(pattern: str, expected: str) -> Callable[[Any], str]:
    """The reader of a word of a certain form."""
    compiled = _pattern(pattern)

    def read(value: Any) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            raise Wrong(f"found {shown(value)}; expected {expected}")
        return value

    return read


_RANGE_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"\S"}]}
_WORD_SCHEMA = {"type": "string", "pattern": r"^[A-Za-z_]\w*$"}
SIZES_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string", "pattern": r"^\s*\d+\s*\.\.\s*\d+\s*$"},
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 0},
            "minItems": 1,
            "uniqueItems": True,
        },
    ]
}


def words_schema(words: Sequence[str], *, single: bool = False) -> dict[str, Any]:
    """The JSON Schema of a list of known words."""
    word = {"enum": list(words)}
    many = {"type": "array", "items": word, "minItems": 1, "uniqueItems": True}
    return {"anyOf": [word, many]} if single else many


TextField: TypeAlias = Annotated[
    Text,
    PlainValidator(Text.read),
    WithJsonSchema(
        {
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
    ),
]
SizesField: TypeAlias = Annotated[Sizes, PlainValidator(Sizes.read), WithJsonSchema(SIZES_SCHEMA)]
RangeField: TypeAlias = Annotated[Range, PlainValidator(Range.read), WithJsonSchema(_RANGE_SCHEMA)]
WholeRangeField: TypeAlias = Annotated[
    Range, PlainValidator(read_whole_range), WithJsonSchema(_RANGE_SCHEMA)
]
ExpressionField: TypeAlias = Annotated[
    Expression,
    PlainValidator(Expression.read),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"\S"}]}),
]
FlagField: TypeAlias = Annotated[
    bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})
]
PythonNameField: TypeAlias = Annotated[
    str, PlainValidator(read_python_name), WithJsonSchema({"type": "string", "minLength": 1})
]
SizeNameField: TypeAlias = Annotated[
    str, PlainValidator(read_size_name), WithJsonSchema(_WORD_SCHEMA)
]
ToleranceField: TypeAlias = Annotated[
    float, PlainValidator(number(0, 1e6)), WithJsonSchema({"type": "number", "minimum": 0})
]
PointsNumber = number(0, _LARGEST_POINTS, above=True)
