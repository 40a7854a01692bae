"""How an observation differs from the expected one: facts, without wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias

from graders.spec.text import Text

ORDER: Final = (
    "loads",
    "returns",
    "type",
    "shape",
    "dtype",
    "values",
    "device",
    "errors",
    "arguments unchanged",
    "shares memory",
    "own memory",
    "same object",
    "contiguous",
    "writable",
    "random state",
    "gradients untouched",
    "requires grad",
    "python number",
    "forbidden",
    "constant operations",
)
"""All checks that compare observations; one that fails leaves the later ones unchecked."""

Path: TypeAlias = tuple[int | str, ...]
"""Where in a container: `(0,)` is the first item of a pair, `("w1",)` a value of a dict."""


@dataclass(frozen=True)
class Error:
    """An exception: its own class name first, then those of its bases."""

    names: tuple[str, ...]
    text: str
    file: str | None = None
    line: int = 0

    @property
    def name(self) -> str:
        """The name of its class, without a module."""
        return self.names[0].rpartition(".")[2]

    @property
    def lacks_memory(self) -> bool:
        """Whether it says that memory could not be had, in Python, NumPy or PyTorch."""
        refused = "can't allocate memory" in self.text or "not enough memory" in self.text
        classes = {"MemoryError", "torch.OutOfMemoryError"}
        return bool(classes & {*self.names}) or ("RuntimeError" in self.names and refused)


@dataclass(frozen=True)
class Mismatch:
    """Base of all differences."""

    check: ClassVar[str]


@dataclass(frozen=True)
class NotDefined(Mismatch):
    """The submission does not define the function."""

    check = "loads"
    file: str
    similar: str | None = None  # a function that it does define
    line: int = 0  # where the function stands, although it was not reached
    guarded: bool = False  # it stands under `if __name__ == "__main__"`
    stopped: bool = False  # the file's code raised before its end


@dataclass(frozen=True)
class NotLoaded(Mismatch):
    """Loading the submission did not end by itself."""

    check = "loads"
    file: str
    how: Mismatch


@dataclass(frozen=True)
class Raised(Mismatch):
    """The call raised where the reference returns."""

    check = "returns"
    error: Error


@dataclass(frozen=True)
class Overran(Mismatch):
    """The call did not end within its time."""

    check = "returns"
    seconds: float
    waited: bool = False
    total: bool = False  # all calls together
    calls: tuple[int, int] | None = None  # then: how many were made, of how many


@dataclass(frozen=True)
class Ended(Mismatch):
    """The call ended the whole process."""

    check = "returns"
    signal: str | None
    status: int | None
    peak: int | None = None  # bytes of memory that it once had


@dataclass(frozen=True)
class PrintedTooMuch(Mismatch):
    """The call printed more than the limit allows."""

    check = "returns"
    limit: int


@dataclass(frozen=True)
class UsedTooMuch(Mismatch):
    """The call used more of something than the limit allows; both in bytes, but for threads."""

    check = "returns"
    what: str  # "memory", "scratch" (files), "result", "results" (of all calls) or "threads"
    limit: int
    reached: int


@dataclass(frozen=True)
class OutOfMemory(Mismatch):
    """The call was refused the memory that it asked for."""

    check = "returns"
    error: Error
    limit: int


@dataclass(frozen=True)
class WroteAnswers(Mismatch):
    """Something other than the worker wrote to the worker's pipe."""

    check = "returns"


@dataclass(frozen=True)
class DidNotRaise(Mismatch):
    """The call returned where the reference raises."""

    check = "errors"
    expected: Error
    value: Any


@dataclass(frozen=True)
class RaisedOther(Mismatch):
    """The call raised an exception of another class."""

    check = "errors"
    expected: Error
    error: Error


@dataclass(frozen=True)
class WrongType(Mismatch):
    """A value of another type."""

    check = "type"
    expected: Any
    actual: Any
    path: Path = ()


@dataclass(frozen=True)
class WrongLength(Mismatch):
    """A sequence of another length."""

    check = "type"
    expected: int
    actual: int
    path: Path = ()


@dataclass(frozen=True)
class WrongKeys(Mismatch):
    """A dict with other keys."""

    check = "type"
    missing: tuple[Any, ...]
    extra: tuple[Any, ...]
    path: Path = ()


@dataclass(frozen=True)
class WrongShape(Mismatch):
    """A tensor of another shape."""

    check = "shape"
    expected: tuple[int, ...]
    actual: tuple[int, ...]
    path: Path = ()


