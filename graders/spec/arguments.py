"""What an assignment says about one argument of a function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, PlainValidator, Tag, WithJsonSchema

from graders.spec import vocabulary
from graders.spec.expressions import Expression, Sizes
from graders.spec.fields import (
    ExpressionField,
    FlagField,
    Keys,
    PythonNameField,
    RangeField,
    SizeNameField,
    SizesField,
    ToleranceField,
    WholeRangeField,
    known,
    list_of,
    read_scalar,
    read_special,
    read_text_value,
    word_of,
    words_schema,
)
from graders.spec.problems import Wrong, near_name, shown

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
        """Read `[batch, heads * width, ...]` from YAML, or raise `Wrong`."""
        if not isinstance(value, list):
            raise Wrong(f"found {shown(value)}; expected a list of sizes such as [rows, columns]")
        if value.count(REST) > 1:
            raise Wrong(f"`{REST}` occurs twice; expected at most once")
        if len(value) > _MOST_DIMS:
            raise Wrong(f"found {len(value)} sizes; expected at most {_MOST_DIMS}")
        sizes = [_size(item, position) for position, item in enumerate(value) if item != REST]
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
        rest = [REST] if self.rest else []
        return f"[{', '.join([*map(str, self.before), *rest, *map(str, self.after)])}]"


def _size(item: object, position: int) -> Expression:
    try:
        size = Expression.read(item)
    except Wrong as error:
        raise Wrong(error.text, at=(position,)) from error
    if not size.names and size.evaluate({}) < 0:
        raise Wrong(f"found {shown(item)}; expected a size of at least 0", at=(position,))
    return size


def read_shapes(value: Any) -> tuple[Shape, ...]:
    """Read one shape, or the shapes of `{either: [...]}`."""
    if not isinstance(value, dict):
        return (Shape.read(value),)
    if set(value) != {"either"}:
        raise Wrong(f"found {shown(value)}; expected a list of sizes, or {{either: [...]}}")
    shapes = value["either"]
    if not isinstance(shapes, list) or len(shapes) < 2:
        raise Wrong("expected at least two shapes", at=("either",))
    return tuple(_alternative(shape, position) for position, shape in enumerate(shapes))


def _alternative(value: object, position: int) -> Shape:
    at = ("either", position)
    try:
        shape = Shape.read(value)
    except Wrong as error:
        raise Wrong(error.text, at=(*at, *error.at)) from error
    if shape.rest:
        raise Wrong(f"`{REST}` cannot stand in one of several shapes", at=at)
    return shape


@dataclass(frozen=True)
class SameAs:
    """The dtype of an earlier argument."""

    argument: str

    def __str__(self) -> str:
        return f"same as {self.argument}"


_read_dtypes = list_of(word_of(vocabulary.DTYPES, "dtype"), "dtypes", single=True)


def read_dtypes(value: Any) -> tuple[str, ...] | SameAs:
    """Read one dtype, a list of dtypes, or `same as <argument>`."""
    if isinstance(value, str) and value.startswith("same as "):
        return SameAs(value.removeprefix("same as ").strip())
    dtypes: tuple[str, ...] = _read_dtypes(value)
    return dtypes


_SHAPE_SCHEMA = {"type": "array", "items": {"type": ["integer", "string"]}, "maxItems": _MOST_DIMS}
_SHAPES_SCHEMA = {
    "anyOf": [
        _SHAPE_SCHEMA,
        {
            "type": "object",
            "properties": {"either": {"type": "array", "items": _SHAPE_SCHEMA, "minItems": 2}},
            "required": ["either"],
            "additionalProperties": False,
        },
    ]
}
ShapesField: TypeAlias = Annotated[
    tuple[Shape, ...], PlainValidator(read_shapes), WithJsonSchema(_SHAPES_SCHEMA)
]
DtypeField: TypeAlias = Annotated[
    tuple[str, ...] | SameAs,
    PlainValidator(read_dtypes),
    WithJsonSchema(
        {
            "anyOf": [
                *words_schema(vocabulary.DTYPES, single=True)["anyOf"],
                {"type": "string", "pattern": "^same as "},
            ]
        }
    ),
]
DtypesField: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(_read_dtypes),
    WithJsonSchema(words_schema(vocabulary.DTYPES, single=True)),
]
LayoutsField: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(list_of(word_of(vocabulary.LAYOUTS, "layout"), "layouts", single=True)),
    WithJsonSchema(words_schema(vocabulary.LAYOUTS, single=True)),
]
SpecialField: TypeAlias = Annotated[
    tuple[float, ...],
    PlainValidator(list_of(read_special, "numbers", empty=True)),
    WithJsonSchema({"type": "array", "items": {"type": ["number", "string"]}}),
]
GradientField: TypeAlias = Annotated[
    Literal["true", "false", "either"],
    PlainValidator(word_of(vocabulary.GRADIENT_MODES, "value")),
    WithJsonSchema({"enum": [True, False, "either"]}),
]
KindsField: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(list_of(word_of(vocabulary.NUMBER_KINDS, "kind"), "kinds", single=True)),
    WithJsonSchema(words_schema(vocabulary.NUMBER_KINDS, single=True)),
]
ElementKindsField: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(list_of(word_of(vocabulary.ELEMENT_KINDS, "kind"), "kinds", single=True)),
    WithJsonSchema(words_schema(vocabulary.ELEMENT_KINDS, single=True)),
]
AnyField: TypeAlias = Annotated[
    Literal["any"], PlainValidator(word_of(("any",), "value")), WithJsonSchema({"const": "any"})
]
StringsField: TypeAlias = Annotated[
    tuple[str, ...],
    PlainValidator(list_of(read_text_value, "texts")),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 1}),
]
ScalarsField: TypeAlias = Annotated[
    tuple[bool | int | float | str, ...],
    PlainValidator(list_of(read_scalar, "numbers and texts")),
    WithJsonSchema(
        {"type": "array", "items": {"type": ["boolean", "number", "string"]}, "minItems": 1}
    ),
]


class ArgumentSpec(Keys):
    """What every argument has in common: the key that tells its kind comes first."""

    kind: ClassVar[str]


class BlockArgument(ArgumentSpec):
    """What tensors and arrays have in common: shapes, dtypes and constraints on the values."""

    shapes: ShapesField
    dims: SizesField = Field(
        Sizes((0, 1, 2, 3, 4)), description="number of dims in all, where the shape has `...`"
    )
    sizes: SizesField = Field(Sizes((1, 2, 3, 4)), description="each of the sizes behind `...`")
    dtype: DtypeField = Field(
        ("float32", "float64"), description="a dtype, a list of dtypes, or `same as <argument>`"
    )
    range: RangeField | None = Field(None, description="least and greatest value")
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
    linear_in: PythonNameField | None = Field(
        None, description="values are w * this earlier argument + b, plus noise"
    )
    noise: ToleranceField = Field(0, description="deviation of the noise of `linear in`")
    special: SpecialField = Field(
        (), description="values that some cases contain: nan, inf, -inf or numbers"
    )
    layouts: LayoutsField = Field(
        vocabulary.LAYOUTS, description="how the elements may lie in memory"
    )

    def rest_dims(self, shape: Shape) -> tuple[int, ...]:
        """How many sizes may stand in the place of `...`; (0,) without `...`."""
        if not shape.rest:
            return (0,)
        fixed = len(shape.fixed)
        return tuple(dims - fixed for dims in self.dims.choices if dims >= fixed)


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
    like: PythonNameField = Field(description="the earlier argument")
    requires_grad: GradientField = Field("false", description="true, false or either")


class IntegerArgument(ArgumentSpec):
    """A Python int."""

    kind = "integer"
    range: WholeRangeField = Field(
        alias="integer", description="least and greatest value, such as -x.dims..x.dims-1"
    )


class FloatArgument(ArgumentSpec):
    """A Python float."""

    kind = "float"
    range: RangeField = Field(alias="float", description="least and greatest value")


class NumberArgument(ArgumentSpec):
    """A Python number of one of several kinds."""

    kind = "number"
    kinds: KindsField = Field(alias="number", description="integer, float, boolean")
    range: RangeField = Field(
        # The bounds keep printed calls short; nothing else depends on them.
        default_factory=lambda: _default_range(),
        description="least and greatest value",
    )


class SizeArgument(ArgumentSpec):
    """The value of a named size, as a Python int."""

    kind = "size"
    size: SizeNameField = Field(description="the size's name")


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
    choices: StringsField = Field(alias="string", description="the possible strings")


class ChoiceArgument(ArgumentSpec):
    """One of several numbers, strings and truth values."""

    kind = "choice"
    choices: ScalarsField = Field(alias="choice", description="the possible values")


class ShapeArgument(ArgumentSpec):
    """A tuple of sizes."""

    kind = "shape"
    dims: SizesField = Field(alias="shape", description="how many sizes")
    sizes: SizesField = Field(Sizes((0, 1, 2, 3, 4)), description="each of the sizes")


class NestedListArgument(ArgumentSpec):
    """A nested list of Python numbers, of one kind in each case."""

    kind = "nested list"
    shapes: ShapesField = Field(alias="nested list", description="sizes, such as [rows, columns]")
    of: ElementKindsField = Field(
        ("integer", "float"), description="integer, float, boolean, mixed (integers and floats)"
    )


class TorchDtypeArgument(ArgumentSpec):
    """A dtype such as `torch.float32`."""

    kind = "torch dtype"
    dtypes: DtypesField = Field(alias="torch dtype", description="the possible dtypes")


def _default_range() -> Any:
    from graders.spec.expressions import Range

    return Range(-10, 10)


_ITEM_CLASSES: tuple[type[ArgumentSpec], ...] = (
    TensorArgument,
    ArrayArgument,
    IntegerArgument,
    FloatArgument,
    NumberArgument,
    BooleanArgument,
    StringArgument,
    ChoiceArgument,
)


def _kind(value: Any) -> str | None:
    return next((f"<{cls.kind}>" for cls in ARGUMENT_CLASSES if cls.kind in value), None)
