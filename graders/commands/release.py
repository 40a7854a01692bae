"""`python grade.py release hw2`: what students, or a platform, get of an assignment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from graders.cases.bank import Bank
from graders.cases.store import BankStore, default_folder
from graders.feedback.language import Words
from graders.grading import open_reference
from graders.release.bundles import write_classroom50, write_gradescope, write_prairielearn
from graders.release.public import public_questions
from graders.release.repository import require_empty, write_repository
from graders.reports.terminal import progress_display
from graders.spec import Assignment
from graders.trials import Trials


def release_assignment(
    assignment: Assignment, words: Words, output: Path | None, platform: str
) -> None:
    """Write what students get, or what a platform does, and say so."""
    target = output or default_target(assignment.name, platform)
    store = BankStore(open_reference(assignment), seed=assignment.seed, folder=default_folder())
    match platform:
        case "gradescope":
            write_gradescope(assignment, words.language, target)
        case "prairielearn":
            write_prairielearn(assignment, words.language, target)
        case _:
            require_empty(target)
            _seal(assignment, store, words, target, platform)
    click.echo(words("{file} is written, for {reader}.", file=target, reader=platform))


def default_target(name: str, platform: str) -> Path:
    """Return what is written where nothing else is said."""
    if platform == "gradescope":
        return Path("autograder.zip")
    return Path(f"{name}-{platform}")


def _seal(
    assignment: Assignment, store: BankStore, words: Words, target: Path, platform: str
) -> None:
    public = public_questions(assignment)
    trials = Trials(assignment, store.reference, store.seed)
    with progress_display(len(public), sys.stderr) as progress:
        bank = _banks(assignment, store, trials, progress)
        if platform == "classroom50":
            write_classroom50(assignment, bank, words.language, target)
        else:
            write_repository(assignment, bank, words, target, classroom=platform == "classroom")


def _banks(
    assignment: Assignment, store: BankStore, trials: Trials, progress: Callable[[str], None]
) -> Callable[[str], Bank]:
    public = public_questions(assignment)

    def bank(name: str) -> Bank:
        progress(name)
        trials.check_reference(name)  # nobody can do so where the reference is not
        return store.bank(name, public[name])

    return bank
