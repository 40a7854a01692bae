"""Texts in English that remember how they were made, so that other languages can make them anew."""

from __future__ import annotations

from typing import Any


class Said(str):
    """An English text with its facts filled in; `Words.again` says it in another language."""

    message: str
    facts: dict[str, Any]

    __slots__ = ("facts", "message")


def said(message: str, /, **facts: Any) -> Said:
    """Fill facts into an English message."""
    text = Said(message.format(**facts))
    text.message, text.facts = message, facts
    return text
