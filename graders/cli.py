"""The command line: `python grade.py hw2 [SUBMISSION]` and the other commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from graders.errors import Fault, GraderError, UsageError
from graders.feedback.language import Words, default_language, languages

if TYPE_CHECKING:
    from graders.curves import Curve
    from graders.grading import Grader
    from graders.spec import Assignment
    from graders.verdicts import Report
    from graders.worker.client import WorkerSource

PASSED: Final = 0
BELOW_FULL_MARKS: Final = 1
WRONG_USE: Final = 2
OUR_FAULT: Final = 3
ASSIGNMENTS: Final = Path(__file__).parents[1] / "assignments"
FORMATS: Final = ("text", "json")
REPORT_FORMATS: Final = (*FORMATS, "html")


class _Commands(click.Group):
    """Takes an assignment's name where a command could stand: `hw2` means `grade hw2`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["grade", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Grade PyTorch exercises.

    \b
    python grade.py hw2                 grades ./hw2.py or ./hw2.ipynb
    python grade.py hw2 mine.py         grades that file
    python grade.py course/hw7.yaml     grades an assignment of your own
    """


@commands.command()
@click.argument("assignment")
@click.argument("submission", required=False)
@click.option("--question", "-q", "questions", multiple=True, help="Grade only this question.")
@click.option(
    "--format", "form", type=click.Choice(REPORT_FORMATS), default="text", show_default=True
)
@click.option("--output", "-o", type=Path, help="Write the report to this file.", metavar="FILE")
@click.option("--watch", "watching", is_flag=True, help="Grade again whenever the file is saved.")
@click.option("--lang", help="Language of the report, such as en or zh.")
def grade(
    assignment: str,
    submission: str | None,
    questions: Sequence[str],
    form: str,
    output: Path | None,
    watching: bool,
    lang: str | None,
) -> int:
    """Grade one submission."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)  # before anything slow
    if watching and (form != "text" or output is not None):
        raise UsageError("--watch shows text on the screen", hint="leave out --format and --output")
    from graders.worker.sources import worker_source

    with worker_source() as workers:  # imports torch while we read the rest
        from graders.spec import load_assignment

        loaded = load_assignment(path)
        only = known_questions(loaded, questions)
        file = _submission_path(loaded.name, submission)
        _require_place(output, file)
        grader = _grader(loaded, workers)
        if watching:
            from graders.watch import watch

            watch(file, grader, words, only=only)
            return PASSED
        report, curves = _grade(grader, file, only, with_curves=form == "html")
    with _stream(output) as stream:
        _show(report, curves, loaded, words, form, stream)
    return _status(report)


@commands.command("list")
def list_assignments() -> int:
    """List the assignments."""
    from graders.spec import load_assignment

    for path in sorted(ASSIGNMENTS.glob("*.yaml")):
        assignment = load_assignment(path)
        title = assignment.title.in_language(default_language())
        count = len(assignment.questions)
        click.echo(
            f"{assignment.name:8}{count:3} questions {assignment.max_points:4g} points  {title}"
        )
    return PASSED


