"""Turns message identifiers into the reader's language; the identifiers are the English texts."""

from __future__ import annotations

import gettext
import locale
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

LOCALES: Final = Path(__file__).parent / "locales"
DOMAIN: Final = "graders"


class Words:
    """Says things in one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, /, **facts: Any) -> str:
        """Return a message with its facts filled in."""
        return self._catalogue.gettext(message).format(**facts)

    def count(self, one: str, many: str, number: int, /, **facts: Any) -> str:
        """Return the form of a message that fits a number, which it may show as `{n}`."""
        return self._catalogue.ngettext(one, many, number).format(n=number, **facts)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language.replace("-", "_")], fallback=True)


def languages() -> list[str]:
    """Return the languages that there are words for."""
    found = [path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/*.mo")]
    return ["en", *sorted(name.replace("_", "-") for name in found)]


def default_language() -> str:
    """Return the language of this computer's user, or English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        name = locale.getlocale()[0] or "en"
    short = name.partition(".")[0].partition("_")[0].lower()
    short = {"chinese": "zh"}.get(short.partition(" ")[0].partition("-")[0], short)
    return short if short in languages() else "en"
