"""Words for students, in one language or several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graders.spec.problems import ReadError, shown

# YAML folds a line break into a space, which Chinese has neither between characters nor after
# its punctuation.
_FOLDED = re.compile(
    "(?<=[\u3000-\u303f\uff00-\uffef]) | (?=[\u3000-\u303f\uff00-\uffef])|"
    "(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Text:
    """A text by language code; a text without a language counts as English."""

    languages: tuple[tuple[str, str], ...]

    @staticmethod
    def read(value: object) -> Text:
        """Read a string or a mapping of language codes to strings, or raise `ReadError`."""
        match value:
            case str() if value.strip():
                return Text((("en", _tidy(value)),))
            case dict() if value:
                return Text(tuple(_entry(code, text) for code, text in value.items()))
        raise ReadError(
            f"found {shown(value)}; expected a text, or texts by language: {{en: ..., zh: ...}}",
            hint=_quotes(value),
        )

    def in_language(self, language: str) -> str:
        """The text in `language`, else in English, else in the first language there is."""
        texts: Mapping[str, str] = dict(self.languages)
        return texts.get(language) or texts.get("en") or self.languages[0][1]

    def __str__(self) -> str:
        """Write the English text."""
        return self.in_language("en")


def _entry(code: object, text: object) -> tuple[str, str]:
    if not isinstance(code, str) or not _LANGUAGE.fullmatch(code):
        raise ReadError(
            f"found {shown(code)}; expected a language code such as en or zh", at=(str(code),)
        )
    if not isinstance(text, str) or not text.strip():
        raise ReadError(f"found {shown(text)}; expected a text", at=(code,), hint=_quotes(text))
    return code, _tidy(text)


def _tidy(text: str) -> str:
    return _FOLDED.sub("", text.strip())


def _quotes(value: object) -> str | None:
    return (
        "a text that looks like a number needs quotes" if isinstance(value, int | float) else None
    )