@dataclass(frozen=True)
class WrongDtype(Mismatch):
    """A tensor or array of another dtype."""

    check = "dtype"
    expected: str
    actual: str
    path: Path = ()
    kind: str = "tensor"  # or "array"


@dataclass(frozen=True)
class WrongDevice(Mismatch):
    """A tensor on another device."""

    check = "device"
    expected: str
    actual: str
    path: Path = ()


@dataclass(frozen=True)
class WrongValues(Mismatch):
    """A tensor, array, number or text with other values."""

    check = "values"
    expected: Any
    actual: Any
    differing: int
    total: int
    worst: tuple[int, ...]
    path: Path = ()


@dataclass(frozen=True)
class ArgumentChanged(Mismatch):
    """An argument was changed that the reference leaves alone."""

    check = "arguments unchanged"
    argument: int  # number of the argument tensor
    after: Any


@dataclass(frozen=True)
class ListChanged(Mismatch):
    """A list was changed that the reference leaves alone, or the reverse."""

    check = "arguments unchanged"
    argument: int  # number of the argument
    expected: bool


@dataclass(frozen=True)
class ArgumentNotChanged(Mismatch):
    """An argument was left alone that the reference changes."""

    check = "arguments unchanged"
    argument: int
    expected: Any


@dataclass(frozen=True)
class ArgumentWrong(Mismatch):
    """An argument was changed, but not to what the reference makes of it."""

    check = "arguments unchanged"
    argument: int
    difference: WrongShape | WrongDtype | WrongValues | WrongType | WrongRequiresGrad


@dataclass(frozen=True)
class OwnMemory(Mismatch):
    """The result is a copy where it must share memory with an argument."""

    check = "shares memory"
    argument: int
    path: Path = ()


@dataclass(frozen=True)
class SharedMemory(Mismatch):
    """The result shares memory with an argument, or with another result, and must not."""

    check = "own memory"
    argument: int | None  # None: another result
    path: Path = ()


@dataclass(frozen=True)
class OtherObject(Mismatch):
    """The result is not the very object that was passed."""

    check = "same object"
    argument: int
    path: Path = ()


@dataclass(frozen=True)
class NotContiguous(Mismatch):
    """The result's elements do not lie in order."""

    check = "contiguous"
    path: Path = ()


@dataclass(frozen=True)
class NotWritable(Mismatch):
    """Several elements of the result share one place in memory, or it is read-only."""

    check = "writable"
    overlaps: bool
    path: Path = ()


@dataclass(frozen=True)
class RandomStateMoved(Mismatch):
    """A global random state was changed."""

    check = "random state"


@dataclass(frozen=True)
class GradientLeft(Mismatch):
    """An argument's `.grad` was written."""

    check = "gradients untouched"
    argument: int


@dataclass(frozen=True)
class GradLeftOff(Mismatch):
    """Operations record no gradients any more."""

    check = "gradients untouched"


@dataclass(frozen=True)
class WrongRequiresGrad(Mismatch):
    """The result requires a gradient, or does not, unlike the reference's."""

    check = "requires grad"
    expected: bool
    path: Path = ()


@dataclass(frozen=True)
class NumpyNumber(Mismatch):
    """The result is a number of NumPy's where the reference's is one of Python's."""

    check = "python number"
    expected: Any
    name: str  # of its class


@dataclass(frozen=True)
class Forbidden(Mismatch):
    """Something was used that the question forbids."""

    check = "forbidden"
    rule: str  # the group or the name in the assignment
    what: str  # what breaks it: a call, an operator, an operation that ran
    file: str | None = None  # where it stands, when the source text shows it
    line: int = 0


@dataclass(frozen=True)
class NotExamined(Mismatch):
    """The source text ends every process that looks for what is forbidden."""

    check = "forbidden"
    file: str


@dataclass(frozen=True)
class GrowingOperations(Mismatch):
    """The number of tensor operations grows with a size that it must not grow with."""

    check = "constant operations"
    size: str
    counts: tuple[tuple[int, int], ...]  # (size, number of operations)
    what: str = "operations"  # or "steps": lines of Python that run


@dataclass(frozen=True)
class PropertyBroken(Mismatch):
    """A property of the question does not hold."""

    check = "property"
    name: str
    calls: tuple[tuple[str, Mapping[str, Any]], ...]  # each function with its arguments
    text: Text | None = None  # the author's
    how: Mismatch | None = None  # what is wrong with the last call, where that is the reason
