"""`python grade.py hw2 [SUBMISSION]`: grade one submission and write its report."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graders.commands.seeds import seeded
from graders.errors import SubmissionError, UsageError
from graders.feedback.language import Words
from graders.reports.formats import FOR_PLATFORMS, report_as
from graders.said import Said, said

if TYPE_CHECKING:
    from graders.curves import Curve
    from graders.grading import Grader
    from graders.spec import Assignment
    from graders.submissions.source import Source
    from graders.verdicts import QuestionResult, Report


@dataclass(frozen=True)
class Wanted:
    """What the command line asks to be graded."""

    assignment: Path
    submission: str | None = None
    questions: tuple[str, ...] = ()
    seed: int | None = None  # in the place of the assignment's own
    device: str = "auto"


@dataclass(frozen=True)
class Outputs:
    """What the report is written as, and where: to a file, or to the screen."""

    wanted: tuple[tuple[str, Path | None], ...]
    words: Words
    leaderboard: bool = False

    @property
    def forms(self) -> frozenset[str]:
        """All formats that are wanted."""
        return frozenset(form for form, _ in self.wanted)

    def check(self, submission: Path) -> None:
        """Refuse to write where that cannot be, or where it would replace the submission."""
        for _, output in self.wanted:
            if output is not None:
                _require_place(output, submission)

    def begin(self) -> None:
        """Write what must be there whatever happens next."""
        for path in self._gradescope_files():
            from graders.reports.gradescope import first_json

            write_whole(path, first_json(self.words))

    def go_on(self, report: Report, assignment: Assignment, names: Sequence[str]) -> None:
        """Write what is known before grading has ended."""
        from graders.reports.gradescope import results_json

        graded = {result.function for result in report.questions}
        questions = assignment.questions
        waiting = {n: float(questions[n].max_points) for n in names if n not in graded}
        text = results_json(report, assignment, self.words, waiting=waiting)
        for path in self._gradescope_files():
            write_whole(path, text)

    def finish(
        self,
        report: Report,
        assignment: Assignment,
        file: Path,
        *,
        only: frozenset[str],
        curves: Mapping[str, Curve] | None = None,
    ) -> None:
        """Write the report in each of the formats, or in those of `only` that are wanted."""
        for form, path in self.wanted:
            if form in only:
                text = self._text(form, report, assignment, file, curves or {})
                if path is not None:
                    write_whole(path, text)
                elif form == "text":
                    from graders.reports.terminal import show_report

                    show_report(report, assignment, self.words, sys.stdout)
                else:
                    encoding = sys.stdout.encoding or "utf-8"
                    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))

    def _text(
        self,
        form: str,
        report: Report,
        assignment: Assignment,
        file: Path,
        curves: Mapping[str, Curve],
    ) -> str:
        match form:
            case "text":
                from graders.reports.lines import report_lines

                lines = report_lines(report, assignment, self.words)
                return "".join(f"{line.text}\n" for line in lines)
            case "html":
                from graders.reports.html import report_page

                return report_page(report, assignment, self.words, curves)
            case "github":
                from graders.reports.github import github_log, workspace_path

                _add_summary(report, assignment, self.words)
                return github_log(report, assignment, self.words, workspace_path(file))
            case "gradescope":
                from graders.reports.gradescope import results_json

                ranked = self.leaderboard
                return results_json(report, assignment, self.words, leaderboard=ranked)
        return report_as(form, report, assignment, self.words)

    def _gradescope_files(self) -> list[Path]:
        return [path for form, path in self.wanted if form == "gradescope" and path is not None]


# ---------------------------------------------------------------- the flow


def grade_submission(wanted: Wanted, outputs: Outputs) -> Report:
    """Grade the submission, write its report in every format, and return it."""
    if wanted.submission is not None:
        outputs.check(Path(wanted.submission))
        outputs.begin()
    with opened(wanted) as grader:
        assignment = grader.assignment
        file, source = _read(assignment, wanted.submission, wanted.questions, outputs)
        report = _grade(grader, source, wanted.questions, outputs)
        curves: Mapping[str, Curve] = {}
        if "html" in outputs.forms:
            from graders.curves import loss_curves

            curves = loss_curves(grader, source, report)
    outputs.finish(report, assignment, file, only=outputs.forms, curves=curves)
    return report


def watch_submission(wanted: Wanted, words: Words) -> None:
    """Grade the submission whenever it is saved."""
    with opened(wanted) as grader:
        from graders.watch import watch

        file = submission_path(grader.assignment, wanted.submission)
        watch(file, grader, words, only=wanted.questions)


@contextmanager
def opened(wanted: Wanted) -> Iterator[Grader]:
    """Give the grader of an assignment, which has the questions that are asked for."""
    from graders.worker import sources

    with ExitStack() as stack:
        workers = stack.enter_context(sources.worker_source())  # imports torch meanwhile
        on_gpu = wanted.device in ("auto", "cuda", "all")
        gpu = stack.enter_context(sources.Gpu()) if on_gpu else None
        from graders.cases.store import default_folder
        from graders.grading import Grader, open_banks
        from graders.spec import load_assignment

        assignment = seeded(load_assignment(wanted.assignment), wanted.seed)
        known_questions(assignment, wanted.questions)
        banks = open_banks(assignment, default_folder())
        yield Grader(assignment, banks, workers, device=wanted.device, gpu=gpu)


def _read(
    assignment: Assignment, submission: str | None, questions: Sequence[str], outputs: Outputs
) -> tuple[Path, Source]:
    """Read the submission; where that cannot be, platforms are told why."""
    from graders.submissions.source import read_source

    file = Path(submission or f"{assignment.name}.py")
    try:
        file = submission_path(assignment, submission)
        if submission is None:
            outputs.check(file)
            outputs.begin()
        return file, read_source(file)
    except (SubmissionError, _NoSubmission) as error:
        from graders.verdicts import refused

        names = questions or assignment.questions
        points = {name: float(assignment.questions[name].max_points) for name in names}
        report = refused(assignment.name, file.name, points, error.message, error.hint)
        report = replace(report, questions=tuple(_marked(report.questions, assignment)))
        outputs.finish(report, assignment, file, only=FOR_PLATFORMS)
        raise


def _marked(results: Sequence[QuestionResult], assignment: Assignment) -> Iterator[QuestionResult]:
    """Yield results that say which questions are hidden."""
    for result in results:
        hidden = assignment.questions[result.function].visibility == "hidden"
        yield replace(result, hidden=hidden)


def _grade(grader: Grader, source: Source, only: Sequence[str], outputs: Outputs) -> Report:
    from graders.reports.terminal import progress_display

    names = only or [*grader.assignment.questions]
    go_on = None
    if "gradescope" in outputs.forms:

        def go_on(report: Report) -> None:
            outputs.go_on(report, grader.assignment, names)

    with progress_display(len(names), sys.stderr) as progress:
        return grader.grade(source, only=only, progress=progress, so_far=go_on)


# ---------------------------------------------------------------- what the arguments mean


class _NoSubmission(UsageError):
    """There is no file that the command could mean."""


def submission_path(assignment: Assignment, given: str | None) -> Path:
    """Return the submission that is meant: a file, or the one that belongs to it in a folder.

    Where there are a script and a notebook, the one in which anything has been written is meant.
    """
    name = assignment.name
    folder = Path(given or ".")
    if given is not None and not folder.is_dir():
        return folder
    candidates = [folder / f"{name}.py", folder / f"{name}.ipynb"]
    found = [path for path in candidates if path.is_file()]
    if len(found) > 1:
        written = [path for path in found if not _is_starter(path, len(assignment.questions))]
        found = written or found[:1]
    if len(found) == 1:
        return found[0]
    if found:
        raise _NoSubmission(
            said("both {name}.py and {name}.ipynb are here", name=name),
            hint=said("say which one: {command}", command=f"python grade.py {name} {name}.ipynb"),
        )
    if given is not None:
        return folder  # which file to name is said where it is opened
    raise _NoSubmission(
        said("neither {name}.py nor {name}.ipynb is in this folder", name=name),
        hint=said("name the file: {command}", command=f"python grade.py {name} path/to/file.py"),
    )


def _is_starter(path: Path, functions: int) -> bool:
    """Whether none of the functions has been written."""
    try:
        text = path.read_bytes()
    except OSError:
        return False
    return text.count(b"raise NotImplementedError") >= functions


def known_questions(assignment: Assignment, names: Sequence[str]) -> Sequence[str]:
    """Return the names; raises UsageError unless each is a question of the assignment."""
    from graders.feedback.naming import similar_name

    for name in names:
        if name not in assignment.questions:
            similar = similar_name(name, list(assignment.questions))
            raise UsageError(
                said("{assignment} has no question {name}", assignment=assignment.name, name=name),
                hint=similar_question(similar) if similar else None,
            )
    return names


def similar_question(name: str) -> Said:
    """Return the hint that names a question of a similar name."""
    return said("there is a question with a similar name: {name}", name=name)


# ---------------------------------------------------------------- files


def _require_place(output: Path, submission: Path) -> None:
    """Refuse to write a report where that cannot be, or where it would replace the submission."""
    if not output.absolute().parent.is_dir():
        raise UsageError(said("{file}: there is no such folder", file=output))
    if output.exists() and submission.exists() and output.samefile(submission):
        raise UsageError(
            said("{file} is the submission, which the report would replace", file=output)
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file; an interruption leaves the old one."""
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path.exists() and not path.is_file():  # such as /dev/stdout
            path.write_bytes(data)
            return
        target = path.resolve()
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.chmod(name, mode)
            os.replace(name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise UsageError(
            said("{file} cannot be written: {reason}", file=path, reason=error.strerror)
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _add_summary(report: Report, assignment: Assignment, words: Words) -> None:
    """Add to the summary of this step of a workflow, if this is one."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    from graders.reports.github import step_summary

    path = Path(name)
    taken = path.stat().st_size if path.exists() else 0
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(step_summary(report, assignment, words, taken))
