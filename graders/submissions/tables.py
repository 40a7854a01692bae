"""Tables that people keep as CSV files, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graders.errors import SubmissionError
from graders.submissions.files import shown

_LIMIT: Final = 10 << 20


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, with their lines; raises SubmissionError that says where.

    Spreadsheets write semicolons where a comma stands in numbers.
    """
    name = shown(path)
    text = _text(path, name)
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise SubmissionError(f"{name}, line {line}: not CSV ({error}).") from error


def headings_shown(headings: list[str]) -> str:
    """Return the headings that were found, as a complaint says them."""
    return ", ".join(shown(heading.strip()) for heading in headings[:8]) or "nothing"


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except OSError as error:
        raise SubmissionError(f"{name} cannot be read ({error.strerror}).") from error
    if len(data) > _LIMIT or b"\0" in data:
        raise SubmissionError(f"{name} is no CSV file of less than 10 MiB in UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SubmissionError(
            f"{name}, line {line}: byte 0x{data[error.start]:02x} is not UTF-8 text.",
            hint="Save it as CSV UTF-8.",
        ) from error
