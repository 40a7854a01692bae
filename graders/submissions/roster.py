"""The students of a class, and who of them is meant by a name on a file."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from graders.errors import SubmissionError
from graders.submissions.files import shown
from graders.submissions.tables import headings_shown, read_rows

_Field = Literal[
    "id",
    "sis_id",
    "username",
    "github_username",
    "email",
    "name",
    "first_name",
    "last_name",
    "section",
    "language",
]
# a heading fills the first of its fields that no other heading fills
_HEADINGS: Final[dict[str, tuple[_Field, ...]]] = {
    "id": ("id",),
    "identifier": ("id",),
    "roster identifier": ("id",),
    "student id": ("id", "sis_id"),
    "sid": ("id", "sis_id"),
    "id number": ("id", "sis_id"),
    "sis id": ("sis_id",),
    "sis user id": ("sis_id",),
    "username": ("username",),
    "login": ("username",),
    "sis login id": ("username",),
    "github username": ("github_username",),
    "github": ("github_username",),
    "email": ("email",),
    "email address": ("email",),
    "name": ("name",),
    "full name": ("name",),
    "student": ("name",),
    "first name": ("first_name",),
    "last name": ("last_name",),
    "section": ("section",),
    "language": ("language",),
}
# what tells students apart, the best first
_IDENTITIES: Final[tuple[_Field, ...]] = ("id", "sis_id", "username", "github_username", "email")
_NAME_WORDS: Final = 6


@dataclass(frozen=True)
class Student:
    """One person of the class; what is not known is empty."""

    id: str
    name: str = ""
    sis_id: str = ""
    username: str = ""
    github_username: str = ""
    email: str = ""
    section: str = ""
    language: str = ""


@dataclass(frozen=True)
class Sender:
    """What a platform or the name of a file says about who sent it."""

    id: str = ""  # given by a platform, so only an id can match it
    handle: str = ""  # an id, a user name, an email address or a name: whatever people write
    email: str = ""
    name: str = ""
    is_loose: bool = False  # the handle may hold other words as well


class Roster:
    """The students of a class, in the order of their list."""

    def __init__(self, students: Iterable[Student]) -> None:
        """Index the students by everything that can name them."""
        self.students: Final = tuple(students)
        self._ids: dict[str, set[Student]] = defaultdict(set)
        self._handles: dict[str, set[Student]] = defaultdict(set)
        self._names: dict[str, set[Student]] = defaultdict(set)
        for student in self.students:
            for key in (student.id, student.sis_id):
                self._ids[_folded(key)].add(student)
            for key in _handles(student):
                self._handles[_folded(key)].add(student)
            for key in _spellings(student.name):
                self._names[key].add(student)
        for index in (self._ids, self._handles, self._names):
            index.pop("", None)

    def find(self, sender: Sender, *, by_name: bool = True) -> set[Student]:
        """Return whom this can mean: one student, nobody, or several that fit equally well."""
        return (
            self._ids.get(_folded(sender.id), set())
            or self._handles.get(_folded(sender.email), set())
            or self._handles.get(_folded(sender.handle), set())
            or self._find_name(sender.handle)
            or (self._find_within(sender.handle) if sender.is_loose else set())
            or (self._find_name(sender.name) if by_name else set())
        )

    def _find_within(self, handle: str) -> set[Student]:
        """Who is meant by `20260042_Jane Doe_final`: by a word with digits, or by a full name."""
        words = _words(handle)
        found: set[Student] = set()
        for start, word in enumerate(words):
            if len(word) >= 4 and any(character.isdigit() for character in word):
                found |= self._handles.get(word, set())
            for end in range(start + 1, min(start + _NAME_WORDS, len(words)) + 1):
                if end > start + 1 or not word.isascii():
                    found |= self._names.get("".join(words[start:end]), set())
        return found

    def _find_name(self, name: str) -> set[Student]:
        return self._names.get("".join(_words(name)), set())


def load_roster(path: Path) -> Roster:
    """Read a roster.csv, or raise a SubmissionError that names the line."""
    name = shown(path)
    students: dict[str, Student] = {}
    lines: dict[str, int] = {}
    for line, student in _students(read_rows(path), name):
        key = _folded(student.id)
        if key in students:
            raise SubmissionError(
                f"{name}, line {line}: {shown(student.id)} is already on line {lines[key]}.",
                hint="Every student needs an id of their own.",
            )
        students[key], lines[key] = student, line
    if not students:
        raise SubmissionError(f"{name} names no student below its heading.")
    return Roster(students.values())


def _students(rows: Iterator[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, Student]]:
    _, headings = next(rows, (1, []))
    fields = _fields(headings, name)
    key = next((field for field in _IDENTITIES if field in fields), None)
    if key is None:
        raise _no_identity(headings, name)
    for line, row in rows:
        if len(row) > len(headings):
            raise SubmissionError(
                f"{name}, line {line}: {len(row)} fields, but the heading has {len(headings)}.",
                hint="Put a field that holds a comma into quotes.",
            )
        cells = {
            field: row[column].strip() for field, column in fields.items() if column < len(row)
        }
        student = _student(cells, key)
        if student.id:
            yield line, student
        elif student.name.casefold() != "points possible":  # a row of Canvas' gradebook
            raise SubmissionError(f"{name}, line {line}: no {key.replace('_', ' ')}.")


def _fields(headings: list[str], name: str) -> dict[_Field, int]:
    """The column of each field; headings with one meaning choose before those with several."""
    columns: dict[_Field, int] = {}
    meanings = [_HEADINGS.get(" ".join(_words(heading)), ()) for heading in headings]
    for column in sorted(range(len(headings)), key=lambda column: len(meanings[column])):
        free = [field for field in meanings[column] if field not in columns]
        if free:
            columns[free[0]] = column
        elif meanings[column]:
            raise SubmissionError(
                f"{name}: the column {shown(headings[column])} means the same as another one.",
                hint="Remove or rename one of the two columns.",
            )
    return columns


def _no_identity(headings: list[str], name: str) -> SubmissionError:
    wanted = ["id", "student_id", "sis id", "username", "github_username", "email"]
    near = [match for each in headings for match in get_close_matches(each.lower(), wanted, n=1)]
    return SubmissionError(
        f"{name} has no column that tells students apart: found {headings_shown(headings)}; "
        f"expected one of {', '.join(wanted)}.",
        hint=f"Did you mean {near[0]}?" if near else None,
    )


def _student(cells: dict[_Field, str], key: _Field) -> Student:
    first, last = cells.pop("first_name", ""), cells.pop("last_name", "")
    name = cells.pop("name", "") or f"{first} {last}".strip()
    identity = cells.pop("id", "") if key == "id" else cells.get(key, "")
    worksheet = re.fullmatch(r"participant\s+(\d+)", identity, re.IGNORECASE)  # Moodle's
    return Student(
        id=worksheet[1] if worksheet else identity,
        name=unicodedata.normalize("NFC", name),
        **cells,
    )


def _folded(key: str) -> str:
    return unicodedata.normalize("NFKC", key).strip().casefold()


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", _folded(text)) if word]


def _handles(student: Student) -> tuple[str, ...]:
    local_part = student.email.partition("@")[0]
    return (
        *(student.id, student.sis_id, student.username),
        *(student.github_username, student.email, local_part),
    )


def _spellings(name: str) -> Iterator[str]:
    """The name without gaps, from whichever word on it starts, and as Canvas shortens it."""
    shortened = [re.sub("[^a-z0-9]", "", word.lower()) for word in re.split(r"[\W_]+", name)]
    for words in (_words(name), shortened):
        for start in range(len(words)):
            yield "".join(words[start:] + words[:start])
