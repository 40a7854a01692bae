"""The known mistakes: facts that hold on every failing case, without wording.

The `id` of each is what authors write under `hints:`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from graders.checks.mismatch import Path


@dataclass(frozen=True)
class Mistake:
    """Base of all that can explain every failing case."""

    @property
    def id(self) -> str:
        """What authors call it."""
        raise NotImplementedError


# ---------------------------------------------------------------- the right values elsewhere


@dataclass(frozen=True)
class Transposed(Mistake):
    """Two axes are exchanged; None where there are only two."""

    id = "transposed"
    axes: tuple[int, int] | None


@dataclass(frozen=True)
class Permuted(Mistake):
    """The axes are in another order: `expected.permute(order)`; None where they are reversed."""

    id = "permuted"
    order: tuple[int, ...] | None


@dataclass(frozen=True)
class AxisMoved(Mistake):
    """The last axis stands first, or the first one last."""

    id = "permuted"
    to_front: bool


@dataclass(frozen=True)
class SizesExchanged(Mistake):
    """The shape is the expected one with two sizes exchanged; the values differ as well."""

    id = "sizes exchanged"
    axes: tuple[int, int] | None


@dataclass(frozen=True)
class SizesReordered(Mistake):
    """The shape has the expected sizes in another order."""

    id = "sizes exchanged"


@dataclass(frozen=True)
class SizeOneMissing(Mistake):
    """The values are right but a dimension of size 1 is missing."""

    id = "size 1 missing"


@dataclass(frozen=True)
class SizeOneExtra(Mistake):
    """The values are right but there is a dimension of size 1 too many."""

    id = "size 1 extra"


@dataclass(frozen=True)
class SizeOneMoved(Mistake):
    """The values are right but a dimension of size 1 stands elsewhere."""

    id = "size 1 moved"


@dataclass(frozen=True)
class Flattened(Mistake):
    """The values are right and in order, in one dimension."""

    id = "flattened"


@dataclass(frozen=True)
class Reshaped(Mistake):
    """The values are right and in order, in another shape."""

    id = "reshaped"


@dataclass(frozen=True)
class ColumnByColumn(Mistake):
    """The values are right but fill the shape column by column."""

    id = "column by column"


@dataclass(frozen=True)
class Reversed(Mistake):
    """The order along an axis is reversed; None for all axes."""

    id = "reversed"
    axis: int | None


@dataclass(frozen=True)
class Shifted(Mistake):
    """Each place holds what belongs `by` places further along an axis."""

    id = "shifted"
    axis: int
    by: int


@dataclass(frozen=True)
class OneShort(Mistake):
    """One slice along an axis is missing: the first, the last, or any where the values differ."""

    id = "one short"
    axis: int | None  # None: every axis
    end: str  # "first", "last" or "any"


@dataclass(frozen=True)
class OneTooMany(Mistake):
    """There is one slice too many along an axis: the first, the last, or any."""

    id = "one too many"
    axis: int | None
    end: str


@dataclass(frozen=True)
class EndExcluded(Mistake):
    """The values are evenly spaced from the right start, but stop one step before the end."""

    id = "end excluded"


@dataclass(frozen=True)
class CutShort(Mistake):
    """The first rows are right and the others are missing."""

    id = "cut short"


@dataclass(frozen=True)
class TooLong(Mistake):
    """All rows are there, and more after them."""

    id = "too long"


@dataclass(frozen=True)
class OtherCuts(Mistake):
    """The batches of an iterator hold the right rows in order, cut at other places."""

    id = "other cuts"


@dataclass(frozen=True)
class Reordered(Mistake):
    """The values are right but stand in other places."""

    id = "reordered"


@dataclass(frozen=True)
class PartsExchanged(Mistake):
    """Parts of the result hold what belongs in other parts; all others are right."""

    id = "parts exchanged"
    places: tuple[Path, ...]
    holds: tuple[Path, ...]  # what each place holds


@dataclass(frozen=True)
class Broadcast(Mistake):
    """The expected values are repeated over a wider shape."""

    id = "broadcast"


@dataclass(frozen=True)
class NotBroadcast(Mistake):
    """The expected values are there once and not repeated."""

    id = "not broadcast"


@dataclass(frozen=True)
class NotReduced(Mistake):
    """The sum or mean of the result over an axis is what was expected; None for all axes."""

    id = "not reduced"
    operation: str
    axis: int | None


@dataclass(frozen=True)
class Reduced(Mistake):
    """The result is the sum or mean of what was expected over an axis; None for all axes."""

    id = "reduced"
    operation: str
    axis: int | None


# ---------------------------------------------------------------- arithmetic


@dataclass(frozen=True)
class Sign(Mistake):
    """The sign is wrong."""

    id = "sign"


@dataclass(frozen=True)
class Factor(Mistake):
    """The result is the same number times the expected one in each case."""

    id = "constant factor"
    factor: str


@dataclass(frozen=True)
class ArgumentFactor(Mistake):
    """The result is the expected one times something that the arguments say."""

    id = "argument factor"
    factor: str


@dataclass(frozen=True)
class SumForMean(Mistake):
    """The result is as many times the expected one as there are elements."""

    id = "sum for mean"
    count: str


@dataclass(frozen=True)
class MeanForSum(Mistake):
    """The expected result is as many times the result as there are elements."""

    id = "mean for sum"
    count: str


@dataclass(frozen=True)
class OtherDivisor(Mistake):
    """The count and the count minus one are exchanged, as in a variance; `root` of a deviation."""

    id = "other divisor"
    count: str
    less_one: bool  # the result divides by the count minus one
    root: bool


@dataclass(frozen=True)
class Offset(Mistake):
    """The result is the expected one plus the same in each case, or plus an argument."""

    id = "offset"
    offset: str
    more: bool


@dataclass(frozen=True)
class Applied(Mistake):
    """The result is a well-known function of the expected one."""

    function: str

    @property
    def id(self) -> str:
        """The name of the function."""
        return self.function


@dataclass(frozen=True)
class RoundedTo(Mistake):
    """The result is the expected one, rounded to some decimals."""

    id = "rounded"
    decimals: int


@dataclass(frozen=True)
class Proportional(Mistake):
    """In each case the result is a multiple of the expected one, not always by the same factor."""

    id = "proportional"


# ---------------------------------------------------------------- what the result really is


@dataclass(frozen=True)
class ArgumentReturned(Mistake):
    """The result equals an argument."""

    id = "argument returned"
    argument: str


@dataclass(frozen=True)
class ArgumentOrder(Mistake):
    """The result holds the elements of arguments in their order, in the expected shape."""

    id = "argument order"
    arguments: tuple[str, ...]  # as code


@dataclass(frozen=True)
class OtherAxis(Mistake):
    """The expected operation, over another axis."""

    id = "other axis"
    code: str


@dataclass(frozen=True)
class OtherOperation(Mistake):
    """The result is what this expression over the arguments gives."""

    id = "other operation"
    code: str
    guarded: bool = False  # but where it divides by 0


@dataclass(frozen=True)
class Zeros(Mistake):
    """The result is zero throughout."""

    id = "zeros"


@dataclass(frozen=True)
class Constant(Mistake):
    """The result holds the same value always."""

    id = "constant result"
    value: str


# ---------------------------------------------------------------- accuracy


@dataclass(frozen=True)
class LowPrecision(Mistake):
    """Every value of the result is a number of a shorter dtype."""

    id = "precision"
    dtype: str


@dataclass(frozen=True)
class FewDigits(Mistake):
    """The result agrees with the expected one to a few digits only."""

    id = "few digits"
    digits: int


@dataclass(frozen=True)
class FixedDtype(Mistake):
    """The result has the same dtype in every case, failing or not."""

    id = "fixed dtype"
    dtype: str


# ---------------------------------------------------------------- some values, some cases


@dataclass(frozen=True)
class OnlyPlaces(Mistake):
    """All wrong values stand at places of one kind.

    `kind` is one of "zeros", "negative", "positive", "large positive", "large negative",
    "not finite", "constant column", "at labels", "not at labels", "first", "last", "diagonal" or
    "off the diagonal".
    """

    id = "only some places"
    kind: str
    argument: str = ""
    axis: int | None = None


@dataclass(frozen=True)
class NotFinite(Mistake):
    """The wrong values are NaN or infinite where finite ones are expected."""

    id = "not finite"
    found: str  # "nan", "inf" or "both"
    where: OnlyPlaces | None = None


@dataclass(frozen=True)
class OnlyParts(Mistake):
    """Some parts of the result are right in every case."""

    id = "only some parts"


class Trait(NamedTuple):
    """What the arguments of some cases have in common; `id` says what, of `argument`."""

    id: str
    argument: str = ""
    detail: str = ""


@dataclass(frozen=True)
class KindOfCase(Mistake):
    """All failing cases have a trait, and few or none of those that pass."""

    trait: Trait
    passing: int  # cases that pass although they have it

    @property
    def id(self) -> str:
        """The id of the trait."""
        return self.trait.id

    @property
    def special(self) -> bool:
        """Whether the trait is worth a word beside a mistake that explains the same cases."""
        return self.trait.id in SPECIAL


SPECIAL: Final = frozenset(
    {
        "non-contiguous",
        "empty",
        "size 0",
        "size 1",
        "one element",
        "no items",
        "one item",
        "with grad",
        "zero",
        "one",
        "negative number",
        "negative argument",
        "fraction",
        "only float32",
        "only float64",
        "only int64",
        "only bool",
    }
)
"""Traits that are worth a word beside a mistake that explains the same cases."""

ORDINARY: Final = frozenset(
    {
        "contiguous argument",
        "size above 1",
        "several elements",
        "several items",
        "square",
        "positive numbers",
        "positive number",
        "above 1",
        "fractions",
    }
)
"""Traits that say little where most cases have them."""


@dataclass(frozen=True)
class Diagnosis:
    """A mistake that explains every failing case."""

    mistake: Mistake
    failing: int
    passed: int
    places: tuple[Path, ...] = ()  # the parts that are wrong
    scattered: bool = False  # other parts are wrong in other cases
    kind: KindOfCase | None = None  # which cases those are, where some pass
    partial: bool = False  # it explains the cases of the check shown; others fail in other ways

    @property
    def ids(self) -> tuple[str, ...]:
        """The keys under which authors can write hints, the most specific first."""
        return (self.mistake.id,) if self.kind is None else (self.mistake.id, self.kind.id)

    @property
    def weak(self) -> bool:
        """Whether it says less than what an author has to say about the check."""
        match self.mistake:
            case OnlyParts():
                return True
            case KindOfCase(trait, passing):
                most = 2 * (self.failing + passing) > self.failing + self.passed
                trivial = trait.id == "other dims" and trait.detail in ("0", "1")
                return trivial or (most and trait.id in ORDINARY)
        return False
