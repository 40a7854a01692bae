"""Whom the files of a class belong to, and which of them will be graded."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError
from graders.said import said
from graders.submissions import archive
from graders.submissions.files import Leftover, shown
from graders.submissions.layouts import WANTED, Layout, detect, read_layout, unwrapped
from graders.submissions.parcels import File, Parcel, contents, copy_number, likeness
from graders.submissions.roster import Roster, Sender, Student

# a file name may hold anything, an id goes to terminals and databases
_UNPRINTABLE: Final = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")
_BEFORE_ALL: Final = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class Entry:
    """The one file that is graded for a student."""

    student: Student
    submission: Path
    submitted_at: datetime | None
    late: bool | None
    layout: Layout
    superseded: tuple[Path, ...]
    sent_as: Path  # the submission, or the zip file that it lay in
    refusal: str = ""  # why there is nothing to grade in what was sent


@dataclass(frozen=True)
class Intake:
    """What came in from a class, every file of it in one place."""

    layout: Layout
    entries: tuple[Entry, ...]
    unmatched: tuple[Leftover, ...]
    missing: tuple[Student, ...]
    duplicates: tuple[Student, ...]
    ignored: tuple[Leftover, ...]


@dataclass(frozen=True)
class _Candidate:
    parcel: Parcel
    file: File
    likeness: int
    copy: int

    @property
    def stem(self) -> str:
        return Path(self.file.name).stem.casefold()


def collect(
    path: Path,
    *,
    assignment: str,
    roster: Roster | None,
    scratch: Path,
    layout: Layout | None = None,
    results: Path | None = None,
) -> Intake:
    """Sort a folder or zip file of submissions; zip files are unpacked below `scratch`.

    A folder of results that lies among the submissions is none.
    """
    root, ignored = _opened(path, scratch)
    root = unwrapped(root, assignment)
    layout = layout or detect(root, assignment)
    parcels, leftovers = read_layout(root, layout, assignment)
    if results is not None:
        parcels = [each for each in parcels if not _is_same(each.path, results)]
        leftovers = [each for each in leftovers if not _is_same(each.path, results)]
    if not parcels:
        raise SubmissionError(
            f"{shown(path)} holds no submission; .py or .ipynb files were expected.",
            hint=f"It was read as {layout}." if layout != "plain" else None,
        )
    ignored += leftovers
    sent, unmatched = _by_student(parcels, roster)
    entries: list[Entry] = []
    for student, theirs in sent.items():
        candidates = _candidates(theirs, assignment, scratch, ignored)
        if candidates:
            entries.append(_entry(student, candidates, layout, ignored))
        else:
            entries.append(_nothing_inside(student, theirs[-1], layout))
    return _intake(layout, entries, unmatched, ignored, roster)


def _intake(
    layout: Layout,
    entries: list[Entry],
    unmatched: list[Leftover],
    ignored: list[Leftover],
    roster: Roster | None,
) -> Intake:
    received = {entry.student for entry in entries}
    return Intake(
        layout=layout,
        entries=tuple(sorted(entries, key=lambda entry: entry.student.id)),
        unmatched=tuple(unmatched),
        missing=tuple(each for each in roster.students if each not in received) if roster else (),
        duplicates=tuple(entry.student for entry in entries if entry.superseded),
        ignored=tuple(ignored),
    )


def _is_same(path: Path, other: Path) -> bool:
    return path.absolute() == other.absolute()


def _opened(path: Path, scratch: Path) -> tuple[Path, list[Leftover]]:
    is_file = os.path.isfile(path)  # Path.is_file raises where it may not look
    if os.path.isdir(path):
        return path, []
    if path.suffix.lower() == ".zip" and is_file:
        root, leftovers = archive.extract(path, scratch, wanted=WANTED, limits=archive.CLASS)
        return root, list(leftovers)
    found = "is a file" if is_file else "does not exist"
    raise SubmissionError(
        f"{shown(path)} {found}; a folder or a .zip file of submissions was expected."
    )


def _by_student(
    parcels: list[Parcel], roster: Roster | None
) -> tuple[dict[Student, list[Parcel]], list[Leftover]]:
    """Who sent what. Names count only if the roster knows none of the platform's ids."""
    sent: dict[Student, list[Parcel]] = defaultdict(list)
    unmatched: list[Leftover] = []
    unlisted: dict[str, Student] = {}
    senders = [sender for parcel in parcels for sender in parcel.senders]
    by_name = roster is None or not any(roster.find(each, by_name=False) for each in senders)
    for parcel in parcels:
        if not parcel.senders:
            unmatched.append(Leftover(parcel.path, "its name does not say whose it is"))
        for sender in parcel.senders:
            if roster is None:
                student = _unlisted(sender)
                sent[unlisted.setdefault(student.id.casefold(), student)].append(parcel)
                continue
            match list(roster.find(sender, by_name=by_name)):
                case [student]:
                    sent[student].append(parcel)
                case []:
                    unmatched.append(Leftover(parcel.path, "nobody on the roster"))
                case _:
                    unmatched.append(Leftover(parcel.path, "several students on the roster"))
    return sent, unmatched


