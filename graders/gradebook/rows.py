"""A student's row: raw points, what lateness and decisions made of them, and why."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, TypeAlias

from graders.gradebook.overrides import DAYS_LATE, TOTAL, Override
from graders.gradebook.policy import Policy
from graders.reports.lines import points_shown
from graders.submissions.intake import Entry
from graders.submissions.roster import Student

RowVerdict: TypeAlias = Literal["passed", "failed", "skipped", "fault", "missing"]
ORDER: Final = ("fault", "failed", "skipped", "passed")
MOODLE_FOLDER: Final = re.compile(r".+_\d+_assignsubmission_(?:file|onlinetext)_?")
NAME_BYTES: Final = 150


@dataclass(frozen=True)
class Row:
    """What the gradebook says about one student."""

    student: str
    name: str
    verdict: RowVerdict
    max_points: float
    submission: str = ""
    feedback: str = ""  # the name of the student's file, without folder and suffix
    content: str = ""
    raw: float | None = None  # None: nobody could grade it, or nothing was sent
    points: float | None = None
    days_late: int | None = 0  # None: late, and nobody knows by how much
    deducted: float = 0.0
    submitted_at: str = ""
    reason: str = ""
    seconds: float = 0.0
    questions: dict[str, float] = field(default_factory=dict)
    clusters: dict[str, str] = field(default_factory=dict)  # of mistakes, by question
    cluster: str = ""  # of a file that does not load
    keys: dict[str, str] = field(default_factory=dict)
    versions: str = ""
    said: dict[str, str] = field(default_factory=dict)  # the reason, by language
    overrides: dict[str, str] = field(default_factory=dict)  # reasons by question

    @property
    def mistakes(self) -> list[str]:
        """The names of all clusters that the submission is in."""
        return [*filter(None, [self.cluster, *self.clusters.values()])]

    @staticmethod
    def of(data: Mapping[str, Any]) -> Row:
        """Return the row that `data` was made of, by this or an older version."""
        known = {each.name for each in fields(Row)}
        return Row(**{name: value for name, value in data.items() if name in known})

    def data(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return dict(vars(self))


def questions_elsewhere(rows: Iterable[Row], questions: Collection[str]) -> str:
    """Return what graded rows are about that has none of these questions; empty where it has."""
    names = {name for row in rows for name in row.keys}
    return "" if names & {*questions} else ", ".join(sorted(names)[:3])


def graded_row(
    entry: Entry,
    content: str,
    results: Mapping[str, Mapping[str, Any]],
    mistake: Mapping[str, Any],
    *,
    keys: Mapping[str, str],
    versions: str,
    policy: Policy,
    overrides: Mapping[str, Override],
) -> Row:
    """Return the row of a submission whose questions have results."""
    questions = {name: float(data["points"]) for name, data in results.items()}
    questions |= {name: each.points for name, each in overrides.items() if name in questions}
    faults = [data["fault"] for data in results.values() if data["fault"] is not None]
    verdicts: list[Any] = [data["verdict"] for data in results.values()]
    raw = sum(questions.values())
    days_late = policy.days_late(entry.submitted_at, entry.late)
    if DAYS_LATE in overrides:
        days_late = int(overrides[DAYS_LATE].points)
    most = sum(float(data["max_points"]) for data in results.values())
    deducted = policy.deduction(
        raw,
        days_late,
        student=entry.student.id,
        max_points=most,
        submitted_at=entry.submitted_at,
    )
    points = overrides[TOTAL].points if TOTAL in overrides else raw - deducted
    return Row(
        student=entry.student.id,
        name=entry.student.name,
        verdict=min(verdicts, key=ORDER.index),
        max_points=most,
        submission=entry.sent_as.name,
        feedback=feedback_name(entry),
        content=content,
        raw=raw,
        points=points,
        days_late=days_late,
        deducted=deducted,
        submitted_at=entry.submitted_at.isoformat() if entry.submitted_at else "",
        reason="; ".join(dict.fromkeys(faults)),
        seconds=round(sum(float(data["seconds"]) for data in results.values()), 3),
        questions=questions,
        clusters={name: data["cluster"] for name, data in results.items() if data.get("cluster")},
        cluster=mistake.get("cluster", ""),
        keys=dict(keys),
        versions=versions,
        overrides={name: each.reason for name, each in overrides.items()},
    )


def ungraded_row(
    student: Student,
    verdict: RowVerdict,
    said: Mapping[str, str],
    *,
    max_points: float,
    overrides: Mapping[str, Override],
    entry: Entry | None = None,
) -> Row:
    """Return the row of a student without results.

    What cannot be read is worth nothing; a fault of ours has no points until a total is decided.
    """
    decided = {n: each.points for n, each in overrides.items() if n not in (TOTAL, DAYS_LATE)}
    raw = sum(decided.values()) if verdict == "failed" or decided else None
    if verdict == "fault":
        raw = None
    return Row(
        student=student.id,
        name=student.name,
        verdict=verdict,
        max_points=max_points,
        submission=entry.sent_as.name if entry is not None else "",
        feedback=feedback_name(entry) if entry is not None and verdict == "failed" else "",
        raw=raw,
        points=overrides[TOTAL].points if TOTAL in overrides else raw,
        reason=said.get("en", ""),
        said=dict(said),
        questions=decided,
        overrides={name: each.reason for name, each in overrides.items()},
    )


def feedback_name(entry: Entry) -> str:
    """Return where a student's feedback stands, as the platform wants it handed back."""
    path = entry.sent_as
    folder = next((part for part in path.parts[-3:-1] if MOODLE_FOLDER.fullmatch(part)), None)
    if folder is not None:
        return f"{folder}/{_file_name(path.stem)}"
    if entry.layout in ("canvas", "moodle"):
        return _file_name(path.stem)
    return _file_name(entry.student.id)


def _file_name(text: str) -> str:
    """Return a name that every file system takes; short, and different for different texts."""
    kept = unicodedata.normalize("NFC", re.sub(r'[\0-\x1f\x7f/\\:*?"<>|\ud800-\udfff]', "_", text))
    kept = kept.strip(". ") or "_"
    if kept == text and len(kept.encode()) <= NAME_BYTES:
        return kept
    short = kept.encode()[:NAME_BYTES].decode("utf-8", "ignore")
    return f"{short}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


def why_changed(before: Row, after: Row) -> str | None:
    """Return what made a student's points change, None where they did not."""
    changed = [*_changed_questions(before, after)]
    if before.points == after.points and not changed:
        return None
    causes = []
    if before.content != after.content:
        causes.append("submission changed")
    else:
        edited = [n for n in after.keys if before.keys.get(n, after.keys[n]) != after.keys[n]]
        if edited or set(before.keys) != set(after.keys):
            names = edited or sorted(set(before.keys) ^ set(after.keys))
            causes.append(f"question changed: {', '.join(names)}")
        if before.versions != after.versions:
            causes.append("versions changed")
    if {*after.overrides.items()} - {*before.overrides.items()}:
        causes.append("decided by hand")
    if {*before.overrides} - {*after.overrides}:
        causes.append("decision by hand withdrawn")
    said = "; ".join(causes) or "late policy, decision or time of submission changed"
    return f"{said} ({', '.join(changed)})" if changed else said


def _changed_questions(before: Row, after: Row) -> Iterator[str]:
    for name in dict.fromkeys([*before.questions, *after.questions]):
        old, new = before.questions.get(name), after.questions.get(name)
        if old != new:
            yield f"{name} {shown(old)} to {shown(new)}"


def shown(points: float | None) -> str:
    """Return points as text; `-` where there are none."""
    return "-" if points is None else points_shown(points)
