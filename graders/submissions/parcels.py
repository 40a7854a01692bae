"""What lies in the folders of a class: files that may be submissions, and who sent them."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError
from graders.submissions.files import SUFFIXES, shown
from graders.submissions.roster import Sender

_JUNK: Final = re.compile(
    r"(?i)\.|(?:__MACOSX|__pycache__|node_modules|site-packages|thumbs\.db|desktop\.ini)$"
)
_DEPTH: Final = 8
_ENTRIES: Final = 20_000
# " (1)" is a browser's, "-1" is Canvas'
_COPY: Final = re.compile(r"[ _]?\((\d{1,9})\)$|-(\d{1,9})$")


@dataclass(frozen=True)
class File:
    """One file that may be the submission, under the name that the student gave it."""

    path: Path
    name: str
    depth: int = 0
    packed: Path | None = None  # the zip file that it lay in

    @property
    def is_zip(self) -> bool:
        """Whether the code is still packed."""
        return self.path.suffix.lower() == ".zip"


@dataclass(frozen=True)
class Parcel:
    """What lies in one place and comes from one sender, or from the members of one group."""

    path: Path
    senders: tuple[Sender, ...]
    files: tuple[File, ...]
    links: tuple[Path, ...] = ()
    attempt: int = 0
    submitted_at: datetime | None = None
    late: bool | None = None


@dataclass(frozen=True)
class Listing:
    """The entries of a folder by kind, without the traces that systems and tools leave."""

    root: Path
    folders: list[Path]
    files: list[Path]
    links: list[Path]


def listing(folder: Path) -> Listing:
    """List a folder; a link may lead to a neighbour's file or the reference, so it is neither."""
    found = Listing(folder, [], [], [])
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if _JUNK.match(entry.name):
                    continue
                if entry.is_symlink():
                    found.links.append(folder / entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    found.folders.append(folder / entry.name)
                elif entry.is_file(follow_symlinks=False):
                    found.files.append(folder / entry.name)
    except OSError as error:
        raise SubmissionError(f"{shown(folder)} cannot be read ({error.strerror}).") from error
    return found


def contents(folder: Path) -> tuple[tuple[File, ...], tuple[Path, ...]]:
    """Return what may be a submission at any depth of a folder, and the links that claim to be."""
    files: list[File] = []
    links: list[Path] = []
    waiting = [(folder, 0)]
    seen = 0
    while waiting and seen < _ENTRIES:
        place, depth = waiting.pop()
        found = listing(place)
        seen += 1 + len(found.files)
        files += [File(path, path.name, depth) for path in found.files if may_be_code(path.name)]
        links += [path for path in found.links if may_be_code(path.name)]
        if depth < _DEPTH:
            waiting += [(inner, depth + 1) for inner in found.folders]
    return tuple(sorted(files, key=lambda file: file.path)), tuple(links)


def may_be_code(name: str) -> bool:
    """Whether the name is that of a submission, packed or not."""
    return name.lower().endswith((*SUFFIXES, ".zip"))


def likeness(name: str, assignment: str) -> int:
    """2 if a file is called like the assignment, 1 if its name mentions it, otherwise 0."""
    stem = Path(name).stem
    wanted = _letters(assignment)
    if wanted in (_letters(stem), _letters(_COPY.sub("", stem))):
        return 2
    return 1 if wanted in _letters(stem) else 0


def copy_number(name: str, assignment: str) -> int:
    """The number that was added to a name because there was a file of that name before."""
    stem = Path(name).stem
    found = _COPY.search(stem)
    if found is None or _letters(stem) == _letters(assignment):
        return 0
    return int(found[1] or found[2])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
