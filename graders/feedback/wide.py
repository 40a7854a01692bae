"""Lays out text in which some characters take two columns, such as Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rich.cells import cell_len

NARROWEST: Final = 20  # columns that text gets beside even the widest indent
_CLOSING: Final = frozenset("，。、；：！？）」』】》〉")  # which begin no line
_JOINED: Final = "\u2060"  # where no line ends
_SHORT_CODE: Final = re.compile("`[^`]{1,40}`")
_OPENING: Final = frozenset("（「『【《〈")  # which end no line


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    return cell_len(text)


def pad_right(text: str, width: int) -> str:
    """Return the text with spaces after it, `width` columns wide."""
    return text + " " * (width - cell_len(text))


def pad_left(text: str, width: int) -> str:
    """Return the text with spaces before it, `width` columns wide."""
    return " " * (width - cell_len(text)) + text


def wrap(text: str, width: int, indent: str) -> list[str]:
    """Break a text into lines; the first begins with `indent`, the others with as many spaces.

    Breaks at spaces, but not within short code, beside wide characters, and within words that are
    too long.
    """
    room = max(width - cell_len(indent), NARROWEST)
    lines: list[str] = []
    for paragraph in _SHORT_CODE.sub(_held_together, text).splitlines() or [""]:
        lines += _paragraph(paragraph, room)
    rest = " " * cell_len(indent)
    parted = [line.replace(_JOINED, "") for line in lines]
    return [(rest if number else indent) + line for number, line in enumerate(parted)]


def _held_together(code: re.Match[str]) -> str:
    return _JOINED.join(code[0])


def _paragraph(text: str, room: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text, room):
        if line and cell_len(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, room: int) -> Iterator[str]:
    """Yield the parts between which a line may break, each with the spaces that follow it."""
    start = 0
    for end, (before, after) in enumerate(pairwise(text), start=1):
        if _may_part(before, after):
            yield from _cut(text[start:end], room)
            start = end
    yield from _cut(text[start:], room)


def _may_part(before: str, after: str) -> bool:
    if _JOINED in (before, after) or after == " " or after in _CLOSING or before in _OPENING:
        return False
    return before == " " or cell_len(before) > 1 or cell_len(after) > 1


def _cut(piece: str, room: int) -> Iterator[str]:
    """Yield a piece in parts that fit a line, where it does not fit as a whole."""
    while cell_len(piece.rstrip()) > room:
        longest = min(len(piece), 2 * room)
        end = next(n for n in range(longest, 0, -1) if cell_len(piece[:n]) <= room)
        if end > 1 and piece[end] in _CLOSING:
            end -= 1
        yield piece[:end]
        piece = piece[end:]
    yield piece
