"""Keeps reports within what platforms take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from graders.feedback.language import Words
from graders.worker.wire import printable

LENGTHS: Final = (4_000, 1_000, 200, 0)
"""How long each part of a message may be, from the most generous limit on."""


def fitted(make: Callable[[int], str], most: int) -> str:
    """Return what `make` gives for the longest parts of messages with which it fits, in bytes."""
    texts = (make(longest) for longest in LENGTHS)
    return next((text for text in texts if len(text.encode()) <= most), make(LENGTHS[-1]))


def clean(text: str) -> str:
    """Return a text that every format can hold: no control characters, no halves of characters."""
    return printable("\n".join(text.splitlines()))


def shortened(text: str, longest: int, words: Words) -> str:
    """Return a text, or its beginning and a note that says how much is missing."""
    left = len(text) - longest
    if left <= 0:
        return text
    note = words.count("({n} character is left out)", "({n} characters are left out)", left)
    return f"{text[:longest].rstrip()} {note}".lstrip()
