"""Unpacking zip files that come from outside: nothing leaves the target, nothing grows for ever."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError
from graders.submissions.files import Leftover, shown

# one byte more than a submission may have, so that reading it says what is wrong
_FILE_BYTES: Final = (10 << 20) + 1


@dataclass(frozen=True)
class Limits:
    """What an archive may hold, counted while it is read and not as it declares."""

    entries: int
    bytes: int


CLASS: Final = Limits(entries=200_000, bytes=4 << 30)
STUDENT: Final = Limits(entries=2_000, bytes=64 << 20)


def extract(
    archive: Path, scratch: Path, *, wanted: re.Pattern[str], limits: Limits
) -> tuple[Path, tuple[Leftover, ...]]:
    """Unpack the files whose name is wanted into a new folder; tell it and what was left out."""
    scratch.mkdir(parents=True, exist_ok=True)
    target = Path(tempfile.mkdtemp(dir=scratch)) / archive.stem
    target.mkdir()
    if not archive.is_file():
        raise SubmissionError(f"{shown(archive)} is no file; a zip file was expected.")
    try:
        with zipfile.ZipFile(archive) as opened:
            if len(opened.infolist()) > limits.entries:
                raise SubmissionError(
                    f"{shown(archive)} holds more than {limits.entries} files; "
                    "an archive of submissions was expected."
                )
            return target, tuple(_extract_all(opened, archive, target, wanted, limits))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SubmissionError(
            f"{shown(archive)} cannot be read as a zip file ({_reason(error)})."
        ) from error


def _extract_all(
    opened: zipfile.ZipFile, archive: Path, target: Path, wanted: re.Pattern[str], limits: Limits
) -> Iterator[Leftover]:
    taken: set[str] = set()
    left = limits.bytes
    for entry in opened.infolist():
        parts = _parts(entry)
        path = target.joinpath(*parts) if parts else archive
        key = "/".join(parts).casefold()
        refusal = _refusal(entry, parts) or ("a second file of the same name" * (key in taken))
        if refusal:
            yield Leftover(path, refusal)
            continue
        if entry.is_dir():
            continue
        taken.add(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if wanted.search(parts[-1]):
                left -= _write(opened, entry, path, left)
            elif len(parts) == 1:
                path.touch()  # only so that it is listed with what is no submission
        except Exception as error:  # every way to compress has errors of its own
            yield Leftover(path, f"cannot be unpacked ({_reason(error)})")
        if left < 0:
            raise SubmissionError(f"{shown(archive)} holds more than {limits.bytes >> 20} MiB.")


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """The names on the way to the entry, empty if they could lead anywhere else."""
    name = unicodedata.normalize("NFC", _decoded_name(entry)).replace("\\", "/")
    if re.match(r"/|[A-Za-z]:|.*[\0-\x1f\x7f\ud800-\udfff]", name, re.DOTALL):
        return ()
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    return () if ".." in parts else parts


def _decoded_name(entry: zipfile.ZipInfo) -> str:
    """macOS writes UTF-8 without saying so, which zipfile then takes for the old DOS letters."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _refusal(entry: zipfile.ZipInfo, parts: tuple[str, ...]) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not parts:
        return f"{entry.filename[:100]!a} leads out of the archive or is no name"
    if kind == stat.S_IFLNK:
        return "a link"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "no regular file"
    return "encrypted" if entry.flag_bits & 0x1 else ""


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Write one file as far as the limits go; return how many bytes were read."""
    with opened.open(entry) as source:
        data = source.read(min(_FILE_BYTES, left + 1))
    with path.open("xb") as file:
        file.write(data)
    with contextlib.suppress(ValueError, OverflowError, OSError):  # a date that is none
        modified = time.mktime((*entry.date_time, 0, 0, -1))
        os.utime(path, (modified, modified))
    return len(data)


def _reason(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text if text.isprintable() else ascii(text)
