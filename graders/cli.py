"""The command line: `python grade.py hw2 [SUBMISSION]` and the other commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from graders.errors import Fault, GraderError, UsageError
from graders.feedback.language import Words, default_language, language_like, languages
from graders.reports.formats import WRITERS
from graders.said import said
from graders.usage import Group, argument, option, spoken_in

if TYPE_CHECKING:
    from graders.verdicts import Report

PASSED: Final = 0
BELOW_FULL_MARKS: Final = 1
WRONG_USE: Final = 2
OUR_FAULT: Final = 3
ASSIGNMENTS: Final = Path(__file__).parents[1] / "assignments"
FORMATS: Final = ("text", "json")
DEVICES: Final = ("auto", "cpu", "accelerator", "cuda", "all")
REPORT_FORMATS: Final = ("text", "html", *WRITERS)
HELP: Final = said("`python grade.py --help` lists the commands")


@click.group(
    cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@option("--lang", help="Language of reports and of this help, such as en or zh.")
@click.pass_context
def commands(context: click.Context, lang: str | None) -> None:
    """Grade PyTorch exercises."""
    if context.invoked_subcommand is None:
        raise UsageError(said("neither a command nor an assignment is named"), hint=HELP)
    if lang is not None:
        context.default_map = {name: {"lang": lang} for name in commands.commands}


def _device_option(command: Callable[..., int]) -> Callable[..., int]:
    """Add the option that chooses where calls are repeated."""
    return option(
        "--device",
        type=click.Choice(DEVICES),
        default="auto",
        show_default=True,
        metavar="DEVICE",
        help="Where calls are made beside the CPU: auto, cpu, accelerator, cuda or all.",
    )(command)


def _seed_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that choose other cases than those of the assignment's own seed."""
    number = click.IntRange(0, 2**32 - 1)
    command = option("--seed", type=number, help="Grade with the cases of this seed.")(command)
    return option("--seed-file", type=Path, help="Read the seed from this file.", metavar="FILE")(
        command
    )


