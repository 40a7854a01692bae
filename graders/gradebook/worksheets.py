"""Fills one column of a platform's CSV file and leaves every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import UsageError
from graders.feedback.naming import similar_name
from graders.reports.lines import points_shown
from graders.submissions.roster import Roster, Sender, Student

MARKS: Final = (b"\xef\xbb\xbf",)
CANVAS_ASSIGNMENT: Final = re.compile(r"(?s)(?P<title>.+) \((?P<id>\d+)\)\s*")
CANVAS_IDS: Final = ("id", "sis user id")
CANVAS_HANDLES: Final = ("sis login id", "integration id")
EXCUSED: Final = "ex"

Points = Callable[[Student], float | None]


@dataclass(frozen=True)
class Cell:
    """Where a cell stands in the file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Filled:
    """A filled copy, and what a person should know about it."""

    data: bytes
    filled: int
    notes: tuple[str, ...]


def fill_canvas(
    path: Path, students: Sequence[Student], points: Points, *, assignment: str, max_points: float
) -> Filled:
    """Fill the assignment's column of a gradebook that Canvas exported."""
    data = _read(path)
    separator, rows = parse(data)
    heading = [cell.text.strip() for cell in rows[0]] if rows else []
    low = [text.lower() for text in heading]
    if "id" not in low[:4]:
        raise UsageError(f"{path} is no gradebook that Canvas exported: it has no column ID")
    column = _canvas_column(heading, assignment, path)
    limits = next((row for row in rows[1:3] if "points possible" in row[0].text.lower()), None)
    notes = _canvas_notes(limits, column, max_points, path)
    body = [row for row in rows[1:] if row is not limits and len(row) == len(heading)]
    ids = [low.index(name) for name in CANVAS_IDS if name in low]
    handles = [low.index(name) for name in CANVAS_HANDLES if name in low]
    lookup = _Lookup(students, ids, handles, [0])
    edits = []
    for row, student in lookup.match(body):
        cell, value = row[column], points(student)
        if value is not None and cell.text.strip().lower() != EXCUSED:
            edits.append((cell, _number(value, comma=separator == ";")))
    return Filled(_edited(data, edits), len(edits), (*notes, *lookup.notes))


def fill_moodle(path: Path, students: Sequence[Student], points: Points) -> Filled:
    """Fill the column of grades of a worksheet that Moodle exported, in whatever language."""
    data = _read(path)
    _, rows = parse(data)
    body = [row for row in rows[1:] if len(row) == len(rows[0])]
    column = _moodle_column(rows[:1], body, path)
    lookup = _Lookup(students, [0], [*range(1, min(column, 4))], [1])
    edits = []
    for row, student in lookup.match(body):
        value = points(student)
        if value is not None:
            edits.append((row[column], _number(value, comma="," in row[column + 1].text)))
    return Filled(_edited(data, edits), len(edits), tuple(lookup.notes))


# ---------------------------------------------------------------- which column, which student


def _canvas_column(heading: list[str], assignment: str, path: Path) -> int:
    titles = {
        place: found["title"]
        for place, text in enumerate(heading)
        if (found := CANVAS_ASSIGNMENT.fullmatch(text))
    }
    wanted = _letters(assignment)
    fits = [p for p, title in titles.items() if _letters(title) == wanted]
    fits = fits or [p for p, t in titles.items() if re.search(rf"\b{wanted}\b", t.lower())]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(titles.values()) or "none"
    similar = similar_name(assignment, list(titles.values()))
    raise UsageError(
        f"{path}: {len(fits)} columns are called like {assignment}; its assignments are: {known}",
        hint=f"there is something with a similar name: {similar}" if similar else None,
    )


def _canvas_notes(
    limits: Sequence[Cell] | None, column: int, max_points: float, path: Path
) -> Iterator[str]:
    text = limits[column].text.strip() if limits and column < len(limits) else ""
    if "read only" in text:
        raise UsageError(f"{path}: Canvas does not let anyone change this column (read only)")
    if text and _value(text) != max_points:
        yield f"Canvas counts {text} points for this assignment, and it has {max_points:g}"


