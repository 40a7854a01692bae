"""`python grade.py release hw2`: what students get of an assignment."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from graders.cases.bank import Bank
from graders.cases.store import BankStore, default_folder
from graders.feedback.language import Words
from graders.grading import open_reference
from graders.release.public import public_questions
from graders.release.repository import require_empty, write_repository
from graders.reports.terminal import progress_display
from graders.spec import Assignment
from graders.trials import Trials


def release_assignment(assignment: Assignment, words: Words, target: Path) -> None:
    """Write the student repository and say so."""
    require_empty(target)
    store = BankStore(open_reference(assignment), seed=assignment.seed, folder=default_folder())
    trials = Trials(assignment, store.reference, store.seed)
    public = public_questions(assignment)
    with progress_display(len(public), sys.stderr) as progress:

        def bank(name: str) -> Bank:
            progress(name)
            trials.check_reference(name)  # nobody can do so where the reference is not
            return store.bank(name, public[name])

        write_repository(assignment, bank, words, target)
    click.echo(words("{file} is written, for students.", file=target))
