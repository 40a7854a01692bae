"""What one student is told, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graders.feedback.wording import Message
from graders.reports.sheet import Answer, Sheet


def sheet_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown text that ends with a newline."""
    lines = [f"# {_plain(sheet.title)}", "", f"**{sheet.total}**", ""]
    for message, breaks in sheet.problems:
        if breaks:
            lines += _message(message, sheet)
        else:
            lines += [f"{sheet.words('note: ')}{_sentence(message.headline)}", ""]
    for question in sheet.questions:
        lines += _question(question, sheet)
    return "\n".join(lines).rstrip("\n") + "\n"


def _question(question: Answer, sheet: Sheet) -> Iterator[str]:
    yield f"## q{question.number} `{question.function}`: {question.points}"
    yield ""
    if question.cases:
        yield from (f"{question.said}, {question.cases}", "")
    for sentence in question.fault:
        yield from (_sentence(sentence), "")
    for message in question.messages:
        yield from _message(message, sheet)


def _message(message: Message, sheet: Sheet) -> Iterator[str]:
    yield from (_sentence(message.headline), "")
    if message.call:
        yield from _block("\n".join(message.call), "python")
    labelled = [fact for fact in message.facts if fact.label]
    if labelled:
        yield from _block("\n".join(f"{fact.label}  {fact.text}" for fact in labelled), "text")
    for fact in message.facts:
        if not fact.label:
            yield from (_sentence(fact.text), "")
    if message.hint:
        yield from (f"*{sheet.words('hint: ').strip()}* {_sentence(message.hint)}", "")


def _block(text: str, language: str) -> Iterator[str]:
    """Fence a text, with more backticks than any run of them inside it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", text, fence, "")


def _sentence(text: str) -> str:
    """Escape what Markdown would read as markup, but for code between backticks."""
    parts = re.split(r"(`[^`]+`)", text.replace("\n", " "))
    return "".join(part if part.startswith("`") else _plain(part) for part in parts)


def _plain(text: str) -> str:
    return re.sub(r"([\\*_\[\]<>#|~&])", r"\\\1", text)
