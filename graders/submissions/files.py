"""Opening what a student sent: only regular files, only up to a limit, never waiting."""

from __future__ import annotations

import difflib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError
from graders.said import Said, said

SUFFIXES: Final = (".py", ".ipynb")
_EXPECTED: Final = said("a .py or .ipynb file was expected")
# a named pipe that nobody writes to would make a plain open wait for ever
_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_SPECIAL: Final = {
    stat.S_IFIFO: said("a named pipe"),
    stat.S_IFCHR: said("a device"),
    stat.S_IFBLK: said("a device"),
    stat.S_IFSOCK: said("a socket"),
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
            said(
                "{file} is larger than {size} MiB; {expected}, no data.",
                file=shown(path),
                size=limit >> 20,
                expected=_EXPECTED,
            ),
            hint=said("Clear the notebook's outputs and save it.")
            if path.suffix != ".py"
            else None,
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
            said("{file} does not exist; {expected}.", file=shown(path), expected=_EXPECTED),
            hint=_near_name(path),
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError | ValueError) -> SubmissionError:
    reason = getattr(error, "strerror", None) or str(error)
    return SubmissionError(
        said(
            "{file} cannot be read ({reason}); {expected}.",
            file=shown(path),
            reason=reason,
            expected=_EXPECTED,
        )
    )


def _is_folder(path: Path) -> SubmissionError:
    try:
        inside = sorted(entry.name for entry in path.iterdir() if _is_submission(entry))
    except OSError as error:
        return _unreadable(path, error)
    match inside:
        case []:
            hint = said("There is no .py or .ipynb file in it.")
        case [one]:
            hint = said("There is one in it: {file}", file=shown(path / one))
        case _:
            names = ", ".join([*map(shown, inside[:5]), *["..."] * (len(inside) > 5)])
            hint = said("Name one of the files in it: {names}", names=names)
    return SubmissionError(_unexpected(path, said("a folder")), hint=hint)


def _is_submission(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def _near_name(path: Path) -> Said | None:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if _is_submission(entry))
    except (OSError, ValueError):
        return None
    same_stem = [name for name in names if Path(name).stem.lower() == path.stem.lower()]
    near = same_stem or difflib.get_close_matches(path.name, names, n=1)
    if not near:
        return None
    return said("There is a file with a similar name: {file}", file=shown(path.parent / near[0]))


def _require_regular_file(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _SPECIAL.get(stat.S_IFMT(mode), said("no regular file"))
        raise SubmissionError(_unexpected(path, kind))


def _unexpected(path: Path, kind: Said) -> Said:
    return said("{file} is {kind}; {expected}.", file=shown(path), kind=kind, expected=_EXPECTED)


def _require_inside_its_folder(path: Path) -> None:
    """Whoever sends a link to the reference or to a neighbour's file has written neither."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise SubmissionError(_unexpected(path, said("a link to another folder")))


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = said("a file without an extension")
        if path.suffix:
            kind = said("a {suffix} file", suffix=shown(path.suffix))
        inner = Path(path.stem).suffix.lower()
        hint = said("Rename it to {name}", name=shown(path.stem)) if inner in SUFFIXES else None
        raise SubmissionError(_unexpected(path, kind), hint=hint)
    return suffix
