"""What an assignment says about one argument of a function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from graders.spec import fields, vocabulary
from graders.spec.expressions import Expression, Range, Sizes
from graders.spec.fields import (
    ExpressionField,
    FlagField,
    Keys,
    NameField,
    RangeField,
    Read,
    SizesField,
    inside,
    list_of,
    number,
    word,
    words,
)
from graders.spec.problems import ReadError, near_name, shown

_MOST_DIMS = 8
REST = "..."


@dataclass(frozen=True)
class Shape:
    """Sizes of a tensor; with `rest`, any further sizes stand between `before` and `after`."""

    before: tuple[Expression, ...]
    rest: bool = False
    after: tuple[Expression, ...] = ()

    @staticmethod
    def read(value: object) -> Shape:
        """Read `[batch, heads * width, ...]` from YAML, or raise `ReadError`."""
        if not isinstance(value, list):
            raise ReadError(
                f"found {shown(value)}; expected a list of sizes such as [rows, columns]"
            )
        if value.count(REST) > 1:
            raise ReadError(f"`{REST}` occurs twice; expected at most once")
        if len(value) > _MOST_DIMS:
            raise ReadError(f"found {len(value)} sizes; expected at most {_MOST_DIMS}")
        sizes = [
            inside(position, _size, item) for position, item in enumerate(value) if item != REST
        ]
        cut = value.index(REST) if REST in value else len(value)
        return Shape(tuple(sizes[:cut]), REST in value, tuple(sizes[cut:]))

    @property
    def fixed(self) -> tuple[Expression, ...]:
        """All sizes that are spelled out."""
        return self.before + self.after

    def sizes(self, names: Mapping[str, int], rest: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The shape for these named sizes, with `rest` in the place of `...`."""
        before, after = (
            tuple(size.evaluate(names) for size in part) for part in (self.before, self.after)
        )
        return before + (rest if self.rest else ()) + after

    def __str__(self) -> str:
        """Write the shape as YAML has it."""
        rest = [REST] if self.rest else []
        return f"[{', '.join([*map(str, self.before), *rest, *map(str, self.after)])}]"


def _size(item: object) -> Expression:
    size = Expression.read(item)
    if not size.names and size.evaluate({}) < 0:
        raise ReadError(f"found {shown(item)}; expected a size of at least 0")
    return size


def _read_shapes(value: object) -> tuple[Shape, ...]:
    if not isinstance(value, dict):
        return (Shape.read(value),)
    if set(value) != {"either"}:
        raise ReadError("expected a list of sizes, or {either: [...]}")
    shapes = value["either"]
    if not isinstance(shapes, list) or len(shapes) < 2:
        raise ReadError("expected at least two shapes", at=("either",))
    read = partial(inside, "either")
    return tuple(
        read(partial(inside, position, _alternative), shape)
        for position, shape in enumerate(shapes)
    )


def _alternative(value: object) -> Shape:
    shape = Shape.read(value)
    if shape.rest:
        raise ReadError(f"`{REST}` cannot stand in one of several shapes")
    return shape


@dataclass(frozen=True)
class SameAs:
    """The dtype of an earlier argument."""

    argument: str


_dtypes = words(vocabulary.DTYPES, "dtype", single=True)


def _read_dtype_rule(value: object) -> tuple[str, ...] | SameAs:
    if isinstance(value, str) and value.startswith("same as "):
        return SameAs(value.removeprefix("same as ").strip())
    return _dtypes(value)


_SHAPE_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": ["integer", "string"]},
    "maxItems": _MOST_DIMS,
}
_EITHER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"either": {"type": "array", "items": _SHAPE_SCHEMA, "minItems": 2}},
    "required": ["either"],
    "additionalProperties": False,
}
_SAME_AS_SCHEMA = {"type": "string", "pattern": "^same as "}

_shapes = Read(_read_shapes, {"anyOf": [_SHAPE_SCHEMA, _EITHER_SCHEMA]})
_dtype_rule = Read(_read_dtype_rule, {"anyOf": [*_dtypes.schema["anyOf"], _SAME_AS_SCHEMA]})
_gradient = Read(word(vocabulary.GRADIENT_MODES, "value").reader, {"enum": [True, False, "either"]})

ShapesField: TypeAlias = Annotated[tuple[Shape, ...], _shapes]
GradientField: TypeAlias = Annotated[str, _gradient]
AnyField: TypeAlias = Annotated[str, word(("any",), "value")]


class ArgumentSpec(Keys):
    """What every argument has in common: the key that tells its kind comes first."""

    kind: ClassVar[str]


