"""An assignment: its questions, and what is promised about each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PrivateAttr

from graders.spec import fields, vocabulary
from graders.spec.arguments import Argument, ListArgument, ShapedArgument
from graders.spec.expressions import Number, Sizes
from graders.spec.fields import (
    Keys,
    Read,
    TextField,
    inside,
    list_of,
    mapping_of,
    matching,
    number,
    whole,
    word,
    words,
)
from graders.spec.problems import ReadError, shown
from graders.spec.text import Text

DEFAULT_SIZES = Sizes((1, 2, 3, 4, 5))

_check = word(vocabulary.CHECKS, "check")
_points_number = number(0, 10_000, above=True)
_points_by_check = mapping_of(_check, _points_number, "points by check, such as {values: 3}")
_call = matching(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", "a group of calls or the name of a call")
_group = word(vocabulary.FORBIDDEN_GROUPS, "group of calls")
_visibility_word = word(vocabulary.VISIBILITIES, "visibility")
_hint_key = matching(r"[a-z][a-z0-9]*([ -][a-z0-9]+)*", "a check or a diagnosis in lower case")


def _read_points(value: object) -> Number | dict[str, Number]:
    return _points_by_check(value) if isinstance(value, dict) else _points_number(value)


def _read_visibility(value: object) -> str | dict[str, str]:
    return _visibility_by_check(value) if isinstance(value, dict) else _visibility_word(value)


def _read_forbidden(value: object) -> str:
    group = isinstance(value, str) and (" " in value or value in vocabulary.FORBIDDEN_GROUPS)
    return _group(value) if group else _call(value)


def _read_example(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReadError(f"found {shown(value)}; expected a mapping of arguments to values")
    return value


def _read_examples(value: object) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list):
        raise ReadError(f"found {shown(value)}; expected a list of examples")
    return tuple(inside(position, _read_example, entry) for position, entry in enumerate(value))


def _named(what: str, *, least: int) -> BeforeValidator:
    """Refuse a mapping whose keys Python could not use as names."""

    def check(value: object) -> object:
        if not isinstance(value, dict):
            raise ReadError(f"found {shown(value)}; expected {what} by name")
        if len(value) < least:
            raise ReadError(f"found {shown(value)}; expected at least one of the {what}")
        for name in value:
            inside(name, fields.python_name, name)
        return value

    return BeforeValidator(check)


_points = Read(_read_points, {"anyOf": [_points_number.schema, _points_by_check.schema]})
_forbidden = Read(_read_forbidden, {"anyOf": [_group.schema, _call.schema]})
_examples = Read(_read_examples, {"type": "array", "items": {"type": "object"}})
_dimensions = mapping_of(fields.size_name, fields.sizes, "ranges by size, such as {rows: 0..4}")
_hints = mapping_of(_hint_key, fields.text, "texts by check or diagnosis")
_visibility_by_check = mapping_of(
    _hint_key, _visibility_word, "hidden or visible, or these by check"
)
_visibility = Read(
    _read_visibility, {"anyOf": [_visibility_word.schema, _visibility_by_check.schema]}
)
_folder = matching(r"\S.*", "the path of a folder")
_python_file = matching(r"(.*[^/\\\\])?\.py", "the path of a Python file")
_seconds = number(0, 3600, above=True)
_one_line = matching(r"\S.*", "a text on one line")


class Limits(Keys):
    """What a submission may use."""

    seconds: Annotated[float, _seconds] = Field(1, description="CPU seconds of one call")
    total_seconds: Annotated[float, _seconds] = Field(
        10, description="CPU seconds of all calls of one question"
    )
    wall_seconds: Annotated[float | None, _seconds] = Field(
        None, description="seconds that one call may last, waiting included"
    )
    memory: Annotated[int, whole(64, 1 << 20)] = Field(1024, description="memory in MiB")
    output: Annotated[int, whole(1, 1024)] = Field(8, description="printed output in MiB")
    result: Annotated[int, whole(1, 1024)] = Field(64, description="MiB that one call may return")
    scratch: Annotated[int, whole(1, 1 << 20)] = Field(64, description="files in MiB")
    threads: Annotated[int, whole(1, 64)] = Field(1, description="threads, the first included")

    def over(self, other: Limits) -> Limits:
        """These limits where they were given, else those of `other`."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return other.model_copy(update=given)


