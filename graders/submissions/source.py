"""The code of one submission, as text that can be compiled."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from graders.errors import SubmissionError
from graders.said import Said, said
from graders.submissions import magics
from graders.submissions.files import read_submission, shown
from graders.submissions.notebook import code_cells, looks_like_notebook

_LIMITS: Final = {".py": 1 << 20, ".ipynb": 10 << 20}
_UTF8: Final = ("utf-8", "utf-8-sig")
_WIDE: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE: Final = said("Save the file as UTF-8.")
_SAVE_PLAINLY: Final = said("Save the file as UTF-8 and remove the coding comment.")
# shown in another order than they are run
_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_COOKIE: Final = re.compile(r"(?m)^([ \t\f]*#.*?coding)[:=](?=[ \t]*[-\w.])")


@dataclass(frozen=True)
class Block:
    """Code that runs in one go; `cell` counts the notebook's code cells from 1, None in a .py."""

    text: str
    cell: int | None


@dataclass(frozen=True)
class Note:
    """Something about a line that a reader of the grade may want to know."""

    kind: magics.Kind | Literal["text direction"]
    cell: int | None
    line: int
    detail: str


@dataclass(frozen=True)
class Source:
    """All that a submission says: one block for a .py, one for each code cell of a notebook."""

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


def read_source(path: Path) -> Source:
    """Read a .py or .ipynb file, or raise a SubmissionError that says what is wrong with it."""
    data = read_submission(path, _LIMITS)
    name = shown(path)
    if data in (b"", codecs.BOM_UTF8):
        raise SubmissionError(said("{file} is empty, so there is nothing to grade.", file=name))
    notebook = path.suffix.lower() == ".ipynb"
    text = _decoded(data, name, json=notebook)
    if notebook:
        return _from_cells(_readable(path.name), code_cells(text, name), name)
    if looks_like_notebook(text):
        raise SubmissionError(
            said("{file} holds a notebook, not Python code.", file=name),
            hint=said("Rename it to {name}", name=shown(path.with_suffix(".ipynb"))),
        )
    return Source(_readable(path.name), (Block(text, None),), tuple(_directions(text, None)))


def _readable(name: str) -> str:
    """Return a file name as text, with escapes for bytes that are none."""
    return name.encode("utf-8", "backslashreplace").decode()


def _from_cells(file_name: str, cells: list[str], name: str) -> Source:
    blocks: list[Block] = []
    notes: list[Note] = []
    for number, source in enumerate(cells, start=1):
        text = source.replace("\r\n", "\n").replace("\r", "\n")
        _require_text(text, said("{file}, code cell {cell}", file=name, cell=number))
        cell = magics.plain_python(text)
        notes += [Note(each.kind, number, each.line, each.text) for each in cell.removals]
        if cell.code is not None:
            blocks.append(Block(cell.code, number))
            notes += _directions(cell.code, number)
    return Source(file_name, tuple(blocks), tuple(notes))


def _require_text(text: str, place: Said) -> None:
    if "\0" in text or _SURROGATE.search(text):
        raise SubmissionError(
            said("{place}: holds a character that no Python code can hold.", place=place)
        )


def _directions(text: str, cell: int | None) -> Iterator[Note]:
    if not _DIRECTIONS.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _DIRECTIONS.search(line):
            yield Note("text direction", cell, number, f"U+{ord(found[0]):04X}")


def _decoded(data: bytes, name: str, *, json: bool) -> str:
    _require_bytes_of_text(data, name)
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    encoding = "utf-8-sig" if json else _declared_encoding(data, name)
    text = _decode(data, encoding, name)
    if encoding in _UTF8:
        return text
    # the text is no longer in the encoding that it declares
    first, second, *rest = [*text.split("\n", 2), ""]
    return "\n".join([*(_COOKIE.sub(r"\1 ", line) for line in (first, second)), *rest[:1]])


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SubmissionError(
            said(
                "{file}, line {line}: byte {byte} is not {encoding} text.",
                file=name,
                line=line,
                byte=f"0x{data[error.start]:02x}",
                encoding=_title(encoding),
            ),
            hint=_SAVE,
        ) from error


def _title(encoding: str) -> str:
    return "UTF-8" if encoding in _UTF8 else encoding


def _require_bytes_of_text(data: bytes, name: str) -> None:
    wide = next((title for mark, title in _WIDE if data.startswith(mark)), None)
    if wide:
        raise SubmissionError(
            said("{file} is saved as {encoding}; UTF-8 was expected.", file=name, encoding=wide),
            hint=_SAVE,
        )
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise SubmissionError(
            said(
                "{file}, line {line}: a NUL byte; a file of text was expected.",
                file=name,
                line=line,
            ),
            hint=_SAVE,
        )


def _declared_encoding(data: bytes, name: str) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        _decode(data, "utf-8-sig", name)  # if this is the trouble, it can name the line
        raise SubmissionError(
            said(
                "{file} declares an encoding that does not fit it ({reason}).",
                file=name,
                reason=error.msg,
            ),
            hint=_SAVE_PLAINLY,
        ) from error
    if encoding not in _UTF8 and not _keeps_ascii(encoding):
        raise SubmissionError(
            said(
                "{file} declares the encoding {encoding}, which is none for source code.",
                file=name,
                encoding=encoding[:40],
            ),
            hint=_SAVE_PLAINLY,
        )
    return encoding


def _keeps_ascii(encoding: str) -> bool:
    """Whether plain ASCII means itself: rot13, UTF-7 and escapes would hide what the code says."""
    probe = " ".join(map(chr, range(33, 127))).replace("\\ ", "") + "\\u0041+AEE-~{\x1b$B!!.xn--4ca"
    try:
        return probe.encode("ascii").decode(encoding) == probe
    except (LookupError, ValueError):  # UnicodeError is a ValueError
        return False
