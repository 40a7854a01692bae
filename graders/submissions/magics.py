"""Turns the code cell of a notebook into plain Python, line by line.

The cell is scanned, never parsed: it comes from a student, and only strings, brackets, comments
and continued lines decide where a statement can begin. IPython's own marks (`%`, `!`, `?`, `/`)
begin no statement of Python, so valid Python always comes out as it went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "cell magic",  # the line was removed, the cell's body stays
    "cell skipped",  # the cell is not Python, all of it was left out
    "line magic",
    "shell command",
    "help request",
    "automatic call",
]


@dataclass(frozen=True)
class Removal:
    """A line (or with "cell skipped" a whole cell) of IPython's own language."""

    kind: Kind
    line: int
    text: str


@dataclass(frozen=True)
class Cell:
    """What is left of a code cell; `code` is None if nothing in it is Python."""

    code: str | None
    removals: tuple[Removal, ...]


_RUN_THEIR_BODY: Final = frozenset({"capture", "debug", "memit", "prun", "time", "timeit", "wandb"})
_CELL_MAGIC: Final = re.compile(r"[ \t]*%%([^\W\d][\w.]*|!)")
_BLANK: Final = re.compile(r"[ \t\f]*(?:#|$)")
_LEFT: Final = r"[\w \t.,*\[\]()]*=[ \t]*"
_MAGICS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("help request", re.compile(r"\?|[%\w.*\[\]-]+\?{1,2}$")),
    ("shell command", re.compile(rf"(?:{_LEFT})?!(?!=)")),
    ("line magic", re.compile(rf"(?:{_LEFT})?%{{1,2}}[^\W\d]")),
    # a cell may name these installers without their %, and two names in a row are never Python
    ("line magic", re.compile(r"(?:conda|mamba|pip|uv)[ \t]+(?:install|list|show|uninstall)\b")),
    ("automatic call", re.compile(r"/[^\W\d]")),
)
_TIMED: Final = re.compile(rf"({_LEFT})?%(?:time|prun)[ \t]+(?=[^-\s])")


def plain_python(text: str) -> Cell:
    """Replace what only IPython understands; every other line stays, with its number."""
    lines = _dedented(text.split("\n"))
    removals: list[Removal] = []
    for index in _first_statements(lines):
        magic = _CELL_MAGIC.match(lines[index])
        line = lines[index].strip()
        if magic is None or line.endswith("?"):
            break
        if magic[1] not in _RUN_THEIR_BODY:
            return Cell(None, (*removals, Removal("cell skipped", index + 1, line)))
        removals.append(Removal("cell magic", index + 1, line))
        lines[index] = "pass"
    removals += _replace_line_magics(lines)
    return Cell("\n".join(lines), tuple(removals))


def _dedented(lines: list[str]) -> list[str]:
    """A cell whose first statement is indented, as IPython sees it; such a cell is no Python."""
    first = next(_first_statements(lines), None)
    if first is None:
        return lines
    margin = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
    return [line.removeprefix(margin) for line in lines] if margin else lines


def _first_statements(lines: list[str]) -> Iterator[int]:
    return (index for index, line in enumerate(lines) if not _BLANK.match(line))


def _replace_line_magics(lines: list[str]) -> Iterator[Removal]:
    scanner = Scanner()
    command_goes_on = False
    for index, line in enumerate(lines):
        statement = line.strip()
        if command_goes_on:
            command_goes_on = line.endswith("\\")
            lines[index] = ""
        elif scanner.between_statements and (kind := _magic_of(statement)):
            yield Removal(kind, index + 1, statement)
            remains = _what_remains(statement)
            command_goes_on = line.endswith("\\") and remains == "pass"
            lines[index] = line[: len(line) - len(line.lstrip())] + remains
            scanner.feed(lines[index])
        else:
            scanner.feed(line)


def _magic_of(statement: str) -> Kind | None:
    return next((kind for kind, pattern in _MAGICS if pattern.match(statement)), None)


def _what_remains(statement: str) -> str:
    """`%time` runs a statement, which may define a name that is used later."""
    timed = _TIMED.match(statement)
    return (timed[1] or "") + statement[timed.end() :] if timed else "pass"


@dataclass(frozen=True)
class _Quoted:
    """An open string literal."""

    quote: str
    formatted: bool


_Open = _Quoted | Literal["bracket", "field", "format"]
_PREFIX: Final = re.compile(r"(?<!\w)(?:f|rf|fr|t|rt|tr)$", re.IGNORECASE)
_IN_CODE: Final = re.compile(r"""\"{3}|'{3}|["'#()\[\]{}:]|\\$""")
_IN_STRING: Final = {
    (quote, formatted): re.compile(rf"\\[^{{}}]|\\$|{quote}" + (r"|\{\{|\{" if formatted else ""))
    for quote in ('"', "'", '"""', "'''")
    for formatted in (False, True)
}
_IN_FORMAT: Final = re.compile(r"[{}]")


class Scanner:
    """Reads lines one after another and knows whether the next one can begin a statement."""

    def __init__(self) -> None:
        """Begin between two statements."""
        self._open: list[_Open] = []
        self._continued = False

    @property
    def between_statements(self) -> bool:
        """Whether no string, bracket or backslash is open at the end of the last line."""
        return not self._open and not self._continued

    def feed(self, line: str) -> None:
        """Read one line, given without its newline."""
        self._continued = False
        position: int | None = 0
        while position is not None:
            position = self._step(line, position)
        match self._open:
            case [*_, _Quoted('"' | "'")] if not self._continued:
                self._open.pop()  # never closed: an error in this line must not eat the next ones

    def _step(self, line: str, start: int) -> int | None:
        """Handle the next mark from `start` on; return where to go on, None at the line's end."""
        top = self._open[-1] if self._open else None
        found = _pattern_for(top).search(line, start)
        if found is None:
            return None
        mark = found[0]
        if mark == "\\":
            self._continued = True
            return None
        match top:
            case _Quoted(quote):
                self._in_string(mark, quote)
            case "format":
                self._in_format(mark)
            case _:
                if mark == "#":
                    return None
                self._in_code(mark, line, found.start())
        return found.end()

    def _in_string(self, mark: str, quote: str) -> None:
        if mark == quote:
            self._open.pop()
        elif mark == "{":
            self._open.append("field")

    def _in_format(self, mark: str) -> None:
        if mark == "}":
            self._open.pop()
        else:
            self._open.append("field")

    def _in_code(self, mark: str, line: str, position: int) -> None:
        in_field = bool(self._open) and self._open[-1] == "field"
        match mark:
            case '"' | "'" | '"""' | "'''":
                prefix = _PREFIX.search(line[max(0, position - 3) : position])
                self._open.append(_Quoted(mark, formatted=prefix is not None))
            case "(" | "[" | "{":
                self._open.append("bracket")
            case ":":
                if in_field:
                    self._open[-1] = "format"
            case _:
                if self._open and (not in_field or mark == "}"):
                    self._open.pop()


def _pattern_for(top: _Open | None) -> re.Pattern[str]:
    match top:
        case _Quoted(quote, formatted):
            return _IN_STRING[quote, formatted]
        case "format":
            return _IN_FORMAT
        case _:
            return _IN_CODE
