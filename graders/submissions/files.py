"""Opening what a student sent: only regular files, only up to a limit, never waiting."""

from __future__ import annotations

import difflib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError

SUFFIXES: Final = (".py", ".ipynb")
_EXPECTED: Final = "a .py or .ipynb file was expected"
# a named pipe that nobody writes to would make a plain open wait for ever
_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_SPECIAL: Final = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


@dataclass(frozen=True)
class Leftover:
    """A file or folder that is not graded, and why."""

    path: Path
    reason: str


def read_submission(path: Path, limits: dict[str, int]) -> bytes:
    """Return the bytes of a regular file whose suffix is in `limits`, up to the limit."""
    descriptor = _open(path)
    with os.fdopen(descriptor, "rb", closefd=True) as file:
        _require_regular_file(path, os.fstat(descriptor).st_mode)
        _require_inside_its_folder(path)
        limit = limits[_suffix(path)]
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise _unreadable(path, error) from error
    if len(data) > limit:
        raise SubmissionError(
            f"{shown(path)} is larger than {limit >> 20} MiB; {_EXPECTED}, no data.",
            hint="Clear the notebook's outputs and save it." if path.suffix != ".py" else None,
        )
    return data


def shown(path: Path | str) -> str:
    """Return the path as it can be printed: a file name may hold control characters."""
    text = str(path)
    return text if text.isprintable() else ascii(text)


def _open(path: Path) -> int:
    try:
        if path.is_dir():  # some systems cannot open a folder
            raise _is_folder(path)
        return os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise SubmissionError(
            f"{shown(path)} does not exist; {_EXPECTED}.", hint=_near_name(path)
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError | ValueError) -> SubmissionError:
    reason = getattr(error, "strerror", None) or str(error)
    return SubmissionError(f"{shown(path)} cannot be read ({reason}); {_EXPECTED}.")


def _is_folder(path: Path) -> SubmissionError:
    try:
        inside = sorted(entry.name for entry in path.iterdir() if _is_submission(entry))
    except OSError as error:
        return _unreadable(path, error)
    match inside:
        case []:
            hint = "There is no .py or .ipynb file in it."
        case [one]:
            hint = f"There is one in it: {shown(path / one)}"
        case _:
            names = ", ".join(shown(name) for name in inside[:5])
            hint = f"Name one of the files in it: {names}{', ...' if len(inside) > 5 else ''}"
    return SubmissionError(f"{shown(path)} is a folder; {_EXPECTED}.", hint=hint)


def _is_submission(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def _near_name(path: Path) -> str | None:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if _is_submission(entry))
    except (OSError, ValueError):
        return None
    same_stem = [name for name in names if Path(name).stem.lower() == path.stem.lower()]
    near = same_stem or difflib.get_close_matches(path.name, names, n=1)
    return f"Did you mean {shown(path.parent / near[0])}?" if near else None


def _require_regular_file(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _SPECIAL.get(stat.S_IFMT(mode), "no regular file")
        raise SubmissionError(f"{shown(path)} is {kind}; {_EXPECTED}.")


def _require_inside_its_folder(path: Path) -> None:
    """Whoever sends a link to the reference or to a neighbour's file has written neither."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise SubmissionError(f"{shown(path)} is a link to another folder; {_EXPECTED}.")


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        what = f"a {shown(path.suffix)} file" if path.suffix else "a file without an extension"
        inner = Path(path.stem).suffix.lower()
        hint = f"Rename it to {shown(path.stem)}" if inner in SUFFIXES else None
        raise SubmissionError(f"{shown(path)} is {what}; {_EXPECTED}.", hint=hint)
    return suffix
