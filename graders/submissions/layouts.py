"""How platforms and people arrange the submissions of a class in a folder."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args

from graders.submissions import accounts
from graders.submissions.files import Leftover, shown
from graders.submissions.parcels import (
    File,
    Listing,
    Parcel,
    contents,
    likeness,
    listing,
    may_be_code,
)
from graders.submissions.roster import Sender

Layout = Literal["plain", "canvas", "moodle", "github", "classroom50", "gradescope", "nbgrader"]
LAYOUTS: Final[tuple[Layout, ...]] = get_args(Layout)

_ACCOUNTS: Final = ("submission_metadata.yml", "scores.csv", "timestamp.txt", "roster.csv")
WANTED: Final = re.compile(
    rf"(?i)\.(?:py|ipynb|zip)$|^(?:{'|'.join(re.escape(name) for name in _ACCOUNTS)})$"
)
_WRAPPERS: Final = 8

_CANVAS: Final = re.compile(
    r"(?s)(?P<name>[^_]*)(?P<late>_LATE)?_(?P<id>\d+)_(?:(?P<attachment>\d+)_)?(?P<file>.+)"
)
_CANVAS_ANONYMOUS: Final = re.compile(
    r"(?s)(?P<name>anon)_(?P<late>LATE_)?(?P<id>[A-Za-z0-9]+)_(?P<late_too>LATE_)?"
    r"(?:(?P<attachment>\d+)_)?(?P<file>.+)"
)
_MOODLE: Final = re.compile(
    r"(?s)(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?"
)
_CLASSROOM50: Final = re.compile(r"(?P<slug>.+)_submissions_\d{4}(?:_\d\d){2}_T(?:_\d\d){3}")
_GITHUB_CLASSROOM: Final = re.compile(r"(?P<slug>.+)-submissions")
_GRADESCOPE: Final = re.compile(r"submission_\d+")

_Item = TypeVar("_Item")


def detect(root: Path, assignment: str) -> Layout:
    """Tell the layout of a folder by the names of most of what lies in it."""
    inside = listing(root)
    folders = [folder.name for folder in inside.folders]
    files = [file.name for file in inside.files if file.name not in _ACCOUNTS]
    if (root / "submission_metadata.yml").is_file() or _most(folders, _GRADESCOPE.fullmatch):
        return "gradescope"
    if _most(folders + files, _MOODLE.fullmatch):
        return "moodle"
    if (root / "scores.csv").is_file() or _CLASSROOM50.fullmatch(root.name):
        return "classroom50"
    if _most(folders, _owner_of_clone(root, assignment)) or _most(inside.folders, _is_clone):
        return "github"
    if "submitted" in folders or _most(inside.folders, lambda each: (each / assignment).is_dir()):
        return "nbgrader"
    if _most(files, _is_certainly_canvas):
        return "canvas"
    return "plain"


def unwrapped(root: Path, assignment: str) -> Path:
    """Go down while there is nothing but one folder, unless that is a student's own."""
    place = root
    for _ in range(_WRAPPERS):
        inside = listing(place)
        if detect(place, assignment) != "plain":
            return place
        if len(inside.folders) != 1 or inside.files:
            break
        place = inside.folders[0]
    entries = [*inside.folders, *inside.files]
    own = any(likeness(file.name, assignment) == 2 for file in inside.files)
    return root if own or len(entries) < 2 else place


def read_layout(root: Path, layout: Layout, assignment: str) -> tuple[list[Parcel], list[Leftover]]:
    """Return what was sent, and what in the folder is no submission."""
    inside = listing(root)
    parcels: list[Parcel] = []
    leftovers = [Leftover(link, "a link") for link in inside.links]
    for each in _READERS[layout](inside, assignment):
        if isinstance(each, Leftover):
            leftovers.append(each)
            continue
        leftovers += [Leftover(link, "a link") for link in each.links]
        if each.files:
            parcels.append(each)
        else:
            leftovers.append(Leftover(each.path, "holds no .py or .ipynb file"))
    return parcels, leftovers