class EquivalentMutant(Keys):
    """A change of the reference that no check can find, because it changes no result."""

    change: Annotated[str, _one_line] = Field(description="the change as the audit prints it")
    reason: Annotated[str, _one_line] = Field(description="why it makes no difference")


def _require_list_of_mutants(value: object) -> object:
    if not isinstance(value, list):
        raise ReadError(f"found {shown(value)}; expected a list of changes with their reasons")
    return value


class Question(Keys):
    """One function that the student writes."""

    points: Annotated[int | float | dict[str, int | float], _points] = Field(
        1, description="points for the question, or points by check"
    )
    prompt: TextField | None = Field(None, description="what the student is asked to write")
    arguments: Annotated[dict[str, Argument], _named("arguments", least=0)] = Field(
        description="the function's arguments in their order"
    )
    dimensions: Annotated[dict[str, Sizes], _dimensions] = Field(
        default_factory=dict, description="named sizes and the range of each"
    )
    examples: Annotated[tuple[dict[str, Any], ...], _examples] = Field(
        (), description="cases that are tried and shown first"
    )
    checks: Annotated[tuple[str, ...], list_of(_check, "checks", empty=True)] = Field(
        (), description="checks on top of the default ones"
    )
    skip: Annotated[
        tuple[str, ...], words(vocabulary.DEFAULT_CHECKS, "default check", empty=True)
    ] = Field((), description="default checks that do not count here")
    changes: Annotated[tuple[str, ...], list_of(fields.python_name, "arguments")] = Field(
        (), description="arguments that the function is meant to change"
    )
    rtol: Annotated[float | None, number(0, 1e6)] = Field(
        None, description="relative tolerance, instead of the one found from the reference"
    )
    atol: Annotated[float | None, number(0, 1e6)] = Field(
        None, description="absolute tolerance, instead of the one found from the reference"
    )
    cancels: Annotated[tuple[str, ...], list_of(fields.python_name, "arguments")] = Field(
        (), description="arguments whose numbers may cancel to 0, with an error of their own size"
    )
    cases: Annotated[int, whole(10, 1000)] = Field(100, description="how many calls are tried")
    devices: Annotated[tuple[str, ...], words(vocabulary.DEVICES, "device")] = Field(
        vocabulary.DEVICES, description="where the function is called"
    )
    hints: Annotated[dict[str, Text], _hints] = Field(
        default_factory=dict, description="what to say when a check fails or a diagnosis is made"
    )
    limits: Limits = Field(
        default_factory=Limits.model_construct, description="limits of this question"
    )
    forbid: Annotated[tuple[str, ...], list_of(_forbidden, "calls", empty=True)] = Field(
        (), description="calls that the function must not use"
    )
    constant_operations_in: Annotated[
        tuple[str, ...], list_of(fields.size_name, "names of sizes", empty=True)
    ] = Field((), description="sizes with which tensor operations must not grow in number")
    properties: Annotated[tuple[str, ...], list_of(fields.python_name, "names", empty=True)] = (
        Field((), description="properties in the Python file beside the assignment")
    )
    equivalent_mutants: Annotated[
        tuple[EquivalentMutant, ...], BeforeValidator(_require_list_of_mutants)
    ] = Field((), description="changes of the reference that make no difference")
    visibility: Annotated[str | dict[str, str], _visibility] = Field(
        "visible", description="whether a release contains the question, or single checks of it"
    )
    notes: TextField | None = Field(None, description="what only the course staff may read")

    @property
    def max_points(self) -> Number:
        """The points of a right answer."""
        return sum(self.points.values()) if isinstance(self.points, dict) else self.points

    @property
    def active_checks(self) -> tuple[str, ...]:
        """The checks that count, in the order in which they are made."""
        return _active_checks(self.checks, self.skip)

    @property
    def hidden_checks(self) -> tuple[str, ...]:
        """The checks that students neither have nor are told about."""
        if isinstance(self.visibility, str):
            return ()
        return tuple(check for check, word in self.visibility.items() if word == "hidden")

    def public(self) -> Question:
        """The question without its hidden checks, as students have it."""
        hidden = self.hidden_checks
        if not hidden:
            return self
        points = self.points
        if isinstance(points, dict):
            points = {check: number for check, number in points.items() if check not in hidden}
        skipped = [check for check in vocabulary.DEFAULT_CHECKS if check in hidden]
        changed = {
            "points": points,
            "checks": tuple(check for check in self.checks if check not in hidden),
            "skip": (*self.skip, *skipped),
            "devices": tuple(d for d in self.devices if d == "cpu" or "device" not in hidden),
            "hints": {key: text for key, text in self.hints.items() if key not in hidden},
            "forbid": () if "forbidden" in hidden else self.forbid,
            "constant_operations_in": (
                () if "constant operations" in hidden else self.constant_operations_in
            ),
            "properties": tuple(n for n in self.properties if property_check(n) not in hidden),
            "equivalent_mutants": (),
            "visibility": "visible",
            "notes": None,
        }
        return self.model_copy(update=changed)

    def shaped(self) -> dict[str, ShapedArgument]:
        """The arguments that have shapes, with the items of lists among them."""
        items = {
            name: argument.items if isinstance(argument, ListArgument) else argument
            for name, argument in self.arguments.items()
        }
        return {name: item for name, item in items.items() if isinstance(item, ShapedArgument)}

    def rest(self) -> ShapedArgument | None:
        """The argument that says what `...` stands for: the first one that has it."""
        arguments = self.shaped().values()
        return next((a for a in arguments if any(shape.rest for shape in a.shapes)), None)


