"""The README of a student repository."""

from __future__ import annotations

from collections.abc import Iterator

from graders.feedback.language import Words
from graders.reports.lines import points_shown
from graders.spec import Assignment

PYTHON = ".venv/bin/python"


def readme(assignment: Assignment, words: Words) -> str:
    """Return the Markdown text; its commands are all that a fresh clone needs."""
    return "\n\n".join(_paragraphs(assignment, words)) + "\n"


def _paragraphs(assignment: Assignment, words: Words) -> Iterator[str]:
    name = assignment.name
    yield f"# {assignment.title.in_language(words.language)}"
    yield words(
        "Write the functions in `{script}` or in the notebook `{notebook}`, whichever you like;"
        " the other one stays as it is.",
        script=f"{name}.py",
        notebook=f"{name}.ipynb",
    )
    yield _questions(assignment, words)
    yield "## " + words("Set up")
    yield words("Once, in this folder, with Python 3.10 or newer:")
    yield _commands("python -m venv .venv", f"{PYTHON} -m pip install -r requirements.txt")
    yield words(
        "On Windows, write {windows} instead of {unix}. On Linux, pip may choose a PyTorch for"
        " graphics cards, of several GB. To get the small one, replace the last command by these:",
        windows="`.venv\\Scripts\\python`",
        unix=f"`{PYTHON}`",
    )
    yield _commands(
        f"{PYTHON} -m pip install uv",
        f"{PYTHON} -m uv pip install --torch-backend cpu -r requirements.txt",
    )
    yield "## " + words("Grade")
    yield _commands(f"{PYTHON} grade.py {name}")
    yield words(
        "grades what you have written. With `--watch` it does so whenever you save the file, with"
        " `-q` and a name it grades one function. In the notebook, the cells with `check` grade the"
        " function above them."
    )
    yield words(
        "The checks run on your computer, without a network. The folder `sealed` holds what right"
        " functions return for many calls; leave it as it is. These are the public checks:"
        " the course may use further ones and other calls, so passing here is no promise of"
        " full marks."
    )


def _questions(assignment: Assignment, words: Words) -> str:
    rows = [f"| {words('function')} | {words('points')} |", "| --- | --- |"]
    rows += [
        f"| `{name}` | {points_shown(question.max_points)} |"
        for name, question in assignment.questions.items()
    ]
    return "\n".join(rows)


def _commands(*lines: str) -> str:
    return "\n".join(["```", *lines, "```"])