def _findings(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options of a command that says in English only what it finds."""
    command = option("--lang", expose_value=False, help="Language of this help, such as en or zh.")(
        command
    )
    return option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="Format of what is found.",
    )(command)


@commands.command()
@argument("assignment")
@argument("submission", required=False)
@option("--question", "-q", "questions", multiple=True, help="Grade only this question.")
@option(
    "--format",
    "form",
    type=click.Choice(REPORT_FORMATS),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="Format of the report: text, html, json, markdown, junit, github, classroom, classroom50,"
    " gradescope, prairielearn or autolab.",
)
@option("--output", "-o", type=Path, help="Write the report to this file.", metavar="FILE")
@option(
    "--also",
    type=(click.Choice(REPORT_FORMATS), Path),
    multiple=True,
    help="Write the report in another format as well.",
    metavar="FORMAT FILE",
)
@option("--leaderboard", is_flag=True, help="Gradescope: rank by points and time.")
@_device_option
@_seed_options
@option("--watch", "watching", is_flag=True, help="Grade again whenever the file is saved.")
@option("--lang", help="Language of the report, such as en or zh.")
def grade(
    assignment: str,
    submission: str | None,
    questions: Sequence[str],
    form: str,
    output: Path | None,
    also: Sequence[tuple[str, Path]],
    leaderboard: bool,
    watching: bool,
    lang: str | None,
    device: str,
    seed: int | None,
    seed_file: Path | None,
) -> int:
    """Grade one submission."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)  # before anything slow
    if watching and (form != "text" or output is not None or also):
        raise UsageError(
            said("--watch shows text on the screen"),
            hint=said("leave out --format and --output"),
        )
    from graders.commands.grade import Outputs, Wanted, grade_submission, watch_submission
    from graders.commands.seeds import chosen_seed

    wanted = Wanted(path, submission, tuple(questions), chosen_seed(seed, seed_file), device)
    if watching:
        watch_submission(wanted, words)
        return PASSED
    outputs = Outputs(((form, output), *also), words, leaderboard=leaderboard)
    return _status(grade_submission(wanted, outputs))


@commands.command("list")
@option("--lang", help="Language of the list, such as en or zh.")
def list_assignments(lang: str | None) -> int:
    """List the assignments."""
    words = Words(known_language(lang))
    from graders.spec import load_assignment

    for path in sorted(ASSIGNMENTS.glob("*.yaml")):
        assignment = load_assignment(path)
        sizes = words(
            "{count} questions {points} points",
            count=f"{len(assignment.questions):3}",
            points=f"{assignment.max_points:4g}",
        )
        title = assignment.title.in_language(words.language)
        click.echo(f"{assignment.name:8}{sizes}  {title}")
    return PASSED


@commands.command()
@argument("assignment")
@option("--notebook", is_flag=True, help="Write a notebook instead of a script.")
@option("--output", "-o", type=Path, help="The file or folder to write to.")
@option("--lang", help="Language of the file, such as en or zh.")
def new(assignment: str, notebook: bool, output: Path | None, lang: str | None) -> int:
    """Write the file that a student begins with."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)
    from graders.commands.new import write_starter

    write_starter(path, words, spelled=assignment, notebook=notebook, output=output)
    return PASSED


@commands.command()
@argument("assignment")
@option("--question", "-q", "questions", multiple=True, help="Audit only this question.")
@option("--seeds", type=click.IntRange(1), default=1, help="Try so many banks of cases.")
@option("--corpus", type=Path, help="Folder with known submissions.", metavar="FOLDER")
@_findings
def audit(
    assignment: str, questions: Sequence[str], seeds: int, corpus: Path | None, form: str
) -> int:
    """Find out how strong an assignment's checks are."""
    path = assignment_path(assignment)
    from graders.commands.audit import audit_assignment
    from graders.commands.grade import known_questions
    from graders.spec import load_assignment

    loaded = load_assignment(path)
    only = known_questions(loaded, questions)
    found = audit_assignment(loaded, only=only, corpus=corpus, seeds=seeds, form=form)
    return BELOW_FULL_MARKS if found.falls_short else PASSED


@commands.command()
@argument("assignment")
@argument("folder", type=Path)
@option("--output", "-o", type=Path, help="Folder of the results.", metavar="FOLDER")
@option("--jobs", "-j", type=click.IntRange(1), help="Processes; default: all cores.")
@option("--cluster", help="Dask scheduler, such as tcp://host:8786.", metavar="ADDRESS")
@option("--roster", type=Path, help="CSV file of the students.", metavar="FILE")
@option("--canvas", type=Path, help="Fill this exported gradebook.", metavar="FILE")
@option("--moodle", type=Path, help="Fill this grading worksheet.", metavar="FILE")
@_device_option
@_seed_options
@option("--anonymous", is_flag=True, help="Write tables without names as well.")
@option("--lang", help="Language of feedback, where the roster names none.")
@option("--allow-weak-isolation", is_flag=True, help="Run code that can do harm.")
def batch(
    assignment: str,
    folder: Path,
    output: Path | None,
    jobs: int | None,
    cluster: str | None,
    roster: Path | None,
    canvas: Path | None,
    moodle: Path | None,
    anonymous: bool,
    lang: str | None,
    allow_weak_isolation: bool,
    device: str,
    seed: int | None,
    seed_file: Path | None,
) -> int:
    """Grade the submissions of a class: a folder or a zip file."""
    language = known_language(lang)
    path = assignment_path(assignment)
    from graders.commands.batch import Options, cores, grade_class
    from graders.commands.seeds import chosen_seed, seeded
    from graders.spec import load_assignment

    loaded = seeded(load_assignment(path), chosen_seed(seed, seed_file))
    results = output or Path(f"results-{loaded.name}")
    options = Options(
        results,
        jobs or cores(),
        language,
        roster,
        canvas,
        moodle,
        anonymous,
        allow_weak_isolation,
        cluster,
        device,
    )
    grade_class(loaded, folder, options)
    return PASSED


@commands.command()
@argument("assignment")
@option("--results", type=Path, help="Folder that a batch wrote.", metavar="FOLDER")
@option("--output", "-o", type=Path, help="Write the report to this file.", metavar="FILE")
@option(
    "--format",
    "form",
    type=click.Choice(("html", "json")),
    default="html",
    show_default=True,
    help="Format of the report.",
)
@option("--anonymous", is_flag=True, help="Pseudonyms instead of names, and no links.")
@option("--lang", help="Language of the report, such as en or zh.")
def report(
    assignment: str,
    results: Path | None,
    output: Path | None,
    form: str,
    anonymous: bool,
    lang: str | None,
) -> int:
    """Show what a class that was graded has understood, and what not."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)
    from graders.commands.report import write_report
    from graders.spec import load_assignment

    loaded = load_assignment(path)
    folder = results or Path(f"results-{loaded.name}")
    write_report(loaded, folder, words, output=output, form=form, anonymous=anonymous)
    return PASSED


@commands.command()
@argument("assignment")
@option("--output", "-o", type=Path, help="The folder or zip file to write.")
@option("--classroom", "platform", flag_value="classroom", help="With Classroom's workflow.")
@option("--classroom50", "platform", flag_value="classroom50", help="For Classroom 50.")
@option("--gradescope", "platform", flag_value="gradescope", help="Write autograder.zip.")
@option("--prairielearn", "platform", flag_value="prairielearn", help="For PrairieLearn.")
@_seed_options
@option("--lang", help="Language of the files, such as en or zh.")
def release(
    assignment: str,
    output: Path | None,
    platform: str | None,
    lang: str | None,
    seed: int | None,
    seed_file: Path | None,
) -> int:
    """Write what students get: all public checks, and no answers; or a platform's bundle."""
    words = Words(known_language(lang))
    path = assignment_path(assignment)
    from graders.commands.release import release_assignment
    from graders.commands.seeds import chosen_seed, seeded
    from graders.spec import load_assignment

    chosen = chosen_seed(seed, seed_file)
    if chosen is not None and platform not in ("gradescope", "prairielearn"):
        raise UsageError(said("a secret seed cannot go to where students can read it"))
    loaded = seeded(load_assignment(path), chosen)
    release_assignment(loaded, words, output, platform or "students")
    return PASSED


@commands.command()
@_findings
def doctor(form: str) -> int:
    """Find out whether this machine is ready, and what it cannot protect."""
    from graders.commands.doctor import examine_machine

    state = examine_machine(
        [ASSIGNMENTS, *(ASSIGNMENTS.parent / name for name in ("reference", "sealed"))], form
    )
    return {"ready": PASSED, "weak": BELOW_FULL_MARKS, "broken": OUR_FAULT}[state]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    language = _language_in(arguments)
    try:
        status: Any = commands.main(
            arguments, prog_name="grade.py", standalone_mode=False, obj=language
        )
        return status if isinstance(status, int) else PASSED
    except GraderError as error:
        _complain(language, error.message, error.hint)
        return OUR_FAULT if isinstance(error, Fault) else WRONG_USE
    except click.exceptions.Abort:
        _complain(language, said("stopped"))
        return 130
    except click.ClickException as error:
        with spoken_in(language):
            message = error.format_message()
        _complain(language, message, HELP)
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _complain(language: str, message: str, hint: str | None = None) -> None:
    words = Words(language)
    click.echo(f"grade.py: {words.again(message)}", err=True)
    if hint:
        click.echo(words("hint: ") + words.again(hint), err=True)


def _language_in(arguments: Sequence[str]) -> str:
    """Return the language for help and complaints, also about arguments that cannot be read."""
    for name, value in zip(arguments, [*arguments[1:], ""], strict=True):
        flag, _, attached = name.partition("=")
        if flag == "--lang":
            return language_like(attached or value) or default_language()
    return default_language()


# ---------------------------------------------------------------- what the arguments mean


def known_language(name: str | None) -> str:
    """Return the language that was named, or the default one; raises UsageError for others."""
    if name is None:
        return default_language()
    known = language_like(name)
    if known is None:
        raise UsageError(
            said(
                "there is no language {name}; there are: {names}",
                name=repr(name),
                names=", ".join(languages()),
            )
        )
    return known


def assignment_path(name: str) -> Path:
    """Return the YAML file that a name or a path means."""
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.parent != Path("."):
        if path.is_file():
            return path
        raise UsageError(
            said("{file}: there is no such file", file=name),
            hint=said("an assignment is a YAML file, or a name"),
        )
    found = ASSIGNMENTS / f"{name}.yaml"
    if found.is_file():
        return found
    known = sorted(path.stem for path in ASSIGNMENTS.glob("*.yaml"))
    from graders.feedback.naming import similar_name

    similar = similar_name(name, [*known, *commands.commands])
    hint = said("there is something with a similar name: {name}", name=similar) if similar else None
    raise UsageError(
        said(
            "no assignment is called {name}; there are: {names}", name=name, names=", ".join(known)
        ),
        hint=hint,
    )


def _status(report: Report) -> int:
    if report.verdict == "fault":
        return OUR_FAULT
    return PASSED if report.points == report.max_points else BELOW_FULL_MARKS
