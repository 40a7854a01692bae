"""What one student is told, as Markdown; what student code says is never markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graders.feedback.language import Words
from graders.feedback.wording import Message
from graders.reports.limits import clean
from graders.reports.sheet import Answer, Sheet, report_sheet
from graders.spec import Assignment
from graders.verdicts import Report


def report_markdown(report: Report, assignment: Assignment, words: Words) -> str:
    """Return what a student is told about a report."""
    return sheet_markdown(report_sheet(report, assignment, words))


def sheet_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown text that ends with a newline."""
    lines = [f"# {_plain(sheet.title)}", "", f"**{sheet.total}**", "", messages_markdown(sheet)]
    for question in sheet.questions:
        lines += [f"## q{question.number} {_name(question)}: {question.points}", ""]
        lines += [question_markdown(question), ""]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def messages_markdown(sheet: Sheet) -> str:
    """Return what is said about the file as a whole."""
    lines: list[str] = []
    for message, breaks in sheet.problems:
        if breaks:
            lines += _message(message, sheet.words)
        else:
            lines += [f"{sheet.words('note: ')}{_sentence(message.headline)}", ""]
    return "\n".join(lines)


def question_markdown(question: Answer) -> str:
    """Return what is said about a question, below its name."""
    lines = [f"{question.said}, {question.cases}", ""] if question.cases else []
    for sentence in question.fault:
        lines += [_sentence(sentence), ""]
    for message in question.messages:
        lines += _message(message, question.words)
    return "\n".join(lines).rstrip("\n")


def _name(question: Answer) -> str:
    return question.label if question.hidden else f"`{question.function}`"


def _message(message: Message, words: Words) -> Iterator[str]:
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
        yield from (f"*{words('hint: ').strip()}* {_sentence(message.hint)}", "")


def _block(text: str, language: str) -> Iterator[str]:
    """Fence a text, with more backticks than any run of them inside it."""
    text = clean(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", text, fence, "")


def _sentence(text: str) -> str:
    """Escape what Markdown would read as markup, but for code between single backticks."""
    parts = re.split(r"(?<!`)(`[^`]+`)(?!`)", " ".join(clean(text).split()))
    return "".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