@commands.command()
@click.argument("assignment")
@click.option("--notebook", is_flag=True, help="Write a notebook instead of a script.")
@click.option("--output", "-o", type=Path, help="The file or folder to write to.")
@click.option("--lang", help="Language of the file, such as en or zh.")
def new(assignment: str, notebook: bool, output: Path | None, lang: str | None) -> int:
    """Write the file that a student begins with."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)
    from graders.commands.new import write_starter

    write_starter(path, words, spelled=assignment, notebook=notebook, output=output)
    return PASSED


@commands.command()
@click.argument("assignment")
@click.option("--question", "-q", "questions", multiple=True, help="Audit only this question.")
@click.option("--seeds", type=click.IntRange(1), default=1, help="Try so many banks of cases.")
@click.option("--corpus", type=Path, help="Folder with known submissions.", metavar="FOLDER")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def audit(
    assignment: str, questions: Sequence[str], seeds: int, corpus: Path | None, form: str
) -> int:
    """Find out how strong an assignment's checks are."""
    path = assignment_path(assignment)
    from graders.commands.audit import audit_assignment
    from graders.spec import load_assignment

    loaded = load_assignment(path)
    only = known_questions(loaded, questions)
    found = audit_assignment(loaded, only=only, corpus=corpus, seeds=seeds, form=form)
    return BELOW_FULL_MARKS if found.falls_short else PASSED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    if not (sys.argv[1:] if arguments is None else arguments):
        arguments = ["--help"]
    try:
        status: Any = commands.main(arguments, prog_name="grade.py", standalone_mode=False)
        return status if isinstance(status, int) else PASSED
    except GraderError as error:
        _complain(error.message, error.hint)
        return OUR_FAULT if isinstance(error, Fault) else WRONG_USE
    except click.exceptions.Abort:
        _complain("stopped", None)
        return 130
    except click.ClickException as error:
        _complain(error.format_message(), "`python grade.py --help` lists the commands")
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _complain(message: str, hint: str | None) -> None:
    click.echo(f"grade.py: {message}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)


# ---------------------------------------------------------------- what the arguments mean


def known_language(name: str | None) -> str:
    """Return the language that was named, or the default one; raises UsageError for others."""
    if name is None:
        return default_language()
    if name not in languages():
        raise UsageError(f"no language {name!r}; there are: {', '.join(languages())}")
    return name


def assignment_path(name: str) -> Path:
    """Return the YAML file that a name or a path means."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.parent != Path("."):
        if path.is_file():
            return path
        raise UsageError(
            f"{name}: there is no such file", hint="an assignment is a YAML file, or a name"
        )
    found = ASSIGNMENTS / f"{name}.yaml"
    if found.is_file():
        return found
    known = sorted(path.stem for path in ASSIGNMENTS.glob("*.yaml"))
    from graders.feedback.naming import similar_name

    similar = similar_name(name, [*known, *commands.commands])
    hint = f"there is something with a similar name: {similar}" if similar else None
    raise UsageError(f"no assignment is called {name}; there are: {', '.join(known)}", hint=hint)


def known_questions(assignment: Assignment, names: Sequence[str]) -> Sequence[str]:
    """Return the names; raises UsageError unless each is a question of the assignment."""
    from graders.feedback.naming import similar_name

    for name in names:
        if name not in assignment.questions:
            similar = similar_name(name, list(assignment.questions))
            hint = f"there is a question with a similar name: {similar}" if similar else None
            raise UsageError(f"{assignment.name} has no question {name}", hint=hint)
    return names


def _submission_path(name: str, given: str | None) -> Path:
    if given is not None:
        return Path(given)
    candidates = [Path(f"{name}.py"), Path(f"{name}.ipynb")]
    found = [path for path in candidates if path.is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"both {name}.py and {name}.ipynb are here",
            hint=f"say which one: python grade.py {name} {name}.ipynb",
        )
    raise UsageError(
        f"neither {name}.py nor {name}.ipynb is in this folder",
        hint=f"name the file: python grade.py {name} path/to/file.py",
    )


# ---------------------------------------------------------------- grading and showing


def _grader(assignment: Assignment, workers: WorkerSource) -> Grader:
    from graders.cases.store import BankStore, default_folder
    from graders.grading import Grader, open_reference

    reference = open_reference(assignment)
    store = BankStore(reference, seed=assignment.seed, folder=default_folder())
    return Grader(assignment, store, workers)


def _grade(
    grader: Grader, file: Path, only: Sequence[str], *, with_curves: bool
) -> tuple[Report, Mapping[str, Curve]]:
    from graders.reports.terminal import progress_display
    from graders.submissions.source import read_source

    source = read_source(file)
    with progress_display(len(only or grader.assignment.questions), sys.stderr) as progress:
        report = grader.grade(source, only=only, progress=progress)
    if not with_curves:
        return report, {}
    from graders.curves import loss_curves

    return report, loss_curves(grader, source, report)


def _require_place(output: Path | None, submission: Path) -> None:
    """Refuse to write a report where that cannot be, or where it would replace the submission."""
    if output is None:
        return
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: there is no such folder")
    if output.exists() and submission.exists() and output.samefile(submission):
        raise UsageError(f"{output} is the submission, which the report would replace")


@contextmanager
def _stream(output: Path | None) -> Iterator[TextIO]:
    """Give what the report is written to."""
    if output is None:
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error


def _show(
    report: Report,
    curves: Mapping[str, Curve],
    assignment: Assignment,
    words: Words,
    form: str,
    stream: TextIO,
) -> None:
    match form:
        case "html":
            from graders.reports.html import report_page

            stream.write(report_page(report, assignment, words, curves))
        case "json":
            from graders.reports.json_format import report_json

            stream.write(report_json(report, assignment, words))
        case _:
            from graders.reports.terminal import show_report

            show_report(report, assignment, words, stream)


def _status(report: Report) -> int:
    if report.verdict == "fault":
        return OUR_FAULT
    return PASSED if report.points == report.max_points else BELOW_FULL_MARKS
