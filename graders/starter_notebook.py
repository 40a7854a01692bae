"""Writes the notebook that a student begins with: prompts, functions, and checks below them."""

from __future__ import annotations

from typing import Any, Final

import nbformat
from nbformat import v4

from graders.feedback.language import Words
from graders.reports.lines import points_shown
from graders.spec import Assignment, Question
from graders.starter import NOT_WRITTEN, argument_notes, import_lines, signature

METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def starter_notebook(assignment: Assignment, words: Words, command: str) -> str:
    """Return a notebook, as its file holds it, with three cells for every question.

    `command` grades the whole notebook; the check cells grade one function each.
    """
    cells = [_title(assignment, words, command), _imports(assignment, words)]
    for number, (name, question) in enumerate(assignment.questions.items(), start=1):
        cells += [
            _cell("markdown", f"q{number}-prompt", _prompt(number, name, question, words)),
            _cell("code", f"q{number}", f"{signature(name, question)}\n{NOT_WRITTEN}"),
            _cell("code", f"q{number}-check", f'check("{name}")'),
        ]
    notebook = v4.new_notebook(cells=cells, metadata=METADATA)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call, no-any-return]


def _cell(kind: str, identifier: str, source: str) -> Any:
    make = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
    return make(source, id=identifier)  # type: ignore[no-untyped-call]


def _title(assignment: Assignment, words: Words, command: str) -> Any:
    usage = words(
        "`check` grades the function as it stands in the running notebook;"
        " `{command}` grades the saved file.",
        command=command,
    )
    title = assignment.title.in_language(words.language)
    return _cell("markdown", "title", f"# {title}\n\n{usage}")


def _imports(assignment: Assignment, words: Words) -> Any:
    lines = [
        *import_lines(assignment),
        "",
        "from graders.notebook import check",
        "",
        f'assignment, language = "{assignment.name}", "{words.language}"',
    ]
    return _cell("code", "imports", "\n".join(lines))


def _prompt(number: int, name: str, question: Question, words: Words) -> str:
    points = words("points: {points}", points=points_shown(question.max_points))
    parts = [f"## q{number} `{name}`", f"*{points}*"]
    if question.prompt is not None:
        parts.append(question.prompt.in_language(words.language))
    notes = argument_notes(question, words)
    parts.append("\n".join(f"- `{argument}`: `{note}`" for argument, note in notes.items()))
    return "\n\n".join(part for part in parts if part)