class ShapedArgument(ArgumentSpec):
    """What tensors, arrays and nested lists have in common: one shape or several."""

    shapes: ShapesField
    dims: SizesField = Field(
        Sizes((0, 1, 2, 3, 4)), description="number of dims in all, where the shape has `...`"
    )
    sizes: SizesField = Field(
        Sizes((1, 2, 3, 4)), description="each of the sizes that `...` stands for"
    )

    range: RangeField | None = Field(None, description="least and greatest value")

    def rest_dims(self, shape: Shape) -> tuple[int, ...]:
        """How many sizes may stand in the place of the `...` of `shape`."""
        fixed = len(shape.fixed)
        return tuple(dims - fixed for dims in self.dims.choices if dims >= fixed)


class BlockArgument(ShapedArgument):
    """What tensors and arrays have in common: dtypes and constraints on the values."""

    dtype: Annotated[tuple[str, ...] | SameAs, _dtype_rule] = Field(
        ("float32", "float64"), description="a dtype, a list of dtypes, or `same as <argument>`"
    )
    below: ExpressionField | None = Field(
        None, description="whole numbers from 0 up to, but excluding, this size"
    )
    whole: FlagField = Field(False, description="whole numbers even where the dtype is a float")
    positive: FlagField = Field(False, description="every value is above 0")
    non_zero: FlagField = Field(False, alias="non-zero", description="no value is 0")
    sorted: FlagField = Field(False, description="values rise along the last dim")
    unique: FlagField = Field(False, description="no value occurs twice")
    constant_columns: FlagField = Field(False, description="some cases have a constant column")
    far: FlagField = Field(False, description="some cases lie far from the origin")
    large: FlagField = Field(False, description="some cases have values up to 10000")
    normal: FlagField = Field(False, description="standard normal values")
    linear_in: NameField | None = Field(
        None, description="values are x @ w + b for this earlier argument x, plus noise"
    )
    noise: Annotated[float, number(0, 1e6)] = Field(
        0, description="standard deviation of the noise of `linear in`"
    )
    special: Annotated[tuple[float, ...], list_of(fields.special, "numbers", empty=True)] = Field(
        (), description="values that some cases contain: nan, inf, -inf or numbers"
    )
    layouts: Annotated[tuple[str, ...], words(vocabulary.LAYOUTS, "layout", single=True)] = Field(
        vocabulary.LAYOUTS, description="how the elements may lie in memory"
    )


class TensorArgument(BlockArgument):
    """A tensor."""

    kind = "tensor"
    shapes: ShapesField = Field(alias="tensor", description="sizes, such as [batch, rows, ...]")
    requires_grad: GradientField = Field("false", description="true, false or either")


class ArrayArgument(BlockArgument):
    """A NumPy array."""

    kind = "array"
    shapes: ShapesField = Field(alias="array", description="sizes, such as [rows, columns]")


class LikeArgument(ArgumentSpec):
    """A tensor, an array or a list with the shapes and dtypes of an earlier one, and own values."""

    kind = "like"
    like: NameField = Field(description="the earlier argument")
    requires_grad: GradientField = Field("false", description="true, false or either")


class IntegerArgument(ArgumentSpec):
    """A Python int."""

    kind = "integer"
    range: Annotated[Range, fields.whole_range] = Field(
        alias="integer", description="least and greatest value, such as -x.dims..x.dims-1"
    )


class FloatArgument(ArgumentSpec):
    """A Python float."""

    kind = "float"
    range: RangeField = Field(alias="float", description="least and greatest value")


class NumberArgument(ArgumentSpec):
    """A Python number of one of several kinds."""

    kind = "number"
    kinds: Annotated[tuple[str, ...], words(vocabulary.NUMBER_KINDS, "kind", single=True)] = Field(
        alias="number", description="integer, float, boolean"
    )
    range: RangeField = Field(Range(-10, 10), description="least and greatest value")


class SizeArgument(ArgumentSpec):
    """The value of a named size, as a Python int."""

    kind = "size"
    size: Annotated[str, fields.size_name] = Field(description="the size's name")


class BooleanArgument(ArgumentSpec):
    """True or False."""

    kind = "boolean"
    boolean: AnyField


class SeedArgument(ArgumentSpec):
    """A seed of a random generator."""

    kind = "seed"
    seed: AnyField


class StringArgument(ArgumentSpec):
    """One of several strings."""

    kind = "string"
    choices: Annotated[tuple[str, ...], list_of(fields.string, "texts")] = Field(
        alias="string", description="the possible strings"
    )


class ChoiceArgument(ArgumentSpec):
    """One of several numbers, strings and truth values."""

    kind = "choice"
    choices: Annotated[tuple[bool | int | float | str, ...], list_of(fields.scalar, "values")] = (
        Field(alias="choice", description="the possible values")
    )


