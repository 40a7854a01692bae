"""Turns message identifiers into the reader's language; the identifiers are the English texts."""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Iterator
from functools import lru_cache, reduce
from pathlib import Path
from string import Formatter
from typing import Any, Final, TypeAlias
from unicodedata import east_asian_width

from graders.said import Said

LOCALES: Final = Path(__file__).parent / "locales"
DOMAIN: Final = "graders"

MessageId: TypeAlias = str
"""An English text that is said elsewhere; catalogues take it from where it has this type."""


class Words:
    """Says things in one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, message: str, /, **facts: Any) -> str:
        """Return a message with its facts filled in."""
        return self._filled(self._catalogue.gettext(message), facts)

    def count(self, one: str, many: str, number: int, /, **facts: Any) -> str:
        """Return the form of a message that fits a number, which it may show as `{n}`."""
        template = self._catalogue.ngettext(one, many, number)
        return self._filled(template, facts | {"n": number})

    def again(self, value: Any) -> Any:
        """Return what was said in English in this language; other values stay as they are."""
        return self(value.message, **value.facts) if isinstance(value, Said) else value

    def _filled(self, template: str, facts: dict[str, Any]) -> str:
        parts: list[str] = []
        for literal, name in _parts(template):
            parts.append(literal)
            if name is not None:
                parts.append(str(self.again(facts[name])))
        text = "".join(parts)
        return text if text.isascii() else reduce(_joined, parts, "")


@lru_cache(maxsize=1024)
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    """Return the texts of a message, each with the name of the fact behind it."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def _joined(before: str, text: str) -> str:
    """Join two texts; Chinese has a space around a fact only where one side is Latin."""
    if before.endswith(" ") and _are_wide(before[-2:-1], text[:1]):
        before = before[:-1]
    elif text.startswith(" ") and _are_wide(before[-1:], text[1:2]):
        text = text[1:]
    return before + text


def _are_wide(*characters: str) -> bool:
    return all(each and east_asian_width(each) in "WF" for each in characters)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALES, [language.replace("-", "_")], fallback=True)


# ---------------------------------------------------------------- which language


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are words for."""
    found = [path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/*.mo")]
    return ("en", *sorted(name.replace("_", "-") for name in found))


def language_like(name: str) -> str | None:
    """Return the language that a code means: `zh` also for `zh-CN`, `zh_Hans` or `zh_CN.UTF-8`."""
    code = name.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    known = {language.lower(): language for language in languages()}
    return known.get(code) or known.get(code.partition("-")[0])


def default_language() -> str:
    """Return the language of this computer's user, or English."""
    return next(filter(None, map(language_like, _wanted())), "en")


def _wanted() -> Iterator[str]:
    """Return codes of languages, the most wanted one first."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if name := os.environ.get(variable):
            if name not in ("C", "POSIX"):  # then no language is wanted
                yield from filter(None, os.environ.get("LANGUAGE", "").split(":"))
            return (yield name)
    if sys.platform == "win32":
        import ctypes

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        yield locale.getlocale()[0] or ""
