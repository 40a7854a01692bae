"""What the gradebook keeps of a report: plain data, worded in every language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from graders.feedback.language import Words, languages
from graders.feedback.wording import Fact, Message
from graders.fingerprint import way
from graders.reports.json_format import cuda_data
from graders.reports.lines import device_notes, fault_sentences, problem_message, question_messages
from graders.reports.sheet import Answer, Sheet
from graders.spec import Assignment
from graders.verdicts import CheckResult, QuestionResult, Report


def question_data(report: Report, assignment: Assignment) -> list[dict[str, Any]]:
    """Return what is kept of each question of a report."""
    return [_question(result, report, assignment) for result in report.questions]


def load_data(report: Report) -> dict[str, Any]:
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
    about = {"submission": report.submission, "isolation": report.isolation}
    return about | {"cuda": cuda_data(report.cuda), "said": said, "trees": trees}


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
        if check.finding is not None
    ]
    if not ways:
        return ""
    digest = hashlib.sha256(json.dumps(ways, default=repr).encode())
    return f"{result.function}-{digest.hexdigest()[:8]}"


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
