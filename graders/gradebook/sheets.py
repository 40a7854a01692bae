"""What the gradebook keeps of a report: plain data, worded in every language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from graders.checks.mismatch import Mismatch, NotDefined, NotLoaded
from graders.errors import SubmissionError
from graders.feedback.language import Words, languages
from graders.feedback.wording import Fact, Message
from graders.fingerprint import NUMBER, way
from graders.reports.json_format import cuda_data
from graders.reports.lines import (
    check_message,
    device_notes,
    fault_sentences,
    problem_message,
    question_messages,
)
from graders.reports.sheet import Answer, Sheet
from graders.spec import Assignment
from graders.verdicts import CheckResult, Finding, QuestionResult, Report


def question_data(report: Report, assignment: Assignment) -> list[dict[str, Any]]:
    """Return what is kept of each question of a report."""
    return [_question(result, report, assignment) for result in report.questions]


def load_data(report: Report, assignment: Assignment) -> dict[str, Any]:
    """Return what is kept of how the code was loaded."""
    said = {
        language: [
            [asdict(problem_message(problem, Words(language))), problem.breaks]
            for problem in report.problems
        ]
        + [[asdict(Message(note)), False] for note in device_notes(report, Words(language))]
        for language in languages()
    }
    trees = {name: [tree.digest, tree.size] for name, tree in report.trees.items()}
    about: dict[str, Any] = {"submission": report.submission, "isolation": report.isolation}
    about |= {"cuda": cuda_data(report.cuda), "said": said, "trees": trees}
    return about | {"mistake": _mistake_of_file(report, assignment)}


def refusal_data(error: SubmissionError, path: Path, name: str) -> dict[str, str]:
    """Return why there is nothing to grade, by language, with a name in the place of the path."""
    return {
        language: str(Words(language).again(error.message)).replace(str(path), name)
        for language in languages()
    }


def _question(result: QuestionResult, report: Report, assignment: Assignment) -> dict[str, Any]:
    return {
        "function": result.function,
        "points": result.points,
        "max_points": result.max_points,
        "verdict": result.verdict,
        "seconds": round(result.seconds, 4),
        "cases": result.cases,
        "fault": result.fault,
        "cluster": cluster_id(result),
        "answers": _answers(result),
        "checks": [_check(check) for check in result.checks],
        "said": {
            language: _said(result, report, assignment, Words(language)) for language in languages()
        },
    }


def _check(check: CheckResult) -> dict[str, Any]:
    found: dict[str, Any] = {"check": check.check, "device": check.device}
    found["verdict"] = check.verdict
    found |= {"cases": check.cases, "failing": check.failing, "needs": check.needs}
    found["hidden"] = check.hidden
    if check.finding is not None:
        found["kind"] = type(check.finding.mismatch).__name__
    return found


def cluster_id(result: QuestionResult) -> str:
    """Return a name for the mistake of a question: the same wherever it is made; empty without."""
    ways = [
        [check.check, check.device, _way(check)]
        for check in result.failed
        if check.finding is not None and not _is_of_file(check.finding.mismatch)
    ]
    return _cluster(result.function, ways) if ways else ""


def _cluster(what: str, ways: Any) -> str:
    digest = hashlib.sha256(json.dumps(ways, default=repr).encode())
    return f"{what}-{digest.hexdigest()[:8]}"


def _is_of_file(mismatch: Mismatch) -> bool:
    """Whether the whole file is to blame: one mistake, however many functions are not defined."""
    return isinstance(mismatch, NotLoaded) or (
        isinstance(mismatch, NotDefined) and mismatch.stopped
    )


def _mistake_of_file(report: Report, assignment: Assignment) -> dict[str, Any]:
    """Return the mistake that keeps a file from being loaded, in the shape of a question's."""
    findings = [check.finding for result in report.questions for check in result.failed]
    finding = next((each for each in findings if each and _is_of_file(each.mismatch)), None)
    if finding is None:
        return {}
    errors = [each.error for each in report.problems if each.error is not None]
    ways: Any = [[error.names[0], NUMBER.sub("#", error.text)] for error in errors]
    said = {
        language: {"messages": [asdict(_on_file(report, finding, assignment, Words(language)))]}
        for language in languages()
    }
    return {"cluster": _cluster("file", ways or way(finding.mismatch)), "said": said}


def _on_file(report: Report, finding: Finding, assignment: Assignment, words: Words) -> Message:
    problem = next((each for each in report.problems if each.error is not None), None)
    if problem is not None:
        message = problem_message(problem, words)
        # the error is to be shown of an example, and no line of a student's code
        return replace(message, returned=message.facts[-1].text)
    return check_message(finding, report, assignment, words)


def _way(check: CheckResult) -> Any:
    if check.fingerprint is not None:
        return check.fingerprint.way
    return way(check.finding.mismatch) if check.finding is not None else None


def _answers(result: QuestionResult) -> str:
    """Return a digest of wrong answers, empty where there are none to compare."""
    found = (check.fingerprint for check in result.failed)
    return next((each.answers for each in found if each is not None), "")


def _said(
    result: QuestionResult, report: Report, assignment: Assignment, words: Words
) -> dict[str, Any]:
    messages = question_messages(result, report, assignment, words)
    fault = fault_sentences(result, report, words) if result.fault is not None else ()
    return {"messages": [asdict(message) for message in messages], "fault": list(fault)}


# ---------------------------------------------------------------- back again


def sheet(
    assignment: Assignment,
    results: Mapping[str, Mapping[str, Any]],
    load: Mapping[str, Any],
    words: Words,
    *,
    points: float,
    notes: Sequence[str],
) -> Sheet:
    """Return what a student is told, in one of the languages that were kept."""
    sealed = assignment.sealed is not None
    numbers = {name: number for number, name in enumerate(assignment.questions, start=1)}
    problems = [
        (message_of(data), bool(breaks))
        for data, breaks in load.get("said", {}).get(words.language, [])
    ]
    return Sheet(
        words=words,
        title=f"{assignment.name} {assignment.title.in_language(words.language)}",
        file=str(load.get("submission", "")),
        points=points,
        max_points=assignment.max_points,
        problems=[*((Message(note), False) for note in notes), *problems],
        questions=[_answer(numbers[name], data, words, sealed) for name, data in results.items()],
    )


def _answer(number: int, data: Mapping[str, Any], words: Words, sealed: bool) -> Answer:
    said = data["said"].get(words.language) or data["said"]["en"]
    return Answer(
        number=number,
        function=data["function"],
        verdict=data["verdict"],
        points_reached=data["points"],
        max_points=data["max_points"],
        cases_tried=data["cases"],
        messages=tuple(message_of(each) for each in said["messages"]),
        fault=tuple(said["fault"]),
        words=words,
        sealed=sealed,
    )


def message_of(data: Mapping[str, Any]) -> Message:
    """Return a message that was kept as plain data."""
    facts = tuple(Fact(**fact) for fact in data["facts"])
    return Message(**{**data, "facts": facts, "call": tuple(data["call"])})
