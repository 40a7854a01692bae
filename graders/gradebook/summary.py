"""What an instructor reads before and after a batch, line by line."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from graders.feedback.language import language_like
from graders.gradebook.overrides import DAYS_LATE, TOTAL, Overrides
from graders.gradebook.policy import Policy
from graders.gradebook.rows import Row, shown
from graders.gradebook.store import Change
from graders.spec import Assignment
from graders.submissions.files import Leftover
from graders.submissions.files import shown as printable
from graders.submissions.intake import Entry, Intake
from graders.submissions.roster import Student


def intake_lines(intake: Intake, language: str) -> Iterator[str]:
    """Yield what came in, and what of it will not be graded."""
    yield f"{counted(len(intake.entries), 'submission')}, arranged as: {intake.layout}"
    twice = [entry for entry in intake.entries if entry.superseded]
    if twice:
        yield f"{counted(len(twice), 'student')} sent more than once; the newest counts:"
        yield from (f"  {_student(each.student)}: {_taken(each)}" for each in twice)
    yield from _leftovers(intake.unmatched, "that belong to nobody")
    if intake.missing:
        yield f"{counted(len(intake.missing), 'student')} sent no .py or .ipynb file:"
        yield from (f"  {_student(each)}" for each in intake.missing)
    yield from _leftovers(intake.ignored, "ignored")
    wanted = Counter(entry.student.language for entry in intake.entries if entry.student.language)
    for name, count in wanted.items():
        if language_like(name) is None:
            theirs = counted(count, "student")
            yield f"no feedback in {printable(name)}: that of {theirs} is in {language}"


def decision_lines(
    policy: Policy | None, decided: Overrides, assignment: Assignment
) -> Iterator[str]:
    """Yield what beside the submissions decides about points."""
    if policy is not None:
        yield f"late work: {_rule(policy)}"
    limits: dict[str, float] = {n: q.max_points for n, q in assignment.questions.items()}
    limits |= {TOTAL: assignment.max_points, DAYS_LATE: math.inf}
    for each in (override for those in decided.values() for override in those.values()):
        limit = limits[each.question]
        if each.points > limit:
            yield (
                f"{each.place}: {shown(each.points)} points for {each.question},"
                f" which has {shown(limit)}; taken as they are"
            )


def _rule(policy: Policy) -> str:
    """Return a late policy as a person reads it, with the moment in this computer's time."""
    due = "no due date, so work is as late as overrides.csv says"
    if policy.due is not None:
        due = f"due {policy.due.astimezone().isoformat(sep=' ', timespec='minutes')}"
    if policy.plug_in is not None:
        return f"{due}; {policy.plug_in.path.name} decides"
    grace = f"{counted(policy.grace_days, 'day')} of grace"
    return f"{due}; {grace}, then {policy.percent_per_day:g} % per day"


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield whose points are not what they were."""
    if changes:
        yield f"{counted(len(changes), 'student')} with other points than before:"
    for each in changes:
        points = f"{shown(each.before)} to {shown(each.after)}"
        yield f"  {printable(each.student)}: {points}, {_short(each.why)}"


def summary_lines(
    rows: Mapping[str, Row], graded: int, seconds: float, folder: Path, hints: Collection[str] = ()
) -> Iterator[str]:
    """Yield how the class did, and which rows a person should look at."""
    counts = Counter(row.verdict for row in rows.values())
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    done = f"{counted(graded, 'different submission')} graded in {seconds:.1f} s"
    yield f"{done}; rows: {verdicts or 'none'}"
    for row in rows.values():
        if row.reason and row.verdict != "missing":
            yield f"  {printable(row.student)}: {row.verdict}: {_short(row.reason)}"
    undecided = [printable(row.student) for row in rows.values() if _is_undecided(row)]
    if undecided:
        yield f"decided by hand, but without points until a total is: {', '.join(undecided)}"
    unknown = [
        printable(row.student)
        for row in rows.values()
        if row.days_late is None and TOTAL not in row.overrides
    ]
    if unknown:
        yield f"late, nobody knows by how much, so nothing was deducted: {', '.join(unknown)}"
    made = {cluster for row in rows.values() for cluster in row.mistakes}
    yield from (f"hints.yaml: nobody makes {name} now" for name in hints if name not in made)
    yield f"results: {folder}"


def _is_undecided(row: Row) -> bool:
    return bool(row.overrides) and row.points is None


def _leftovers(found: Sequence[Leftover], what: str) -> Iterator[str]:
    if found:
        yield f"{counted(len(found), 'file')} or {_plural('folder', len(found))} {what}:"
        yield from (f"  {printable(each.path)}: {each.reason}" for each in found)


def _taken(entry: Entry) -> str:
    others = ", ".join(printable(path.name) for path in entry.superseded)
    return f"{printable(entry.submission.name)}, not {others}"


def _student(student: Student) -> str:
    return printable(f"{student.id} {student.name}".strip())


def counted(number: float, what: str) -> str:
    """Return `1 file`, `2 files`."""
    return f"{number:g} {_plural(what, number)}"


def _plural(what: str, number: float) -> str:
    return what if number == 1 else f"{what}s"


def _short(text: str) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= 160 else f"{line[:157]}..."