def _unlisted(sender: Sender) -> Student:
    identity = sender.id or sender.handle or sender.email or sender.name
    text = unicodedata.normalize("NFC", identity)
    return Student(_UNPRINTABLE.sub(_escaped, text), name=sender.name, email=sender.email)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def _candidates(
    parcels: list[Parcel], assignment: str, scratch: Path, ignored: list[Leftover]
) -> list[_Candidate]:
    """What a student sent; zip files are opened if there is nothing else."""
    if all(file.is_zip for parcel in parcels for file in parcel.files):
        parcels = [_unpacked(parcel, scratch, ignored) for parcel in parcels]
    else:
        packed = [parcel.path for parcel in parcels if parcel.path.suffix.lower() == ".zip"]
        ignored += [Leftover(path, "not opened, as there is code besides it") for path in packed]
    return [
        _Candidate(
            parcel, file, likeness(file.name, assignment), copy_number(file.name, assignment)
        )
        for parcel in parcels
        for file in parcel.files
        if not file.is_zip
    ]


def _unpacked(parcel: Parcel, scratch: Path, ignored: list[Leftover]) -> Parcel:
    files: list[File] = []
    for packed in parcel.files:
        try:
            folder, left = archive.extract(
                packed.path, scratch, wanted=WANTED, limits=archive.STUDENT
            )
        except SubmissionError as error:
            ignored.append(Leftover(packed.path, error.message))
            continue
        inside, _ = contents(folder)
        ignored += left
        ignored += [
            Leftover(file.path, "a zip file in a zip file") for file in inside if file.is_zip
        ]
        if not inside:
            ignored.append(Leftover(packed.path, "holds no .py or .ipynb file"))
        files += [replace(file, packed=packed.path) for file in inside]
    return replace(parcel, files=tuple(files))


def _entry(
    student: Student, candidates: list[_Candidate], layout: Layout, ignored: list[Leftover]
) -> Entry:
    best = _best(candidates)
    superseded: list[Path] = []
    for other in candidates:
        in_place = other.parcel == best.parcel
        if other == best or (in_place and other.file.depth > best.file.depth):
            continue
        if other.likeness == best.likeness and (best.likeness == 2 or other.stem == best.stem):
            superseded.append(other.file.path)
        elif best.likeness < 2 or not in_place:
            ignored.append(Leftover(other.file.path, f"{shown(best.file.name)} was taken instead"))
    parcel, file = best.parcel, best.file
    return Entry(
        student,
        file.path,
        parcel.submitted_at,
        parcel.late,
        layout,
        tuple(superseded),
        sent_as=file.packed or file.path,
    )


def _nothing_inside(student: Student, parcel: Parcel, layout: Layout) -> Entry:
    """Return the entry of who sent zip files, and no code in any of them."""
    path = parcel.files[-1].path
    refusal = said("There is no .py or .ipynb file in {file} that can be graded.", file=path.name)
    return Entry(student, path, parcel.submitted_at, parcel.late, layout, (), path, refusal)


def _best(candidates: list[_Candidate]) -> _Candidate:
    """The newest of what is called like the assignment; in one place, the highest up."""
    places: dict[Path, list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        places[candidate.parcel.path].append(candidate)
    return max((max(each, key=_prominence) for each in places.values()), key=_newness)


def _prominence(candidate: _Candidate) -> tuple[int, int, int, bool]:
    file = candidate.file
    return candidate.likeness, -file.depth, candidate.copy, file.path.suffix.lower() == ".py"


def _newness(candidate: _Candidate) -> tuple[int, datetime, int, int, int]:
    parcel = candidate.parcel
    submitted_at = parcel.submitted_at or _BEFORE_ALL
    modified = candidate.file.path.stat().st_mtime_ns
    return candidate.likeness, submitted_at, parcel.attempt, candidate.copy, modified