class ShapeArgument(ArgumentSpec):
    """A tuple of sizes."""

    kind = "shape"
    dims: SizesField = Field(alias="shape", description="how many sizes")
    sizes: SizesField = Field(Sizes((0, 1, 2, 3, 4)), description="each of the sizes")


class NestedListArgument(ShapedArgument):
    """A nested list of Python numbers, of one kind in each case."""

    kind = "nested list"
    shapes: ShapesField = Field(alias="nested list", description="sizes, such as [rows, columns]")
    dims: SizesField = Field(
        Sizes((1, 2, 3)), description="number of dims in all, where the shape has `...`"
    )
    of: Annotated[tuple[str, ...], words(vocabulary.ELEMENT_KINDS, "kind", single=True)] = Field(
        ("integer", "float"), description="integer, float, boolean, mixed (integers and floats)"
    )


class TorchDtypeArgument(ArgumentSpec):
    """A dtype such as `torch.float32`."""

    kind = "torch dtype"
    dtypes: Annotated[tuple[str, ...], _dtypes] = Field(
        alias="torch dtype", description="the possible dtypes"
    )


_ITEM_KINDS = ("tensor", "array", "integer", "float", "number", "boolean", "string", "choice")
KINDS = (*_ITEM_KINDS, "like", "size", "seed", "shape", "nested list", "torch dtype", "list")


def _kinds_in(value: object) -> list[str]:
    return [kind for kind in KINDS if isinstance(value, dict) and kind in value]


def _tag(value: object) -> str:
    """The union's choice; in angle brackets, so that it is no part of a path in the file."""
    return f"<{value.kind if isinstance(value, ArgumentSpec) else _kinds_in(value)[0]}>"


def _one_of(kinds: tuple[str, ...]) -> BeforeValidator:
    """Refuse a mapping that has none or several of the keys that tell the kind."""

    def check(value: object) -> object:
        expected = f"expected exactly one of: {', '.join(kinds)}"
        found = _kinds_in(value)
        if not isinstance(value, dict):
            raise ReadError(
                f"found {shown(value)}; expected a mapping with one of: {', '.join(kinds)}"
            )
        if len(found) > 1:
            raise ReadError(f"found the keys {' and '.join(found)}; {expected}")
        if not found or found[0] not in kinds:
            hints = (near_name(key, kinds) for key in value)
            raise ReadError(f"the kind of argument is missing; {expected}", hint=next(hints, None))
        return value

    return BeforeValidator(check)


Item: TypeAlias = Annotated[
    Annotated[TensorArgument, Tag("<tensor>")]
    | Annotated[ArrayArgument, Tag("<array>")]
    | Annotated[IntegerArgument, Tag("<integer>")]
    | Annotated[FloatArgument, Tag("<float>")]
    | Annotated[NumberArgument, Tag("<number>")]
    | Annotated[BooleanArgument, Tag("<boolean>")]
    | Annotated[StringArgument, Tag("<string>")]
    | Annotated[ChoiceArgument, Tag("<choice>")],
    Discriminator(_tag),
    _one_of(_ITEM_KINDS),
]


class ListArgument(ArgumentSpec):
    """A list; its tensors have one dtype and, unless `one shape` is false, one shape."""

    kind = "list"
    items: Item = Field(alias="list", description="what each item is")
    length: SizesField = Field(Sizes((0, 1, 2, 3, 4)), description="how many items")
    one_shape: FlagField = Field(True, description="whether all items share one shape")


Argument: TypeAlias = Annotated[
    Annotated[TensorArgument, Tag("<tensor>")]
    | Annotated[ArrayArgument, Tag("<array>")]
    | Annotated[LikeArgument, Tag("<like>")]
    | Annotated[IntegerArgument, Tag("<integer>")]
    | Annotated[FloatArgument, Tag("<float>")]
    | Annotated[NumberArgument, Tag("<number>")]
    | Annotated[SizeArgument, Tag("<size>")]
    | Annotated[BooleanArgument, Tag("<boolean>")]
    | Annotated[SeedArgument, Tag("<seed>")]
    | Annotated[StringArgument, Tag("<string>")]
    | Annotated[ChoiceArgument, Tag("<choice>")]
    | Annotated[ShapeArgument, Tag("<shape>")]
    | Annotated[NestedListArgument, Tag("<nested list>")]
    | Annotated[ListArgument, Tag("<list>")]
    | Annotated[TorchDtypeArgument, Tag("<torch dtype>")],
    Discriminator(_tag),
    _one_of(KINDS),
]
