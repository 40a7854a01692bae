"""YAML as plain data, with the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

import yaml

from graders.errors import AssignmentError
from graders.spec.problems import Location, dotted

_LARGEST_FILE: Final = 1 << 20
_DEEPEST: Final = 40
_LONGEST_NUMBER: Final = 40
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The numbers and truth values of YAML 1.2: `yes` and `on` are words, `010` is ten, and a date
# or `1:30` is a text.
_CONSTANTS: Final = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

_INDENTATION: Final = "the indentation does not fit the lines above"
_COLUMNS: Final = "items of one list or mapping start in the same column"
# What PyYAML says, in words for someone who does not know a scanner.
_SYNTAX: Final = (
    (
        "mapping values are not allowed",
        "a ': ' starts a mapping where none can be",
        "a text with a colon needs quotes",
    ),
    ("expected <block end>", _INDENTATION, _COLUMNS),
    ("did not find expected key", _INDENTATION, _COLUMNS),
    ("did not find expected '-' indicator", _INDENTATION, _COLUMNS),
    ("could not find expected ':'", "this is neither `key: value` nor a list item", None),
    ("found unexpected end of stream", "a quoted text is not closed", None),
    ("cannot start any token", "a plain text cannot start with this character", "use quotes"),
    ("expected ',' or", "a list or mapping in brackets is not closed", None),
    ("undefined alias", "aliases (*name) are not used in assignments", None),
    ("undefined tag handle", "tags (!name) are not used in assignments", None),
)


@dataclass(frozen=True)
class Document:
    """The data of a YAML file and the line on which each part of it stands."""

    path: Path
    data: object
    lines: dict[Location, int]


def read_document(path: Path) -> Document:
    """Read one YAML document, or raise `AssignmentError`."""
    return parse_document(_text(path), path)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise AssignmentError(f"{path}: there is no such file") from error
    except OSError as error:
        raise AssignmentError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > _LARGEST_FILE:
        raise AssignmentError(f"{path}: the file is larger than 1 MiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AssignmentError(
            f"{path}:{line}: byte 0x{raw[error.start]:02x} is not UTF-8",
            hint="save the file with the encoding UTF-8",
        ) from error


def parse_document(text: str, path: Path) -> Document:
    """Read one YAML document from its text; `path` is for messages."""
    if found := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise AssignmentError(
            f"{path}:{line}: the character U+{ord(found[0]):04X} cannot stand in YAML"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(path, yaml.parse(text, Loader=loader)).document()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, error, text) from error


def _syntax_error(path: Path, error: yaml.MarkedYAMLError, source: str) -> AssignmentError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = f"{error.problem or error.context}"
    if mark and _character(source, mark.line, mark.column) == "\t":
        tab = f"{path}:{line}: a tab cannot stand here"
        return AssignmentError(tab, hint="indent with spaces")
    for part, text, hint in _SYNTAX:
        if part in problem:
            return AssignmentError(f"{path}:{line}: {text}", hint=hint)
    return AssignmentError(f"{path}:{line}: this is not YAML: {problem}")


def _character(source: str, line: int, column: int) -> str:
    lines = source.splitlines()
    return lines[line][column : column + 1] if line < len(lines) else ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


@dataclass
class _Builder:
    path: Path
    events: Iterator[yaml.Event]
    lines: dict[Location, int] = field(default_factory=dict)

    def document(self) -> Document:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise AssignmentError(f"{self.path}: the file is empty")
        data = self._node(next(self.events), ())
        next(self.events)
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            self._refuse(after, (), "a second document starts here; expected one in a file")
        return Document(self.path, data, self.lines)

    def _node(self, event: yaml.Event, location: Location) -> object:
        self.lines.setdefault(location, _line(event))
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, location, "aliases (*name) are not used in assignments")
        assert isinstance(event, yaml.NodeEvent)
        if getattr(event, "tag", None):
            self._refuse(event, location, "tags (!name) are not used in assignments")
        if len(location) > _DEEPEST:
            self._refuse(event, location[:3], f"lists and mappings are over {_DEEPEST} deep")
        match event:
            case yaml.SequenceStartEvent():
                return self._sequence(location)
            case yaml.MappingStartEvent():
                return self._mapping(location)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event, location)

    def _sequence(self, location: Location) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, object]:
        items: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, location, items)
            self.lines[(*location, key)] = _line(event)
            items[key] = self._node(next(self.events), (*location, key))
        return items

    def _key(self, event: yaml.Event, location: Location, items: dict[str, object]) -> str:
        if isinstance(event, yaml.AliasEvent) or not isinstance(event, yaml.ScalarEvent):
            self._refuse(event, location, "a key is a list, a mapping or an alias; expected a word")
        if event.tag:
            self._refuse(event, location, "tags (!name) are not used in assignments")
        key: str = event.value
        if key == "<<":
            self._refuse(event, location, "merge keys (<<) are not used in assignments")
        if key in items:
            first = self.lines[(*location, key)]
            self._refuse(event, (*location, key), f"the key occurs twice, first on line {first}")
        return key

    def _scalar(self, event: yaml.ScalarEvent, location: Location) -> object:
        value: str = event.value
        if not event.implicit[0]:
            return value
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if infinite := _INFINITE.fullmatch(value):
            return float("nan") if infinite[3] else float(f"{infinite[1]}inf")
        if not _REAL.fullmatch(value):
            return value
        if len(value) > _LONGEST_NUMBER:
            self._refuse(event, location, f"a number has over {_LONGEST_NUMBER} characters")
        return int(value) if _WHOLE.fullmatch(value) else float(value)

    def _refuse(self, event: yaml.Event, location: Location, text: str) -> NoReturn:
        place = f"{dotted(location)}: " if location else ""
        raise AssignmentError(f"{self.path}:{_line(event)}: {place}{text}")