def _moodle_column(heads: list[list[Cell]], body: list[list[Cell]], path: Path) -> int:
    """Find the grades: by name, or left of the same largest grade in every row."""
    heading = [cell.text.strip().lower() for cell in heads[0]] if heads else []
    if "grade" in heading[1:-1]:
        return heading.index("grade")
    for place in range(2, len(heading)):
        largest = {_value(row[place].text) for row in body}
        grades = {row[place - 1].text.strip() for row in body} - {"", "-"}
        if len(largest) == 1 and None not in {*largest, *map(_value, grades)}:
            return place - 1
    raise UsageError(f"{path} is no grading worksheet that Moodle exported: no column of grades")


class _Lookup:
    """Finds the student that a row is about: by ids, and by names only if no id fits any row."""

    def __init__(
        self,
        students: Sequence[Student],
        ids: Sequence[int],
        handles: Sequence[int],
        names: Sequence[int],
    ) -> None:
        self._roster = Roster(students)
        self._ids = ids
        self._handles = handles
        self._names = names
        self.notes: list[str] = []

    def match(self, rows: list[list[Cell]]) -> Iterator[tuple[list[Cell], Student]]:
        """Yield the rows that are about one student; each student once."""
        found = [self._known(row) for row in rows]
        if not any(found):
            found = [self._named(row) for row in rows]
        taken: set[Student] = set()
        for row, student in zip(rows, found, strict=True):
            if student is not None and student not in taken:
                taken.add(student)
                yield row, student
        left = [each.id for each in self._roster.students if each not in taken]
        if left:
            self.notes.append(f"no row for: {', '.join(left)}")

    def _known(self, row: list[Cell]) -> Student | None:
        senders = [Sender(id=_identity(row[place].text)) for place in self._ids]
        senders += [Sender(handle=row[place].text) for place in self._handles]
        for sender in senders:
            match [*self._roster.find(sender, by_name=False)]:
                case [student]:
                    return student
        return None

    def _named(self, row: list[Cell]) -> Student | None:
        for place in self._names:
            match [*self._roster.find(Sender(name=row[place].text))]:
                case [student]:
                    return student
        return None


def _identity(text: str) -> str:
    """Return an id; of Moodle's `Participant 12345`, in any language, the number."""
    found = re.fullmatch(r"[^\W\d][^\d]*\s(\d+)", text.strip())
    return found[1] if found else text.strip()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _value(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def _number(value: float, *, comma: bool) -> str:
    text = points_shown(value)
    return text.replace(".", ",") if comma else text


# ---------------------------------------------------------------- CSV as bytes


def parse(data: bytes) -> tuple[str, list[list[Cell]]]:
    """Return the separator and the rows of a CSV file, each cell with its place."""
    start = next((len(mark) for mark in MARKS if data.startswith(mark)), 0)
    heading = data[start:].partition(b"\n")[0]
    separator = max(b",", b";", b"\t", key=heading.count)
    pattern = re.compile(
        rb'(?P<cell>"(?:[^"]|"")*"[ \t]*|[^"\r\n%s][^\r\n%s]*|)(?P<end>%s|\r\n|\n|\r|\Z)'
        % (separator, separator, separator)
    )
    rows: list[list[Cell]] = [[]]
    position = start
    while position < len(data) or rows[-1]:
        found = pattern.match(data, position)
        if found is None:
            line = data.count(b"\n", 0, position) + 1
            raise UsageError(f"line {line} of the file is not CSV")
        rows[-1].append(Cell(*found.span("cell"), _text(found["cell"])))
        position = found.end()
        if found["end"] != separator:
            rows.append([])
        if not found["end"]:
            break
    return separator.decode(), [row for row in rows if row]


def _text(cell: bytes) -> str:
    text = cell.decode("utf-8", "surrogateescape")
    return text.rstrip()[1:-1].replace('""', '"') if text.startswith('"') else text


def _edited(data: bytes, edits: Sequence[tuple[Cell, str]]) -> bytes:
    """Put new texts into cells; one that stood in quotes still does."""
    parts: list[bytes] = []
    position = 0
    for cell, text in sorted(edits, key=lambda edit: edit[0].start):
        quoted = data[cell.start : cell.start + 1] == b'"' or "," in text
        new = f'"{text}"' if quoted else text
        parts += [data[position : cell.start], new.encode()]
        position = cell.end
    return b"".join([*parts, data[position:]])


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if b"\0" in data:
        raise UsageError(f"{path} is not UTF-8 text", hint="save it as CSV UTF-8")
    return data