def _plain(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    for folder in inside.folders:
        handle = _person(folder.name, assignment) or folder.name
        yield _folder(folder, Sender(handle=handle, is_loose=True))
    code, others = _sorted_out(inside.files)
    yield from others
    for path in code:
        handle = _person(path.stem, assignment)
        senders = (Sender(handle=handle, is_loose=True),) if handle else ()
        number = re.search(r"\(\d+\)$", path.stem)
        name = f"{assignment}{number[0] if number else ''}{path.suffix}"
        yield Parcel(path, senders, (File(path, name),))


def _person(stem: str, assignment: str) -> str:
    """What the name of a file or folder says besides the assignment."""
    stem = re.sub(r"[ _]?\(\d+\)$", "", unicodedata.normalize("NFC", stem))
    word = re.escape(assignment)
    stem = re.sub(rf"(?i)^{word}(?:[-_. ]+|$)|(?:^|[-_. ]+){word}$", "", stem)
    return stem.strip("-_. ")


def _canvas(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    yield from (Leftover(folder, "a folder among Canvas' files") for folder in inside.folders)
    code, others = _sorted_out(inside.files)
    yield from others
    for path in code:
        found = _canvas_name(path.name)
        if found is None:
            yield Leftover(path, "not named as Canvas names submissions")
            continue
        about = found.groupdict()
        anonymous = "late_too" in about
        sender = (
            Sender(id=f"anon_{about['id']}")
            if anonymous
            else Sender(id=about["id"], name=about["name"])
        )
        yield Parcel(
            path,
            (sender,),
            (File(path, about["file"]),),
            attempt=int(about["attachment"] or 0),
            late=bool(about["late"] or about.get("late_too")),
        )


def _canvas_name(name: str) -> re.Match[str] | None:
    return _CANVAS_ANONYMOUS.fullmatch(name) or _CANVAS.fullmatch(name)


def _is_certainly_canvas(name: str) -> bool:
    found = _canvas_name(name)
    return found is not None and found["attachment"] is not None


def _moodle(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    code, others = _sorted_out(inside.files)
    yield from others
    for path in [*inside.folders, *code]:
        found = _MOODLE.fullmatch(path.name)
        if found is None:
            yield Leftover(path, "not named as Moodle names submissions")
        elif found["kind"] == "onlinetext":
            yield Leftover(path, "an online text")
        else:
            name = found["name"].replace("_", " ")
            sender = Sender(id=found["id"], name="" if name == "Participant" else name)
            file = File(path, found["file"] or path.name)
            yield Parcel(path, (sender,), (file,)) if path in code else _folder(path, sender)


def _github(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    yield from _strays(inside)
    owner = _owner_of_clone(inside.root, assignment)
    names = [folder.name for folder in inside.folders]
    start = os.path.commonprefix(names)  # noqa: RUF071 (of characters, not of folders)
    start = start[: start.rfind("-") + 1]
    for folder in inside.folders:
        handle = owner(folder.name) or folder.name.removeprefix(start)
        number = re.search(r"-(\d{1,2})$", handle)  # GitHub's, when the name was taken
        parcel = _folder(folder, Sender(handle=handle))
        yield replace(parcel, attempt=int(number[1]) if number else 0)


def _owner_of_clone(root: Path, assignment: str) -> Callable[[str], str | None]:
    """A function from the name of a clone to the user name in it."""
    slug = _CLASSROOM50.fullmatch(root.name) or _GITHUB_CLASSROOM.fullmatch(root.name)
    starts = [rf"(?:.+-)?{re.escape(assignment)}-"]
    if slug:
        starts.append(f"{re.escape(slug['slug'])}-")
    pattern = re.compile(rf"(?i)(?:{'|'.join(starts)})(?P<user>[a-z0-9][a-z0-9_-]*)")

    def owner(name: str) -> str | None:
        found = pattern.fullmatch(name)
        return found["user"] if found and not _GITHUB_CLASSROOM.fullmatch(name) else None

    return owner


def _is_clone(folder: Path) -> bool:
    return (folder / ".git").exists()


def _classroom50(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    scores = accounts.scores(inside.root / "scores.csv")
    for each in _github(inside, assignment):
        if isinstance(each, Parcel):
            submitted_at, late = scores.get(each.senders[0].handle.casefold(), (None, None))
            yield replace(each, submitted_at=submitted_at, late=late)
        else:
            yield each


def _gradescope(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    yield from _strays(inside)
    submissions = accounts.gradescope(inside.root / "submission_metadata.yml")
    for folder in inside.folders:
        senders, submitted_at = submissions.get(folder.name, ((), None))
        yield _folder(folder, *(senders or [Sender(handle=folder.name)]), submitted_at=submitted_at)


def _nbgrader(inside: Listing, assignment: str) -> Iterator[Parcel | Leftover]:
    submitted = inside.root / "submitted"
    for student in (listing(submitted) if submitted in inside.folders else inside).folders:
        folder = student / assignment
        if folder in listing(student).folders:
            submitted_at = accounts.timestamp(folder / "timestamp.txt")
            yield _folder(folder, Sender(handle=student.name), submitted_at=submitted_at)
        else:
            yield Leftover(student, f"has no folder {shown(assignment)}")


_READERS: Final[dict[Layout, Callable[[Listing, str], Iterable[Parcel | Leftover]]]] = {
    "plain": _plain,
    "canvas": _canvas,
    "moodle": _moodle,
    "github": _github,
    "classroom50": _classroom50,
    "gradescope": _gradescope,
    "nbgrader": _nbgrader,
}


def _folder(folder: Path, *senders: Sender, submitted_at: datetime | None = None) -> Parcel:
    files, links = contents(folder)
    return Parcel(folder, senders, files, links, submitted_at=submitted_at)


def _strays(inside: Listing) -> list[Leftover]:
    files = [file for file in inside.files if file.name not in _ACCOUNTS]
    return [Leftover(file, "in nobody's folder") for file in files]


def _sorted_out(files: list[Path]) -> tuple[list[Path], list[Leftover]]:
    others = [file for file in files if not may_be_code(file.name) and file.name not in _ACCOUNTS]
    return (
        [file for file in files if may_be_code(file.name)],
        [Leftover(file, "not a .py or .ipynb file") for file in others],
    )


def _most(items: Sequence[_Item], fits: Callable[[_Item], Any]) -> bool:
    return 2 * sum(bool(fits(item)) for item in items) > len(items)
