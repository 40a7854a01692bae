"""Lays out text in which some characters take two columns, such as Chinese."""

from __future__ import annotations

from rich.cells import cell_len


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

    Breaks at spaces, and within words that are too long or whose characters are wide.
    """
    room = max(width - cell_len(indent), 20)
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _paragraph(paragraph, room)
    rest = " " * cell_len(indent)
    return [(rest if number else indent) + line for number, line in enumerate(lines)]


def _paragraph(text: str, room: int) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text, room):
        if line and cell_len(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, room: int) -> list[str]:
    """Return the parts between which a line may break, each with the spaces that follow it."""
    pieces: list[str] = []
    current = ""
    for character in text:
        wide = cell_len(character) > 1
        after_space = current.endswith(" ") and character != " "
        if current and (
            after_space or wide or cell_len(current[-1]) > 1 or cell_len(current) >= room
        ):
            if not (wide and character in "，。；：、！？）」") and character != " ":
                pieces.append(current)
                current = ""
        current += character
    return [*pieces, current] if current else pieces
