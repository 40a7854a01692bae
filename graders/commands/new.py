"""`python grade.py new hw2`: the file that a student begins with."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from graders.feedback.language import Words
from graders.spec import load_assignment
from graders.starter import starter_path, starter_script, write_new


def write_starter(
    path: Path, words: Words, *, spelled: str, notebook: bool, output: Path | None
) -> None:
    """Write the file and say so; `spelled` is how the assignment was named."""
    assignment = load_assignment(path)
    default = f"{assignment.name}{'.ipynb' if notebook else '.py'}"
    target = starter_path(output, default)
    named = [] if target.name == default else [target.name]
    command = shlex.join(["python", "grade.py", spelled, *named])
    make = starter_script
    if notebook:
        from graders.starter_notebook import starter_notebook as make
    flag = " --notebook" if notebook else ""
    other = f"python grade.py new {spelled}{flag} -o other{target.suffix}"
    write_new(target, make(assignment, words, command), other=other)
    click.echo(words("{file} is written; `{command}` grades it.", file=target, command=command))