@cache
def _active_checks(added: tuple[str, ...], skipped: tuple[str, ...]) -> tuple[str, ...]:
    wanted = {*vocabulary.DEFAULT_CHECKS, *added} - {*skipped}
    return tuple(check for check in vocabulary.CHECKS if check in wanted)


class Assignment(Keys):
    """One YAML file."""

    title: TextField = Field(description="what students see above the questions")
    reference: Annotated[str | None, _python_file] = Field(
        None, description="the reference module, relative to this file"
    )
    seed: Annotated[int, whole(0, 2**32 - 1)] = Field(
        0, description="where the choice of cases starts"
    )
    limits: Limits = Field(
        default_factory=Limits.model_construct, description="limits of every question"
    )
    questions: Annotated[dict[str, Question], _named("questions", least=1)] = Field(
        description="the functions that the student writes"
    )
    notes: TextField | None = Field(None, description="what only the course staff may read")
    sealed: Annotated[str | None, _folder] = Field(
        None, description="the folder with sealed cases, in the place of a reference"
    )
    _path: Path = PrivateAttr(Path("assignment.yaml"))

    @property
    def path(self) -> Path:
        """The YAML file."""
        return self._path

    def moved(self, path: Path) -> Assignment:
        """Return the same assignment in another place."""
        copy = self.model_copy()
        copy._path = path
        return copy

    @property
    def name(self) -> str:
        """The word that students type, such as hw2."""
        return self._path.stem

    @property
    def reference_path(self) -> Path:
        """The module with the right answers."""
        return self._path.parent / (self.reference or f"../reference/{self.name}.py")

    @property
    def sealed_path(self) -> Path | None:
        """The folder with sealed cases: None where there is a reference instead."""
        return None if self.sealed is None else self._path.parent / self.sealed

    @property
    def properties_path(self) -> Path:
        """The module with the properties that YAML cannot say."""
        return self._path.with_name(f"{self.name}_properties.py")

    @property
    def max_points(self) -> Number:
        """The points of a submission that is right throughout."""
        return sum(question.max_points for question in self.questions.values())


def property_check(name: str) -> str:
    """The name of the check that a property is."""
    return f"property {name.replace('_', ' ')}"


def missing_functions(assignment: Assignment, names_defined: set[str]) -> list[str]:
    """The questions for which a module that defines these names has no function."""
    return [name for name in assignment.questions if name not in names_defined]
